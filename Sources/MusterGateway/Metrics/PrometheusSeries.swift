import Metrics
import Synchronization

/// The figures of one name and set of labels.
protocol PrometheusSeries: AnyObject, Sendable {
    func write(_ name: String, _ labels: String, to text: inout String)
}

final class CounterSeries: PrometheusSeries, CounterHandler {
    private let count = Atomic<Int64>(0)

    func increment(by amount: Int64) { count.wrappingAdd(amount, ordering: .relaxed) }
    func reset() { count.store(0, ordering: .relaxed) }

    func write(_ name: String, _ labels: String, to text: inout String) {
        text += "\(name)\(labels) \(count.load(ordering: .relaxed))\n"
    }
}

final class FloatingPointCounterSeries: PrometheusSeries, FloatingPointCounterHandler {
    private let sum = Mutex(0.0)

    func increment(by amount: Double) { sum.withLock { $0 += amount } }
    func reset() { sum.withLock { $0 = 0 } }

    func write(_ name: String, _ labels: String, to text: inout String) {
        text += "\(name)\(labels) \(PrometheusText.number(sum.withLock { $0 }))\n"
    }
}

final class GaugeSeries: PrometheusSeries, MeterHandler, RecorderHandler {
    private let value = Mutex(0.0)

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { self.value.withLock { $0 = value } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }

    func write(_ name: String, _ labels: String, to text: inout String) {
        text += "\(name)\(labels) \(PrometheusText.number(value.withLock { $0 }))\n"
    }
}

final class HistogramSeries: PrometheusSeries, TimerHandler, RecorderHandler {
    /// Upper bounds for times, in seconds.
    static let seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    /// Upper bounds for sizes and counts.
    static let counts = [1.0, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000]

    private struct State {
        var counts: [Int64]
        var total: Int64 = 0
        var sum = 0.0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count)))
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1_000_000_000) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        let index = bounds.firstIndex { value <= $0 }
        state.withLock { state in
            if let index { state.counts[index] += 1 }
            state.total += 1
            state.sum += value
        }
    }

    func write(_ name: String, _ labels: String, to text: inout String) {
        let state = self.state.withLock { $0 }
        var below: Int64 = 0
        for (bound, count) in zip(bounds, state.counts) {
            below += count
            let bucket = PrometheusText.labels(labels, adding: "le", PrometheusText.number(bound))
            text += "\(name)_bucket\(bucket) \(below)\n"
        }
        text += "\(name)_bucket\(PrometheusText.labels(labels, adding: "le", "+Inf")) \(state.total)\n"
        text += "\(name)_sum\(labels) \(PrometheusText.number(state.sum))\n"
        text += "\(name)_count\(labels) \(state.total)\n"
    }
}
