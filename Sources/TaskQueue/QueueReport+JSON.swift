import EventSourcing
import Records

extension QueueReport {
    /// The report as JSON text:
    /// `{"reportedAt","leader","periodSeconds","lanes":[{"agency","kind","ready","scheduled","leased","oldest","done","retried","dead","meanWaitSeconds","longestWaitSeconds"}],"dead":[{"agency","count"}],"limits":[{"agency","kind","concurrency","rate":{"tasks","seconds","burst"},"paused"}]}`.
    package var json: [UInt8] {
        var writer = JSONWriter(capacity: 256 * (lanes.count + 1))
        writer.beginObject()
        writer.optional("reportedAt", reportedAt?.rfc3339)
        writer.optional("leader", leader)
        writer.name("periodSeconds")
        writer.integer(Int(period / .seconds(1)))
        writer.name("lanes")
        writer.beginArray()
        for lane in lanes { lane.write(to: &writer) }
        writer.endArray()
        writer.name("dead")
        writer.beginArray()
        for (agency, count) in dead.sorted(by: { $0.key < $1.key }) {
            writer.beginObject()
            writer.member("agency", agency)
            writer.name("count")
            writer.integer(count)
            writer.endObject()
        }
        writer.endArray()
        writer.name("limits")
        writer.beginArray()
        let order: (QueueLimits.Scope) -> [String] = { [$0.agency ?? "", $0.kind ?? ""] }
        for (scope, limit) in limits.limits.sorted(by: { order($0.key).lexicographicallyPrecedes(order($1.key)) }) {
            limit.write(to: &writer, for: scope)
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}

extension QueueReport.Lane {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("agency", agency)
        writer.member("kind", kind)
        for (name, count) in [
            ("ready", ready), ("scheduled", scheduled), ("leased", leased), ("done", done), ("retried", retried),
            ("dead", buried),
        ] {
            writer.name(name)
            writer.integer(count)
        }
        writer.optional("oldest", oldest?.rfc3339)
        for (name, seconds) in [("meanWaitSeconds", meanWaitSeconds), ("longestWaitSeconds", longestWaitSeconds)] {
            writer.name(name)
            if let seconds { writer.number(seconds) } else { writer.null() }
        }
        writer.endObject()
    }
}

extension QueueLimit {
    fileprivate func write(to writer: inout JSONWriter, for scope: QueueLimits.Scope) {
        writer.beginObject()
        writer.optional("agency", scope.agency)
        writer.optional("kind", scope.kind)
        writer.name("concurrency")
        if let concurrency { writer.integer(concurrency) } else { writer.null() }
        writer.name("rate")
        if let rate {
            writer.beginObject()
            for (name, value) in [("tasks", rate.tasks), ("seconds", rate.seconds), ("burst", rate.burst)] {
                writer.name(name)
                writer.integer(value)
            }
            writer.endObject()
        } else {
            writer.null()
        }
        writer.name("paused")
        writer.boolean(isPaused)
        writer.endObject()
    }
}

extension JSONWriter {
    mutating func optional(_ name: String, _ value: String?) {
        self.name(name)
        if let value { string(value) } else { null() }
    }
}
