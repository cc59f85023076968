package import EventSourcing
package import Foundation

/// A task that is enqueued again and again.
package struct Schedule: Hashable, Sendable {
    package static let maximumNameBytes = 64

    /// Names it among those of its queue.
    package let name: String
    package let cron: CronExpression
    /// By whose clocks.
    package let zone: TimeZone
    package let agency: String
    package let kind: String
    package let priority: Int16
    /// JSON text.
    package let payload: String
    /// The last time for which a task was enqueued, or from which on times count.
    package var lastDue: Timestamp

    /// - Throws: `InvalidCron` for an unknown zone or a bad time table; `InvalidTask` for what can be no task.
    package init(
        name: String,
        cron: String,
        zone: String,
        agency: String,
        kind: String,
        priority: Int16 = 0,
        payload: String,
        lastDue: Timestamp
    ) throws {
        guard !name.isEmpty, name.utf8.count <= Self.maximumNameBytes, !name.utf8.contains(where: { $0 < 0x20 }) else {
            throw InvalidCron("the name of a schedule must be one line of 1 to \(Self.maximumNameBytes) bytes")
        }
        guard let zone = TimeZone(identifier: zone) else {
            throw InvalidCron("'\(zone)' is no time zone: give one as Asia/Shanghai or UTC")
        }
        self.name = name
        self.cron = try CronExpression(cron)
        self.zone = zone
        self.agency = agency
        self.kind = kind
        self.priority = priority
        self.payload = payload
        self.lastDue = lastDue
        // What cannot be enqueued is refused now, not at night.
        _ = try task(due: lastDue)
    }

    /// When it comes due after the last time.
    package var nextDue: Timestamp? { cron.next(after: lastDue, in: zone) }

    /// The newest time that is due by now: times that were missed while nobody led are made up for once, not one by one.
    func newestDue(by now: Timestamp) -> Timestamp? {
        guard var due = nextDue, due <= now else { return nil }
        while let next = cron.next(after: due, in: zone), next <= now { due = next }
        return due
    }

    func task(due: Timestamp) throws(InvalidTask) -> NewTask {
        try NewTask(
            agency: agency,
            kind: kind,
            uniqueKey: "schedule-\(name)-\(due.rfc3339)",
            payload: Array(payload.utf8),
            priority: priority
        )
    }
}
