import EventLog
import EventSourcing
import Logging
import MusterDomain
import MusterTesting
import Postgres
import Records
import Testing

@testable import PersonalData

/// The keys of persons in the database, and how processes share them.
@Suite(.testDatabase, .timeLimit(.minutes(20)))
struct PersonKeysTests {
    @Test("R16.1 the keys of a whole batch are looked up and made at once, then kept")
    func batch() async throws {
        var configuration = PersonKeys.Configuration()
        configuration.lifetime = .seconds(3_600)
        try await PersonalLog.run(configuration) { log in
            let persons = (0..<200).map { PersonID(rawValue: "p-\($0)") ?? "none" }
            let appends = persons.map { PersonalLog.report("of \($0)", of: $0) }
            let encrypted = try await log.store.encrypted(appends)
            // One question, one insert, one answer with the new keys.
            #expect(log.keys.lookupCount == 2)
            _ = try await log.log.append(contentsOf: encrypted)
            _ = try await log.store.encrypted(appends)
            #expect(try await log.texts().count == 200)
            #expect(log.keys.lookupCount == 2, "all of them are in memory")
        }
    }

    @Test("R16.1 a page of events asks for all its persons at once")
    func page() async throws {
        try await PersonalLog.run { log in
            for number in 0..<50 {
                let person = PersonID(rawValue: "p-\(number)") ?? "none"
                _ = try await log.store.append(PersonalLog.report("of \(person)", of: person))
            }
            try await PersonalLog.another(on: log.log) { other in
                let texts = try await other.texts()
                #expect(texts.count == 50)
                #expect(other.keys.lookupCount == 1)
            }
        }
    }

