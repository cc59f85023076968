import Foundation
import Testing

/// What must hold of a flow, whatever was killed while people went through it.
extension House {
    /// Each command that is sent again gets its receipt again, and is in the log once, where the receipt says. Nothing is in
    /// it of what was refused, and no task came again that was acknowledged.
    func checkEffects(of systems: [PartySystem]) async throws {
        for system in systems { try await system.repeatAll() }
        let rows = try await sql(
            "select command_id, min(position), max(position), count(*) from events group by command_id"
        )
        let inLog = Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0.dropFirst().compactMap { Int64($0) }) })
        for system in systems {
            for (posting, receipt) in await system.sent {
                let wanted = [receipt.first, receipt.last, receipt.last - receipt.first + 1]
                #expect(inLog[posting.id.uuidString.lowercased()] == wanted, "\(posting.json)")
            }
            for posting in await system.refused {
                #expect(inLog[posting.id.uuidString.lowercased()] == nil, "\(posting.json)")
            }
            #expect(await system.surprises == [])
        }
        #expect(try await number("select count(*) - max(position) from events") == 0, "positions are dense")
    }

    /// Waits until the parties have said of so many tasks, and no more, that they are done.
    func checkTasks(of systems: [PartySystem], are count: Int) async throws {
        try await eventually("tasks that are all done") {
            for system in systems { try await system.exchange(wait: 0) }
            return try await sql("select state, count(*) from task_standings group by state") == [["done", "\(count)"]]
        }
    }

    /// How often each kind of event is in the streams whose names begin so. What Muster says of clocks that ran out is not
    /// counted: a machine may be slow.
    func kinds(in stream: String) async throws -> [String: Int] {
        let rows = try await sql(
            """
            select type, count(*) from recorded_events
            where stream like '\(stream)%' and type not in ('DepartmentNoShow', 'WhistleEscalated')
            group by type
            """
        )
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], Int($0[1]) ?? 0) })
    }
}
