import MusterDomain
package import Records

/// How far a department or a matter is, as a place in six.
package struct RowStage: Hashable, Sendable {
    package static let count = 6

    package let name: String
    package let words: Words
    /// From 1 to `count`.
    package let index: Int

    /// The stage of a called department.
    init(_ call: DepartmentCall) {
        let status = call.status
        name = status.rawValue
        words = status.words
        index =
            switch call.state {
            case .blown, .disputed: 1
            case .enRoute: 2
            case .onScene: 3
            case .acting: 4
            case .done, .released, .withdrawn: 5
            }
    }

    /// The stage of a matter.
    init(_ status: MatterStatus) {
        name = status.rawValue
        words = status.words
        index =
            switch status {
            case .raised: 1
            case .investigating: 2
            case .awaitingConsent, .consented, .whistled, .reopened: 3
            case .inAction: 4
            case .filedOneSide: 5
            case .resolvedLocally, .filedBoth, .awaitingFeedback, .answered, .closed: 6
            }
    }

    func write(to writer: inout JSONWriter) {
        writer.member("name", name)
        writer.member("words", words)
        writer.member("index", index)
        writer.member("of", Self.count)
    }
}