    @Test("R16.1 callers that ask at the same time share look-ups")
    func callers() async throws {
        try await PersonalLog.run { log in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<300 {
                    group.addTask {
                        let person = PersonID(rawValue: "p-\(number)") ?? "none"
                        _ = try await log.store.append(PersonalLog.report("of \(person)", of: person))
                    }
                }
                try await group.waitForAll()
            }
            #expect(log.keys.lookupCount < 150, "\(log.keys.lookupCount) look-ups for 300 callers")
            #expect(Set(try await log.texts()).count == 300)
        }
    }

    @Test("R16.1 two processes that make the key of one person at the same time have the same")
    func race() async throws {
        try await PersonalLog.run { one in
            try await PersonalLog.another(on: one.log) { other in
                for round in 0..<20 {
                    let persons = (0..<10).map { PersonID(rawValue: "r-\(round)-\($0)") ?? "none" }
                    async let left = one.keys.current(of: Set(persons))
                    async let right = other.keys.current(of: Set(persons))
                    let (mine, theirs) = try await (left, right)
                    #expect(Set(mine.keys) == Set(persons) && Set(theirs.keys) == Set(persons))
                    for person in persons {
                        #expect(try await one.keys.table.count(of: person) == (living: 1, destroyed: 0))
                        _ = try await one.store.append(PersonalLog.report("one", of: person))
                        _ = try await other.store.append(PersonalLog.report("other", of: person))
                    }
                }
                #expect(Set(try await other.texts()) == ["one", "other"])
                #expect(Set(try await one.texts()) == ["one", "other"])
            }
        }
    }

    @Test("R16.1 an erasure reaches a process that has the key in memory")
    func otherProcess() async throws {
        var configuration = PersonKeys.Configuration()
        configuration.pollInterval = .milliseconds(20)
        try await PersonalLog.run { [configuration] one in
            _ = try await one.store.append(PersonalLog.report("before"))
            try await PersonalLog.another(on: one.log, configuration) { other in
                #expect(try await other.texts() == ["before"])
                try await one.erase("resident-1")
                #expect(try await one.texts() == [PersonalFields.erasedText])
                while try await other.texts() != [PersonalFields.erasedText] {
                    try await Task.sleep(for: .milliseconds(5))
                }
                _ = try await other.store.append(PersonalLog.report("after"))
                #expect(try await one.texts() == [PersonalFields.erasedText, "after"])
            }
        }
    }

    @Test("R16.1 without a poll the age limit alone makes a process ask")
    func ageLimit() async throws {
        var configuration = PersonKeys.Configuration()
        configuration.pollInterval = .seconds(3_600)
        configuration.lifetime = .zero
        try await PersonalLog.run { [configuration] one in
            _ = try await one.store.append(PersonalLog.report("before"))
            try await PersonalLog.another(on: one.log, configuration) { other in
                #expect(try await other.texts() == ["before"])
                try await one.erase("resident-1")
                #expect(try await other.texts() == [PersonalFields.erasedText])
            }
        }
    }

    @Test("R16.1 a process with another key-encryption key does not start")
    func otherKeyEncryptionKey() async throws {
        try await PersonalLog.run { log in
            let wrapping = try #require(KeyEncryptionKey(bytes: Array(repeating: 7, count: 32)))
            let other = PersonKeys(pool: log.log.pool, wrapping: wrapping, logger: Logger(label: "test"))
            await #expect(throws: PersonKeyError.otherKeyEncryptionKey) { try await other.claim() }
        }
    }

    @Test("R16.1 a key whose row was changed is an error, never an erasure")
    func damaged() async throws {
        try await PersonalLog.run { log in
            _ = try await log.store.append(PersonalLog.report("mine", of: "a"))
            _ = try await log.store.append(PersonalLog.report("theirs", of: "b"))
            // The very key of another person, too.
            let change = """
                update person_keys set wrapped_key = (select wrapped_key from person_keys where person = 'b')
                where person = 'a'
                """
            try await log.log.pool.withConnection { try await $0.script(change) }
            try await PersonalLog.another(on: log.log) { other in
                let events = try await other.store.events(after: .origin, limit: 2)
                #expect(throws: Problems.self) { try ReportEvent.table.decode(events[0].type, events[0].data) }
                #expect(throws: Never.self) { try ReportEvent.table.decode(events[1].type, events[1].data) }
                await #expect(throws: AppendError.self) {
                    try await other.store.append(PersonalLog.report("more", of: "a"))
                }
            }
        }
    }

    @Test("R16.1 an event whose key there never was is not taken for an erased one")
    func missing() async throws {
        try await PersonalLog.run { log in
            let stored = try await log.store.encrypted([PersonalLog.report("mine", of: "a")])
            try await TestDatabase.current.withLog("q-\(UInt64.random(in: 0 ... .max))") { elsewhere in
                _ = try await elsewhere.append(stored[0])
                try await PersonalLog.another(on: elsewhere) { other in
                    let event = try #require(try await other.store.events(after: .origin, limit: 1).first)
                    #expect(throws: Problems.self) { try ReportEvent.table.decode(event.type, event.data) }
                }
            }
        }
    }

    @Test(
        "R16.1 a destroyed key cannot come back, and none is deleted",
        arguments: [
            ("update person_keys set wrapped_key = '\\x00', destroyed_at = null where person = 'gone'", "ML010"),
            ("update person_keys set number = 7 where person = 'here'", "ML011"),
            ("delete from person_keys where person = 'here'", "ML011"), ("truncate person_keys", "ML011"),
        ]
    )
    func kept(statement: String, state: String) async throws {
        try await PersonalLog.run { log in
            _ = try await log.keys.current(of: ["gone", "here"])
            try await log.erase("gone")
            let error = await #expect(throws: PostgresError.self) {
                try await log.log.pool.withConnection { try await $0.script(statement) }
            }
            #expect(error?.sqlState?.rawValue == state)
        }
    }

    @Test("R16.1 what nobody answers any more ends with an error")
    func stopped() async throws {
        let keys = try await PersonalLog.run { $0.keys }
        await #expect(throws: PersonKeyError.stopped) { try await keys.current(of: ["a"]) }
    }
}
