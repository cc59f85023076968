/// Leading one thing of a schema, by an advisory lock: one process at a time, for as long as it uses the session that
/// holds the lock.
///
/// What a leader writes in that session can come from no other. A process that stands still (stopped, or on a machine
/// that is gone) keeps its connection, and with it the lock; therefore a leader uses its session all the time, and
/// whoever stands by ends one that was not used for too long.
package struct Leadership: Sendable {
    private let thing: String
    private let silenceLimit: Duration

    /// - Parameters:
    ///   - thing: what is led; schemas of one database have theirs each.
    ///   - silenceLimit: for how long a session that leads may do nothing.
    package init(of thing: String, silenceLimit: Duration) {
        self.thing = thing
        self.silenceLimit = silenceLimit
    }

    /// How often a leader uses its session at least.
    package var interval: Duration { silenceLimit / 4 }

    /// What came of standing for it.
    package enum Outcome: Sendable, Hashable {
        /// The session leads until it is closed: it must not go back to a pool.
        case leads
        case otherLeads
        /// The one that led stood still, and its session was ended: try again.
        case otherEnded
    }

    /// Leads in a session, unless somebody else does.
    package func stand(in session: Connection) async throws(PostgresError) -> Outcome {
        if try await session.query(Self.take, thing)[0].value(0, as: Bool.self) { return .leads }
        let limit = Double(silenceLimit.components.seconds) + Double(silenceLimit.components.attoseconds) / 1e18
        return try await session.query(Self.depose, thing, limit).isEmpty ? .otherLeads : .otherEnded
    }

    /// Uses the session; throws when it is gone, and with it the lock.
    package static func prove(in session: Connection) async throws(PostgresError) { _ = try await session.query(alive) }

    /// Advisory locks are the database's, not the schema's: the key holds the schema.
    private static let take = Statement(
        "leadership.take",
        "select pg_try_advisory_lock(hashtextextended($1::text || ':' || current_schema(), 0))"
    )

    /// Also where a statement has been running, or waiting, for as long: another leader may be luckier.
    private static let depose = Statement(
        "leadership.depose",
        """
        select pg_terminate_backend(a.pid)
        from pg_locks as l
        join pg_stat_activity as a on a.pid = l.pid
        where l.locktype = 'advisory'
            and l.granted
            and l.database = (select oid from pg_database where datname = current_database())
            and l.objsubid = 1
            and (l.classid::bigint << 32) | l.objid::bigint
                = hashtextextended($1::text || ':' || current_schema(), 0)
            and a.state_change < clock_timestamp() - make_interval(secs => $2::double precision)
        """
    )

    private static let alive = Statement("leadership.alive", "select 1")
}
