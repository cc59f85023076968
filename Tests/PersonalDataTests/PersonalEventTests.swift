import EventSourcing
import MusterDomain
import MusterTesting
import Records
import Testing

@testable import PersonalData

/// One event's personal fields, encrypted and read again.
@Suite struct PersonalEventTests {
    private static let key = PersonKey.random("resident-1", 1)
    private static let place = EventID(command: CommandID(UniqueID(high: 7, low: 8)), ordinal: 3)

    private static func report(_ text: String, reporter: PersonID? = "resident-1") -> ReportEvent {
        .submitted(
            ReportSubmitted(
                report: "R-1",
                channel: .app,
                kind: .noise,
                territory: "dq-02",
                place: "Dongqiao 7, door 302",
                text: text,
                latitude: 31.234567890123,
                longitude: -121.5,
                reporter: reporter,
                isUrgent: false
            )
        )
    }

    private static func encrypt<Event: DomainEvent>(
        _ event: Event,
        as id: EventID = place,
        with key: PersonKey = key
    ) throws -> NewEvent {
        let clear = try #require(Event.table.encode(event))
        guard let fields = PersonalFields.of(clear.type) else { return clear }
        return NewEvent(
            type: clear.type,
            data: try PersonalEvent.encrypt(clear.data, fields, of: id, with: key)
        )
    }

    private static func decrypt(
        _ event: NewEvent,
        as id: EventID = place,
        with keys: (PersonKeyID) -> PersonKey? = { _ in key }
    ) -> PersonalEvent.Decrypted {
        PersonalEvent.decrypt(event.data, EncryptedValue.all(in: event.data), of: id, event.type) { id in
            keys(id).map { .living($0) } ?? .destroyed
        }
    }

    @Test("R16.1 what is stored of a report holds nothing that was said, and all the rest")
    func holdsNoClearText() throws {
        let event = Self.report("The man in 302 coughs all night.")
        let stored = String(decoding: try Self.encrypt(event).data, as: UTF8.self)
        for said in ["in 302", "coughs", "31.23", "121.5"] { #expect(!stored.contains(said), "\(said)") }
        for kept in [#""report":"R-1""#, #""kind":"noise""#, #""territory":"dq-02""#, #""reporter":"resident-1""#] {
            #expect(stored.contains(kept), "\(kept)")
        }
    }

    @Test("R16.1 decrypting what was encrypted gives the same bytes, whatever was said", arguments: 0..<300)
    func isIdentity(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let event = RandomReport.make(using: &random)
        let clear = try #require(ReportEvent.table.encode(event))
        let stored = try Self.encrypt(event)
        #expect(stored.data != clear.data)
        let read = Self.decrypt(stored)
        #expect(read.data == clear.data)
        #expect((read.erased, read.unreadable) == (0, 0))
        #expect(try ReportEvent.table.decode(stored.type, read.data) == event)
    }

    @Test("R16.1 every kind of event that has personal fields comes back, and reads on when they are erased")
    func everyKind() throws {
        var kinds: Set<EventType> = []
        func check<Event: DomainEvent>(_ events: [Event]) throws {
            for event in events {
                let stored = try Self.encrypt(event)
                guard EncryptedValue.mayStand(in: stored.data) else { continue }
                kinds.insert(stored.type)
                let read = Self.decrypt(stored)
                #expect(try Event.table.decode(stored.type, read.data) == event)
                let erased = Self.decrypt(stored) { _ in nil }
                #expect(erased.erased > 0)
                #expect(try Event.table.decode(stored.type, erased.data) != nil, "\(stored.type)")
            }
        }
        try check(PersonalSamples.report)
        try check(PersonalSamples.matter)
        try check(PersonalSamples.inquiry)
        try check(PersonalSamples.incident)
        try check(PersonalSamples.authority)
        try check(PersonalSamples.directReport)
        try check(PersonalSamples.desk)
        try check(PersonalSamples.household)
        #expect(kinds == Set(PersonalFields.all.keys))
    }

    @Test("R16.1 erased texts say so, erased numbers are missing, the rest stays")
    func erased() throws {
        let stored = try Self.encrypt(Self.report("The man in 302 coughs."))
        let read = Self.decrypt(stored) { _ in nil }
        let event = try ReportEvent.table.decode(stored.type, read.data)
        #expect(
            event
                == .submitted(
                    ReportSubmitted(
                        report: "R-1",
                        channel: .app,
                        kind: .noise,
                        territory: "dq-02",
                        place: "[erased]",
                        text: "[erased]",
                        reporter: "resident-1",
                        isUrgent: false
                    )
                )
        )
    }

    @Test("R16.1 a value of another event or field is not read as this one's")
    func swapped() throws {
        let mine = try Self.encrypt(Self.report("Mine."))
        let other = EventID(command: Self.place.command, ordinal: 4)
        #expect(Self.decrypt(mine, as: other).unreadable == 4)

        let values = EncryptedValue.all(in: mine.data)
        let (place, text) = (values[0].range, values[1].range)
        var swapped = Array(mine.data[..<place.lowerBound])
        swapped += mine.data[text] + mine.data[place.upperBound..<text.lowerBound] + mine.data[place]
        swapped += mine.data[text.upperBound...]
        let read = Self.decrypt(NewEvent(type: mine.type, data: swapped))
        #expect(read.unreadable == 2)
        // Whoever decodes it finds an object where a text should be.
        #expect(throws: Problems.self) { try ReportEvent.table.decode(mine.type, read.data) }
    }

