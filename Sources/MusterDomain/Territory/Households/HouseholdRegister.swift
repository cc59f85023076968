package import EventSourcing
import Records

/// The households of one building. Each building has a registry of its own, so that no process holds those of a city.
package struct HouseholdRegister: Aggregate, Hashable {
    package static let maximumHouseholds = 1_000
    static let maximumUnits = 100

    package private(set) var units: Set<UnitID> = []
    package private(set) var households: [HouseholdID: Household] = [:]
    package private(set) var tally = HouseholdTally()
    /// Who lives at an address; whoever moved away does not.
    private var addresses: [Household.Address: HouseholdID] = [:]

    package init() {}

    package static func stream(_ building: TerritoryID) -> StreamName {
        StreamName(category: "households", id: building.rawValue)
    }

    package mutating func evolve(_ event: HouseholdEvent, from origin: Origin) {
        switch event {
        case .unitRegistered(let payload): units.insert(payload.unit)
        case .registered(let payload): put(Household(payload, origin.event), payload.household)
        case .visited(let payload):
            change(payload.household) { $0.take(payload, at: origin.occurredAt, origin.event) }
        case .memberDeclared(let payload): change(payload.household) { $0.take(payload, origin.event) }
        case .vulnerableFlagged(let payload): change(payload.household) { $0.take(payload, origin.event) }
        case .corrected(let payload): change(payload.household) { $0.take(payload, origin.event) }
        case .referred(let payload): refer(payload.household)
        case .swept(let payload): sweep(payload)
        }
    }

    mutating func sweep(_ payload: RegistrySwept) {
        for id in payload.unvisited { change(id) { $0.isRevisitMissed = true } }
        for id in payload.unchecked { change(id) { $0.checkBy = payload.checkBy } }
        for id in payload.reviewsDue { change(id) { $0.vulnerability?.isReviewDue = true } }
        for id in payload.stale {
            change(id) { household in
                household.isStale = true
                household.isCovered = false
            }
        }
    }

    mutating func refer(_ household: HouseholdID) { change(household) { $0.isReferred = true } }

    private mutating func change(_ id: HouseholdID, _ change: (inout Household) -> Void) {
        guard var household = households[id] else { return }
        change(&household)
        put(household, id)
    }

    private mutating func put(_ household: Household, _ id: HouseholdID) {
        let before = households.updateValue(household, forKey: id)
        tally = tally.replacing(before, by: household)
        if let before, addresses[before.address] == id { addresses[before.address] = nil }
        if !household.hasMoved { addresses[household.address] = id }
    }

    // MARK: Asking

    func require(_ household: HouseholdID, in building: TerritoryID) throws(Rejection) -> Household {
        if let found = households[household] { return found }
        throw Rejection(
            kind: .notFound,
            rule: "S2",
            reason: "household-unknown",
            Words("There is no household \(household) in \(building).", zh: "\(building) 没有住户 \(household)。")
        )
    }

    /// An address at which nobody is on record.
    func requireFree(_ address: Household.Address, in building: TerritoryID) throws(Rejection) {
        if let half = address.door.withoutFullWidth {
            throw Rejection(
                rule: "S2",
                reason: "full-width-digits",
                Words("The door is written in full-width characters.", zh: "门牌使用了全角字符。"),
                advice: Words("Write \(half).", zh: "请改写为 \(half)。")
            )
        }
        guard units.contains(address.unit) else {
            throw Rejection(
                kind: .notFound,
                rule: "S2",
                reason: "unit-unknown",
                Words("\(building) has no unit \(address.unit).", zh: "\(building) 没有单元 \(address.unit)。"),
                advice: Words("Register the unit first.", zh: "请先登记单元。")
            )
        }
        guard let other = addresses[address] else { return }
        throw Rejection(
            rule: "S2",
            reason: "address-taken",
            Words(
                "Household \(other) is on record at \(address.unit), \(address.door).",
                zh: "\(address.unit) \(address.door) 已登记住户 \(other)。"
            ),
            advice: Words(
                "Add members to it, or record that it has moved away.",
                zh: "请在该户下申报成员，或登记其已搬离。"
            )
        )
    }
}
