import Synchronization

/// Counts the lines of one batch, from 1.
final class LineOrdinal: Sendable {
    private let seen = Atomic<Int>(0)

    /// How many lines were taken.
    var count: Int { seen.load(ordering: .relaxed) }

    /// The number of the next line.
    func next() -> Int { seen.wrappingAdd(1, ordering: .relaxed).newValue }

    /// Counts a line that gets no verdict.
    func skip() { seen.wrappingAdd(1, ordering: .relaxed) }
}
