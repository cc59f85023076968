import EventLog
import EventSourcing
import Evidence
import MusterDomain
import MusterTesting
import Postgres
import Records
import Testing

@testable import PersonalData

/// A log with personal fields, on PostgreSQL.
@Suite(.testDatabase, .timeLimit(.minutes(20)))
struct PersonalStoreTests {
    @Test("R16.1 the store keeps the contract of every event store")
    func conformance() async throws {
        try await PersonalLog.run { try await EventStoreConformance($0.store).checkAll() }
    }

    @Test("R16.1 what is said is read as it was said, and stands nowhere in the tables")
    func clear() async throws {
        try await PersonalLog.run { log in
            _ = try await log.store.append(PersonalLog.report("The man in 302 coughs."))
            #expect(try await log.texts() == ["The man in 302 coughs."])
            let rows = try await log.everyRow()
            for word in ["in 302", "coughs", "entrance 2", "31.25", "121.5"] {
                #expect(!rows.contains(word), "\(word)")
            }
            #expect(rows.contains("enc1"))
        }
    }

    @Test("R16.1 a destroyed key erases the person; hashes, proofs and replays hold")
    func erased() async throws {
        try await PersonalLog.run { log in
            for number in 0..<40 {
                let person: PersonID = number.isMultiple(of: 2) ? "resident-1" : "resident-2"
                _ = try await log.store.append(PersonalLog.report("Words of \(number)", of: person))
            }
            let before = try await log.log.events(after: .origin, limit: 100)
            try await SealWatch().seal(log.log, to: 40)
            try await log.erase("resident-1")

            #expect(try await log.log.events(after: .origin, limit: 40) == before)
            let audit = Audit(LogAudit(log: log.log), ring: try SealWatch.ring(SealWatch.seed))
            #expect(try await audit.run().findings == [])
            #expect(
                try await log.texts()
                    == (0..<40).map { $0.isMultiple(of: 2) ? PersonalFields.erasedText : "Words of \($0)" }
            )
            #expect(try await log.keys.table.count(of: "resident-1") == (living: 0, destroyed: 1))
        }
    }

    @Test("R16.1 whoever speaks again after an erasure gets a new key, and the old stays erased")
    func again() async throws {
        try await PersonalLog.run { log in
            _ = try await log.store.append(PersonalLog.report("before"))
            try await log.erase("resident-1")
            _ = try await log.store.append(PersonalLog.report("after"))
            #expect(try await log.texts() == [PersonalFields.erasedText, "after"])
            #expect(try await log.keys.table.count(of: "resident-1") == (living: 1, destroyed: 1))
        }
    }

    @Test("R16.1 carrying out an old erasure again does not touch a newer key")
    func repeated() async throws {
        try await PersonalLog.run { log in
            _ = try await log.store.append(PersonalLog.report("before"))
            try await log.erase("resident-1")
            _ = try await log.store.append(PersonalLog.report("after"))
            // A process that starts now follows the log from its first event.
            try await PersonalLog.another(on: log.log) { other in
                var seen: [RecordedEvent] = []
                for try await batch in other.store.follow(other.log.subscribe(from: .origin)) {
                    seen += batch
                    if seen.count == 3 { break }
                }
                #expect(seen.count == 3)
                #expect(try await other.texts() == [PersonalFields.erasedText, "after"])
            }
        }
    }

    @Test("R16.1 whoever follows the log carries out an erasure that was only recorded, before it hands it on")
    func carriedOut() async throws {
        try await PersonalLog.run { log in
            _ = try await log.store.append(PersonalLog.report("before"))
            // Whoever asked for it was killed here.
            _ = try await log.store.append(PersonalLog.erasure(of: "resident-1"))
            #expect(try await log.texts() == ["before"])
            for try await batch in log.store.follow(log.log.subscribe(from: Position(1))) {
                #expect(batch.map(\.type.name) == ["SubjectKeyErased"])
                break
            }
            #expect(try await log.texts() == [PersonalFields.erasedText])
        }
    }

    @Test("R16.1 a command that is sent twice is one command, though it is encrypted anew")
    func idempotent() async throws {
        try await PersonalLog.run { log in
            let command = Samples.command()
            let first = try await log.store.append(PersonalLog.report("once", command: command))
            let stored = try await log.log.events(after: .origin, limit: 10)
            let second = try await log.store.append(PersonalLog.report("once", command: command))
            let receipt = try #require(first.receipt)
            #expect(second == .duplicate(of: receipt))
            #expect(try await log.store.receipt(of: command) == receipt)
            #expect(try await log.log.events(after: .origin, limit: 10) == stored)
            // Also from another process, and after the person was erased.
            try await log.erase("resident-1")
            try await PersonalLog.another(on: log.log) { other in
                let third = try await other.store.append(PersonalLog.report("once", command: command))
                #expect(third == .duplicate(of: receipt))
            }
            #expect(try await log.texts() == [PersonalFields.erasedText])
        }
    }

    @Test("R16.1 a ciphertext that was moved to another event is refused")
    func moved() async throws {
        try await PersonalLog.run { log in
            _ = try await log.store.append(PersonalLog.report("first"))
            _ = try await log.store.append(PersonalLog.report("second"))
            let swap = """
                update events set data = (select data from events where position = 1) where position = 2
                """
            try await log.log.pool.withConnection { try await $0.script(swap) }
            let events = try await log.store.events(after: .origin, limit: 2)
            #expect(throws: Never.self) { try ReportEvent.table.decode(events[0].type, events[0].data) }
            #expect(throws: Problems.self) { try ReportEvent.table.decode(events[1].type, events[1].data) }
        }
    }

    @Test("R16.1 events without personal fields are stored byte for byte as they are")
    func plain() async throws {
        try await PersonalLog.run { log in
            let closed = MatterEvent.closed(MatterClosed(matter: "M-1", text: "Done."))
            let append = PersonalLog.append([closed], to: Matter.stream("M-1"))
            _ = try await log.store.append(append)
            #expect(
                try await log.log.events(after: .origin, limit: 1).map(\.data) == append.writes[0].events.map(\.data)
            )
            #expect(log.keys.lookupCount == 0)
        }
    }

    @Test("R16.1 events that were stored before there were keys read as they are")
    func older() async throws {
        try await PersonalLog.run { log in
            _ = try await log.log.append(PersonalLog.report("old"))
            _ = try await log.store.append(PersonalLog.report("new"))
            #expect(try await log.texts() == ["old", "new"])
        }
    }
}
