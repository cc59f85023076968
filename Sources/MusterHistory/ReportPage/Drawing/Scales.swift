#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#endif

/// Numbers along a line, evenly.
struct LinearScale: Hashable {
    /// From and to; the same only in a scale of one value.
    let lower: Double
    let upper: Double
    /// Where they are in the drawing; the first may be the larger.
    let start: Double
    let end: Double

    /// - Parameter upper: raised to the next round number if `isRounded`, so that the axis ends at a tick.
    init(from lower: Double, to upper: Double, at start: Double, _ end: Double, isRounded: Bool = false, ticks: Int = 5)
    {
        self.lower = lower
        let span = max(upper - lower, .leastNormalMagnitude)
        let step = Self.step(of: span, ticks: ticks)
        let raised = lower + (span / step - 1e-9).rounded(.up) * step
        self.upper = isRounded ? max(raised, lower + step) : upper > lower ? upper : lower + 1
        self.start = start
        self.end = end
    }

    /// Where a value is drawn; one outside of the scale at its nearer end.
    func place(_ value: Double) -> Double {
        let share = (min(max(value, lower), upper) - lower) / (upper - lower)
        return start + share * (end - start)
    }

    /// Round values, about as many as asked, from the lower end up.
    func ticks(_ count: Int = 5) -> [Double] {
        let step = Self.step(of: upper - lower, ticks: count)
        let first = (lower / step - 1e-9).rounded(.up)
        var ticks: [Double] = []
        var number = first
        while number * step <= upper + step * 1e-6, ticks.count <= 4 * count {
            ticks.append(number * step)
            number += 1
        }
        return ticks
    }

    /// One, two or five of a power of ten.
    private static func step(of span: Double, ticks: Int) -> Double {
        let rough = span / Double(max(1, ticks))
        guard rough.isFinite, rough > .leastNormalMagnitude else { return 1 }
        let power = pow(10, log10(rough).rounded(.down))
        let factor = rough / power
        return power * (factor <= 1.0001 ? 1 : factor <= 2.0001 ? 2 : factor <= 5.0001 ? 5 : 10)
    }
}

/// Durations along a line, by their logarithm: as far from a second to a minute as from a minute to an hour.
struct LogScale: Hashable {
    /// Seconds, above zero.
    let lower: Double
    let upper: Double
    let start: Double
    let end: Double

    /// A scale that holds all values, a little wider than they are. Zero has no logarithm: such values stand at the lower
    /// end, and so do those that are less than a millionth of the largest.
    ///
    /// - Returns: nil when no value is above zero.
    init?(holding seconds: some Sequence<Double>, at start: Double, _ end: Double) {
        let values = seconds.filter { $0.isFinite && $0 > 0 }
        guard let most = values.max(), let least = values.min() else { return nil }
        let lower = max(least, most / 1_000_000) / 1.25
        self.lower = lower
        upper = max(most * 1.25, lower * 4)
        self.start = start
        self.end = end
    }

    /// Where so many seconds are drawn; what is outside of the scale at its nearer end.
    func place(_ seconds: Double) -> Double {
        let value = min(max(seconds, lower), upper)
        return start + log(value / lower) / log(upper / lower) * (end - start)
    }

    /// The round durations that people read best come first; others join while there is room between them.
    private static let round: [Double] = [
        60, 3_600, 86_400, 1, 30 * 86_400, 365 * 86_400, 600, 7 * 86_400, 6 * 3_600, 10, 1_800, 0.001, 3_650 * 86_400,
        2 * 86_400, 2 * 3_600, 120, 30, 300, 14 * 86_400, 0.1, 0.01, 90 * 86_400, 5, 12 * 3_600, 4 * 3_600, 1_200,
        4 * 86_400, 0.000_001, 0.000_1, 0.000_01, 20, 2, 45, 900, 180, 240, 3 * 3_600, 3 * 86_400,
    ]

    /// Round durations inside of the scale in ascending order, at least so many pixels apart.
    func ticks(apart: Double) -> [Double] {
        var ticks: [(seconds: Double, place: Double)] = []
        for seconds in Self.round where seconds >= lower && seconds <= upper {
            let place = place(seconds)
            if ticks.allSatisfy({ abs($0.place - place) >= apart }) { ticks.append((seconds, place)) }
        }
        return ticks.map(\.seconds).sorted()
    }
}
