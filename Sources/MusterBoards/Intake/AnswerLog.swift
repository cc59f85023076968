import EventSourcing
import MusterDomain

/// How calls and reports of the last day were answered, hour by hour.
struct AnswerLog: Sendable {
    /// What happened in an hour, or in the hours of a day.
    struct Counts: Hashable, Sendable {
        var reports = 0
        var answeredCalls = 0
        /// Of these, those who waited too long.
        var lateCalls = 0
        var abandonedCalls = 0
        /// Answered and solved by whoever took the report.
        var solvedAtOnce = 0

        static func += (lhs: inout Counts, rhs: Counts) {
            lhs.reports += rhs.reports
            lhs.answeredCalls += rhs.answeredCalls
            lhs.lateCalls += rhs.lateCalls
            lhs.abandonedCalls += rhs.abandonedCalls
            lhs.solvedAtOnce += rhs.solvedAtOnce
        }
    }

    private static let hour: Int64 = 3_600_000_000
    static let window = 24
    /// Longer than the window, so that a moment a little in the past still finds all of it.
    private static let kept: Int64 = 30

    private var hours: [Int64: Counts] = [:]

    mutating func count(_ fact: Fact, _ change: (inout Counts) -> Void) {
        let hour = fact.origin.occurredAt.microseconds / Self.hour
        let now = fact.origin.recordedAt.microseconds / Self.hour
        // What is entered days later is no part of any day that is shown.
        guard hour > now - Self.kept else { return }
        if hours[hour] == nil { for old in hours.keys where old <= now - Self.kept { hours[old] = nil } }
        change(&hours[hour, default: Counts()])
    }

    /// Of the hour that runs at a moment and the day before it.
    func day(at now: Timestamp) -> Counts {
        let last = now.microseconds / Self.hour
        var sum = Counts()
        for hour in (last - Int64(Self.window))...last {
            if let counts = hours[hour] { sum += counts }
        }
        return sum
    }
}
