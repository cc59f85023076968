package import EventSourcing
import Foundation

extension Timestamp {
    /// The machine's clock. Only doors and services read it; the domain is given its times.
    package static func now() -> Timestamp {
        // A double holds microseconds exactly until the year 2255.
        Timestamp(microseconds: Int64((Date().timeIntervalSince1970 * 1_000_000).rounded()))
    }
}
