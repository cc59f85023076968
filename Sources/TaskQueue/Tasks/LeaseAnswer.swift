import EventSourcing
import Records

/// What a worker of an agency is given.
package struct LeaseAnswer: Hashable, Sendable {
    package let tasks: [LeasedTask]
    /// Acknowledged or failed tasks that were not the worker's any more, in the order they were given: somebody else does
    /// them again, or they have ended.
    package let refused: [Grant]

    package init(tasks: [LeasedTask], refused: [Grant]) {
        self.tasks = tasks
        self.refused = refused
    }

    /// The answer as JSON text:
    /// `{"tasks":[{"id","token","key","kind","priority","attempt","enqueuedAt","leasedUntil","payload"}],"refused":[{"id","token"}]}`.
    package func encoded() -> [UInt8] {
        var writer = JSONWriter(capacity: 512 * (tasks.count + 1))
        writer.beginObject()
        writer.name("tasks")
        writer.beginArray()
        for task in tasks { task.write(to: &writer) }
        writer.endArray()
        writer.name("refused")
        writer.beginArray()
        for grant in refused {
            writer.beginObject()
            grant.writeMembers(to: &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}

extension LeasedTask {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        grant.writeMembers(to: &writer)
        writer.member("key", uniqueKey)
        writer.member("kind", kind)
        writer.name("priority")
        writer.integer(priority)
        writer.name("attempt")
        writer.integer(attempt)
        writer.member("enqueuedAt", enqueuedAt.rfc3339)
        writer.member("leasedUntil", leasedUntil.rfc3339)
        writer.name("payload")
        writer.json(payload.utf8)
        writer.endObject()
    }
}

extension Grant {
    fileprivate func writeMembers(to writer: inout JSONWriter) {
        writer.name("id")
        writer.integer(task.rawValue)
        writer.name("token")
        writer.integer(token.rawValue)
    }
}
