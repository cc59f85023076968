import EventSourcing
import Foundation
package import Records

extension QueueReport {
    /// The report as JSON text:
    /// `{"reportedAt","leader","periodSeconds","agencies":[{"agency","ready","scheduled","leased","oldest","done","retried","dead","deadLetters","concurrency","rate":{"tasks","seconds","burst"},"paused"}],"lanes":[{"agency","kind","ready","scheduled","leased","oldest","done","retried","dead","meanWaitSeconds","longestWaitSeconds"}],"dead":[{"agency","count"}],"limits":[{"agency","kind","concurrency","rate":{"tasks","seconds","burst"},"paused"}]}`.
    package var json: [UInt8] {
        var writer = JSONWriter(capacity: 256 * (lanes.count + 1))
        writer.beginObject()
        writer.optional("reportedAt", reportedAt?.rfc3339)
        writer.optional("leader", leader)
        writer.name("periodSeconds")
        writer.integer(Int(period / .seconds(1)))
        writer.name("agencies")
        writer.beginArray()
        for agency in agencies { agency.write(to: &writer) }
        writer.endArray()
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
        limits.write(to: &writer)
        writer.endObject()
        return writer.bytes
    }
}

extension QueueLimits {
    /// `{"limits":[{"agency","kind","concurrency","rate":{"tasks","seconds","burst"},"paused"}]}`; null stands for every agency, or
    /// every kind.
    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        write(to: &writer)
        writer.endObject()
        return writer.bytes
    }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.name("limits")
        writer.beginArray()
        let order: (Scope) -> [String] = { [$0.agency ?? "", $0.kind ?? ""] }
        for (scope, limit) in limits.sorted(by: { order($0.key).lexicographicallyPrecedes(order($1.key)) }) {
            limit.write(to: &writer, for: scope)
        }
        writer.endArray()
    }
}

extension DeadLetter {
    /// `{"number","agency","kind","key","priority","attempts","error","enqueuedAt","diedAt"}`, and `payload` when asked for.
    package func write(to writer: inout JSONWriter, withPayload: Bool) {
        writer.beginObject()
        writer.name("number")
        writer.integer(task.rawValue)
        writer.member("agency", agency)
        writer.member("kind", kind)
        writer.optional("key", uniqueKey)
        for (name, number) in [("priority", Int64(priority)), ("attempts", Int64(attempts))] {
            writer.name(name)
            writer.integer(number)
        }
        writer.member("error", error)
        writer.member("enqueuedAt", enqueuedAt.rfc3339)
        writer.member("diedAt", diedAt.rfc3339)
        if withPayload {
            writer.name("payload")
            writer.json(payload.utf8)
        }
        writer.endObject()
    }
}

extension Schedule {
    /// `{"name","cron","zone","agency","kind","priority","nextDue"}`
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        for (name, text) in [
            ("name", name), ("cron", cron.text), ("zone", zone.identifier), ("agency", agency), ("kind", kind),
        ] { writer.member(name, text) }
        writer.name("priority")
        writer.integer(priority)
        writer.optional("nextDue", nextDue?.rfc3339)
        writer.endObject()
    }
}

extension QueueReport.Agency {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("agency", agency)
        for (name, count) in [
            ("ready", ready), ("scheduled", scheduled), ("leased", leased), ("done", done), ("retried", retried),
            ("dead", buried), ("deadLetters", deadLetters),
        ] {
            writer.name(name)
            writer.integer(count)
        }
        writer.optional("oldest", oldest?.rfc3339)
        limit.writeBounds(to: &writer)
        writer.endObject()
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
        writeBounds(to: &writer)
        writer.endObject()
    }

    fileprivate func writeBounds(to writer: inout JSONWriter) {
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
    }
}

extension JSONWriter {
    mutating func optional(_ name: String, _ value: String?) {
        self.name(name)
        if let value { string(value) } else { null() }
    }
}