    @Test("R16.1 a value says whose it is: under another's name it cannot be read")
    func renamed() throws {
        let bytes = Array(repeating: UInt8(7), count: PersonKey.byteCount)
        let first = try #require(PersonKey(PersonKeyID(person: "resident-1", number: 1), bytes: bytes))
        let second = try #require(PersonKey(PersonKeyID(person: "resident-1", number: 2), bytes: bytes))
        let stored = try Self.encrypt(Self.report("Mine."), with: first)
        let text = String(decoding: stored.data, as: UTF8.self).split(separator: "resident-1:1:")
            .joined(separator: "resident-1:2:")
        let read = Self.decrypt(NewEvent(type: stored.type, data: Array(text.utf8))) { _ in second }
        #expect(read.unreadable == 4)
    }

    @Test("R16.1 one changed byte makes a value unreadable and the others not")
    func changed() throws {
        var stored = try Self.encrypt(Self.report("Mine."))
        var data = stored.data
        let at = EncryptedValue.all(in: data)[1].text.lowerBound + 20
        data[at] = data[at] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        stored = NewEvent(type: stored.type, data: data)
        let read = Self.decrypt(stored)
        #expect(read.unreadable == 1)
        #expect(String(decoding: read.data, as: UTF8.self).contains("Dongqiao 7"))
    }

    @Test("R16.1 a text that looks like an encrypted value is a text, old or new")
    func quoted() throws {
        let text = #""text":{"enc1":"resident-1:1:AAAA"}"#
        let event = Self.report(text)
        let old = try #require(ReportEvent.table.encode(event))
        #expect(!EncryptedValue.mayStand(in: old.data))
        let stored = try Self.encrypt(event)
        #expect(Self.decrypt(stored).data == old.data)
    }

    @Test(
        "R16.1 what only begins like an encrypted value is passed over",
        arguments: [
            #"{"text":{"enc1":"#, #"{"text":{"enc1":""#, #"{"text":{"enc1":"a"}"#, #"{"text":{"enc1":"a:b:"}}"#,
            #"{"text":{"enc1":"a:0:AAAA"}}"#, #"{"text":{"enc1":"a:99999999999:AAAA"}}"#,
            #"{"text":{"enc1":":1:AAAA"}}"#,
            #"{"text":{"enc1":"a:1:AAAA","b":1}}"#, #"":{"enc1":""#, #"{"":{"enc1":"#,
        ]
    )
    func malformed(text: String) {
        let data = Array(text.utf8)
        let read = PersonalEvent.decrypt(data, EncryptedValue.all(in: data), of: Self.place, EventType("X")) { _ in
            .living(Self.key)
        }
        #expect(read.data == data)
    }

    @Test("R16.1 cut anywhere, stored data neither trap nor change", arguments: 0..<40)
    func cut(part: Int) throws {
        let stored = try Self.encrypt(Self.report("Mine."))
        let data = Array(stored.data.prefix(stored.data.count * part / 40))
        let values = EncryptedValue.all(in: data)
        let read = PersonalEvent.decrypt(data, values, of: Self.place, stored.type) { _ in .living(Self.key) }
        #expect(read.unreadable == 0)
        #expect(values.isEmpty == (read.data == data))
    }

    @Test("R16.1 without a key that can be used a value is unreadable, not erased", arguments: [true, false])
    func withoutKey(isDamaged: Bool) throws {
        let stored = try Self.encrypt(Self.report("Mine."))
        let values = EncryptedValue.all(in: stored.data)
        let read = PersonalEvent.decrypt(stored.data, values, of: Self.place, stored.type) { _ in
            isDamaged ? .damaged : nil
        }
        #expect((read.erased, read.unreadable) == (0, 4))
        #expect(read.data == stored.data)
    }

    @Test("R16.1 the reporter's own key is taken, else the actor's")
    func subjects() throws {
        let clerk = Actor(person: "clerk-1", party: "hotline", role: .hotlineClerk, territory: "he")
        func person<Event: DomainEvent>(_ event: Event, _ actor: Actor) throws -> PersonID? {
            let stored = try #require(Event.table.encode(event))
            return try #require(PersonalFields.of(stored.type)).person(stored.data, actor: actor)
        }
        #expect(try person(Self.report("x"), clerk) == "resident-1")
        #expect(try person(Self.report("x", reporter: nil), clerk) == "clerk-1")
        let reopened = MatterEvent.reopened(MatterReopened(matter: "M-1", reason: "Still blocked."))
        #expect(try person(reopened, clerk) == nil)
        let resident = Actor(person: "resident-2", party: "residents", role: .resident, territory: "he")
        #expect(try person(reopened, resident) == "resident-2")
    }
}
