import EventSourcing
import Metrics

/// What the append path measures, labelled with the log.
struct AppendMetrics: Sendable {
    private let latency: Metrics.Timer
    private let commit: Metrics.Timer
    private let batchEvents: Recorder
    private let waitingAppends: Gauge
    private let waitingBytes: Gauge
    private let refusals: Counter
    private let tailPosition: Gauge
    private let appended: Counter
    private let duplicates: Counter
    private let conflicts: Counter
    private let failures: Counter
    private let surprises: Counter

    init(log: LogName) {
        let labels = [("log", log.rawValue)]
        latency = Metrics.Timer(label: "log_append_duration_seconds", dimensions: labels)
        commit = Metrics.Timer(label: "log_commit_duration_seconds", dimensions: labels)
        batchEvents = Recorder(label: "log_batch_events", dimensions: labels)
        waitingAppends = Gauge(label: "log_appends_waiting", dimensions: labels)
        waitingBytes = Gauge(label: "log_appends_waiting_bytes", dimensions: labels)
        refusals = Counter(label: "log_appends_overloaded_total", dimensions: labels)
        tailPosition = Gauge(label: "log_tail_position", dimensions: labels)
        surprises = Counter(label: "log_append_surprises_total", dimensions: labels)
        func verdicts(_ verdict: String) -> Counter {
            Counter(label: "log_append_verdicts_total", dimensions: labels + [("verdict", verdict)])
        }
        appended = verdicts("appended")
        duplicates = verdicts("duplicate")
        conflicts = verdicts("conflict")
        failures = verdicts("failure")
    }

    func answered(_ answer: AppendRequest.Answer, since start: ContinuousClock.Instant) {
        latency.record(duration: start.duration(to: .now))
        switch answer {
        case .failure: failures.increment()
        case .success(let verdicts):
            for verdict in verdicts {
                switch verdict {
                case .appended: appended.increment()
                case .duplicate: duplicates.increment()
                case .conflict: conflicts.increment()
                }
            }
        }
    }

    func committed(events: Int, since start: ContinuousClock.Instant) {
        commit.record(duration: start.duration(to: .now))
        batchEvents.record(events)
    }

    func surprised() { surprises.increment() }

    func waiting(_ count: Int, bytes: Int) {
        waitingAppends.record(count)
        waitingBytes.record(bytes)
    }

    /// Appends that were refused because too much waited already.
    func overloaded(_ count: Int) { refusals.increment(by: count) }

    func tail(_ position: Position) { tailPosition.record(position.rawValue) }
}
