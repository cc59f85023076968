/// The stored name of a kind of event and the version of its encoding. Both are explicit and never change once released.
package struct EventType: Hashable, Sendable {
    package static let maximumNameLength = 100

    package let name: String
    package let version: Int16

    package init(_ name: String, version: Int16 = 1) {
        self.name = name
        self.version = version
    }
}

extension EventType: CustomStringConvertible {
    package var description: String { "\(name)/\(version)" }
}
