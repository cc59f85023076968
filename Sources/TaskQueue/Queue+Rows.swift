import EventSourcing
import Postgres

extension LeasedTask {
    init(_ row: Row) throws(PostgresError) {
        let (id, token, agency, kind, key, payload, priority, attempts, due, created) = try row.decode(
            Int64.self,
            Int64.self,
            String.self,
            String.self,
            String.self,
            JSONText.self,
            Int16.self,
            Int32.self,
            PostgresTimestamp.self,
            PostgresTimestamp.self
        )
        self.init(
            grant: Grant(task: TaskNumber(id), token: FencingToken(token)),
            agency: agency,
            kind: kind,
            uniqueKey: key,
            payload: payload.text,
            priority: priority,
            attempt: attempts,
            leasedUntil: Timestamp(due),
            enqueuedAt: Timestamp(created)
        )
    }
}

extension DeadLetter {
    init(_ row: Row) throws(PostgresError) {
        let (id, agency, kind, key, payload, priority, attempts, error, created, ended) = try row.decode(
            Int64.self,
            String.self,
            String.self,
            String.self,
            JSONText.self,
            Int16.self,
            Int32.self,
            String?.self,
            PostgresTimestamp.self,
            PostgresTimestamp.self
        )
        self.init(
            task: TaskNumber(id),
            agency: agency,
            kind: kind,
            uniqueKey: key,
            payload: payload.text,
            priority: priority,
            attempts: attempts,
            error: error ?? "",
            enqueuedAt: Timestamp(created),
            diedAt: Timestamp(ended)
        )
    }
}

extension Set<Grant> {
    /// The leading columns are a task's number and the token.
    init(grantsIn rows: Rows) throws(PostgresError) {
        self.init(minimumCapacity: rows.count)
        for row in rows {
            let (id, token) = try row.decode(Int64.self, Int64.self)
            insert(Grant(task: TaskNumber(id), token: FencingToken(token)))
        }
    }
}

extension Timestamp {
    init(_ stored: PostgresTimestamp) { self.init(microseconds: stored.microsecondsSince1970) }
}

extension PostgresTimestamp {
    init(_ timestamp: Timestamp) { self.init(microsecondsSince1970: timestamp.microseconds) }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

extension TaskFailure.Consequence {
    /// Below zero asks for the backoff.
    var delaySeconds: Double {
        switch self {
        case .backOff: -1
        case .retry(let delay): max(0, delay.inSeconds)
        case .bury: 0
        }
    }
}

extension String {
    /// The text as a column can hold it, without NUL and cut to what is kept of an error.
    var storable: String {
        var bytes = 0
        var kept = String.UnicodeScalarView()
        for scalar in unicodeScalars where scalar != "\0" {
            bytes += UTF8.width(scalar)
            guard bytes <= TaskFailure.maximumErrorBytes else { break }
            kept.append(scalar)
        }
        return String(kept)
    }
}
