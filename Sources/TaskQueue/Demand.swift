/// How many tasks of one agency a worker can take now.
package struct Demand: Hashable, Sendable {
    package let agency: String
    package let amount: Int32

    package init(agency: String, amount: Int32) {
        self.agency = agency
        self.amount = amount
    }
}
