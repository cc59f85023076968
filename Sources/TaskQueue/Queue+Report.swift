package import EventSourcing
import Postgres

/// How a queue stands, as people look at it.
package struct QueueReport: Sendable {
    /// The tasks of one kind for one agency.
    package struct Lane: Sendable, Hashable {
        package let agency: String
        package let kind: String
        /// To be handed out now.
        package var ready: Int64 = 0
        /// To be handed out later.
        package var scheduled: Int64 = 0
        /// With workers.
        package var leased: Int64 = 0
        /// Since when the one that has waited longest might have been handed out.
        package var oldest: Timestamp?
        /// What happened within `QueueReport.period`, but for the last minute.
        package var done: Int64 = 0
        package var retried: Int64 = 0
        package var buried: Int64 = 0
        /// The mean wait of what was handed out within the period, in seconds; nil when nothing was.
        package var meanWaitSeconds: Double?
        package var longestWaitSeconds: Double?
    }

    /// The lanes in which something waits, is worked on or happened, by agency and kind.
    package let lanes: [Lane]
    /// Dead letters by agency.
    package let dead: [String: Int64]
    /// What was done in each twelfth of the period, the oldest first, by agency.
    let paces: [String: [Int64]]
    package let limits: QueueLimits
    /// When the dispatcher said so, by the database's clock, and which process it is. Nil when none answers: then it is
    /// not known what waits.
    package let reportedAt: Timestamp?
    package let leader: String?
    package let period: Duration
}

extension Queue {
    private static let reportPeriod = Duration.seconds(3_600)

    /// How the queue stands: asks the dispatcher, wherever it is, and waits for it a few seconds.
    ///
    /// - Throws: `PostgresError`, `CancellationError`.
    package func report() async throws -> QueueReport {
        let before = try await stored()
        askForReport()
        let end = ContinuousClock.now + configuration.silenceLimit
        var (lanes, at, leader) = before
        while at == before.at, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(20))
            (lanes, at, leader) = try await stored()
        }
        let isAnswered = at != before.at
        var merged: [String: QueueReport.Lane] = [:]
        if isAnswered { for lane in lanes { merged[lane.agency + "\n" + lane.kind] = lane } }
        for row in try await pool.query(QueueSQL.counts, Self.reportPeriod.inSeconds) {
            let lane = QueueReport.Lane(
                agency: try row.value(0, as: String.self),
                kind: try row.value(1, as: String.self)
            )
            let leased = try row.value(2, as: Int64.self)
            merged[lane.agency + "\n" + lane.kind, default: lane].count(
                done: try row.value(3, as: Int64.self),
                retried: try row.value(5, as: Int64.self),
                buried: try row.value(6, as: Int64.self),
                meanWait: leased > 0 ? try row.value(7, as: Double.self) / Double(leased) : nil,
                longestWait: leased > 0 ? try row.value(8, as: Double.self) : nil
            )
        }
        var dead: [String: Int64] = [:]
        for row in try await pool.query(QueueSQL.deadCounts) {
            let (agency, count) = try row.decode(String.self, Int64.self)
            dead[agency] = count
        }
        var paces: [String: [Int64]] = [:]
        for row in try await pool.query(QueueSQL.paces, Self.reportPeriod.inSeconds, Double(QueueReport.paceParts)) {
            let (agency, part, done) = try row.decode(String.self, Int32.self, Int64.self)
            guard 0..<QueueReport.paceParts ~= Int(part) else { continue }
            paces[agency, default: Array(repeating: 0, count: QueueReport.paceParts)][Int(part)] = done
        }
        return QueueReport(
            lanes: merged.values.sorted { ($0.agency, $0.kind) < ($1.agency, $1.kind) },
            dead: dead,
            paces: paces,
            limits: try await limits(),
            reportedAt: isAnswered ? at : nil,
            leader: isAnswered ? leader : nil,
            period: Self.reportPeriod
        )
    }

    /// What a dispatcher has reported the last time.
    private func stored() async throws -> (lanes: [QueueReport.Lane], at: Timestamp?, leader: String?) {
        var lanes: [QueueReport.Lane] = []
        var (at, leader): (Timestamp?, String?)
        for row in try await pool.query(QueueSQL.lanes) {
            var lane = QueueReport.Lane(
                agency: try row.value(0, as: String.self),
                kind: try row.value(1, as: String.self)
            )
            lane.ready = try row.value(2, as: Int64.self)
            lane.scheduled = try row.value(3, as: Int64.self)
            lane.leased = try row.value(4, as: Int64.self)
            lane.oldest = try row.value(5, as: PostgresTimestamp?.self).map { Timestamp($0) }
            at = Timestamp(try row.value(6, as: PostgresTimestamp.self))
            leader = try row.value(7, as: String.self)
            if !lane.agency.isEmpty { lanes.append(lane) }
        }
        return (lanes, at, leader)
    }
}

extension QueueReport.Lane {
    fileprivate init(agency: String, kind: String) {
        self.agency = agency
        self.kind = kind
    }

    fileprivate mutating func count(
        done: Int64,
        retried: Int64,
        buried: Int64,
        meanWait: Double?,
        longestWait: Double?
    ) {
        self.done = done
        self.retried = retried
        self.buried = buried
        meanWaitSeconds = meanWait
        longestWaitSeconds = longestWait
    }
}
