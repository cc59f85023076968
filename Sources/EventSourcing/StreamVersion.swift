/// How many events a stream holds: its first event has version 1. Dense per stream.
package struct StreamVersion: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: Int32

    package init(rawValue: Int32) { self.rawValue = rawValue }
    package init(_ rawValue: Int32) { self.rawValue = rawValue }

    /// A stream without events.
    package static let none = StreamVersion(0)

    package func advanced(by count: Int) -> StreamVersion { StreamVersion(rawValue + Int32(count)) }

    package static func < (lhs: StreamVersion, rhs: StreamVersion) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension StreamVersion: CustomStringConvertible {
    package var description: String { String(rawValue) }
}
