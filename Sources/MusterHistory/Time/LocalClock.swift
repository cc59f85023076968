import EventSourcing
import Foundation

/// Turns the local times of one place into instants, by the rules of its time zone.
///
/// A local time that occurs twice, when clocks go back, is taken as the first of the two; one that never occurs, when
/// clocks go forward, as if the clocks had not yet gone forward.
struct LocalClock {
    /// Offsets change on quarter hours of local time, as far as anyone keeps rows; blocks in which one changes are
    /// computed each time, so that this is a matter of speed alone.
    private static let blockSeconds: Int64 = 900
    private static let maximumBlocks = 100_000

    private let zone: TimeZone
    private var last: (block: Int64, offset: Int64)?
    private var offsets: [Int64: Int64] = [:]

    /// Nil unless the name is one of the IANA time zone database, as `America/New_York`, or `UTC`.
    init?(zone name: String) {
        guard name == "UTC" || name.utf8.contains(UInt8(ascii: "/")), let zone = TimeZone(identifier: name) else {
            return nil
        }
        self.zone = zone
    }

    /// - Parameter seconds: the local date and time as if it were UTC, in seconds since 1970.
    mutating func instant(local seconds: Int64) -> Int64 {
        var block = seconds / Self.blockSeconds
        if seconds < 0, seconds % Self.blockSeconds != 0 { block -= 1 }
        if let last, last.block == block { return seconds - last.offset }
        if let offset = offsets[block] {
            last = (block, offset)
            return seconds - offset
        }
        let begin = offset(local: block * Self.blockSeconds)
        guard begin == offset(local: (block + 1) * Self.blockSeconds - 1) else {
            return seconds - offset(local: seconds)
        }
        if offsets.count >= Self.maximumBlocks { offsets.removeAll(keepingCapacity: true) }
        offsets[block] = begin
        last = (block, begin)
        return seconds - begin
    }

    private func offset(local seconds: Int64) -> Int64 {
        let before = offset(at: seconds - 86_400)
        let after = offset(at: seconds + 86_400)
        if before == after || offset(at: seconds - before) == before { return before }
        return offset(at: seconds - after) == after ? after : before
    }

    private func offset(at seconds: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
    }
}
