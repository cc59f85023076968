import EventSourcing
import TaskQueue

/// Decides whether a party's system is asked at all: one that fails again and again is left alone for a while, and its
/// tasks stay in the queue without using up their attempts.
///
/// ```
///            so many failures running, or `Retry-After`
///   closed ─────────────────────────────────────────────▶ open ◀──┐ it fails: a longer wait
///      ▲                                                    │      │
///      └─────────────── any answer ◀── probe: one task ◀────┴──────┘
///                                      when the wait is over
/// ```
///
/// Whose fault a failure is cannot be seen from it. While others of the party's tasks arrive it is taken for the task's and
/// counts as one of its attempts; when nothing arrives any more it is taken for the party's, and the task is given back.
/// So a task that its receiver breaks at becomes a dead letter in time, and an outage, however long, makes none.
///
/// A state of its own for each party in each process: with three processes three probes go out instead of one. That costs
/// a receiver that is down a few requests in a wait, and needs nothing to be agreed on.
struct CircuitBreaker: Hashable, Sendable {
    struct Settings: Hashable, Sendable {
        /// Failures running that open the circuit.
        var failures = 5
        /// The wait before the first probe; it doubles with each that fails.
        var firstWait = Duration.seconds(1)
        var longestWait = Duration.seconds(300)
        /// The share by which a wait is made longer or shorter at random, so that processes do not probe together: 0…1.
        var jitter = 0.2
        /// A task with which so many probes running have failed stands aside for one: it may be what the receiver breaks at.
        var probesOfOneTask = 5
    }

    /// What is to be done with a task that was not taken.
    enum Verdict: Hashable, Sendable {
        /// It is its own failure: an attempt.
        case attempt
        /// It is the party's.
        case giveBack(after: Duration)
    }

    private struct Opening: Hashable, Sendable {
        let since: Timestamp
        var until: Timestamp
        /// When `until` was set. Before that the clock was put back, and `until` means nothing.
        var setAt: Timestamp
        var wait: Duration
        /// With which task it is being tried.
        var probe: TaskNumber?
        /// The task of the last probe that failed, and how many in a row did with it.
        var suspect: TaskNumber?
        var suspicions = 0
    }

    private let settings: Settings
    private var failures = 0
    private var opening: Opening?

    init(_ settings: Settings) { self.settings = settings }

    /// How the party stands; nil while it is asked as ever.
    var open: Delivery.OpenCircuit? {
        opening.map { Delivery.OpenCircuit(since: $0.since, probeAt: $0.until) }
    }

    /// How many tasks may be asked for; nil for any number.
    func allowance(at now: Timestamp) -> Int? {
        guard let opening else { return nil }
        return opening.probe == nil && isOver(opening, now) ? 1 : 0
    }

    /// Whether a task may be sent; when it may not, it is to be given back. Say later how it ended.
    mutating func start(_ task: TaskNumber, at now: Timestamp) -> Bool {
        guard let opening else { return true }
        guard opening.probe == nil, isOver(opening, now) else { return false }
        self.opening?.probe = task
        return true
    }

    /// The party has answered, though perhaps not as one would wish.
    mutating func answered() {
        failures = 0
        opening = nil
    }

    /// The party has not taken a task for a reason that is not the task's.
    mutating func failed(
        _ task: TaskNumber,
        at now: Timestamp,
        using random: inout some RandomNumberGenerator
    ) -> Verdict {
        guard var opening else {
            failures += 1
            guard failures >= settings.failures else { return .attempt }
            open(for: settings.firstWait, until: now + jittered(settings.firstWait, &random), at: now)
            return .giveBack(after: .zero)
        }
        // Others that were under way when the circuit opened say nothing new.
        guard opening.probe == task else { return .giveBack(after: .zero) }
        opening.probe = nil
        opening.wait = min(opening.wait * 2, settings.longestWait)
        opening.until = now + jittered(opening.wait, &random)
        opening.setAt = now
        opening.suspicions = opening.suspect == task ? opening.suspicions + 1 : 1
        opening.suspect = task
        var aside = Duration.zero
        if opening.suspicions >= settings.probesOfOneTask {
            opening.suspicions = 0
            // Till after the next probe, whatever the chance made of its time.
            aside = opening.wait * (1 + 2 * settings.jitter)
        }
        self.opening = opening
        return .giveBack(after: aside)
    }

    /// The party takes nothing for a time.
    mutating func busy(for time: Duration, _ task: TaskNumber, at now: Timestamp) -> Verdict {
        // One that says "at once" again and again is not asked at once again and again.
        let until = now + max(time, settings.firstWait)
        open(for: settings.firstWait, until: max(until, opening?.until ?? until), at: now)
        return .giveBack(after: .zero)
    }

    private mutating func open(for wait: Duration, until: Timestamp, at now: Timestamp) {
        opening = Opening(since: opening?.since ?? now, until: until, setAt: now, wait: wait)
        failures = 0
    }

    private func isOver(_ opening: Opening, _ now: Timestamp) -> Bool { now >= opening.until || now < opening.setAt }

    private func jittered(_ wait: Duration, _ random: inout some RandomNumberGenerator) -> Duration {
        wait * (1 + settings.jitter * Double.random(in: -1...1, using: &random))
    }
}
