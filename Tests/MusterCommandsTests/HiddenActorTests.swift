import EventSourcing
import MusterCommands
import MusterDomain
import MusterTesting
import Testing

/// Who speaks without a name is recorded nowhere.
@Suite("A hidden actor", .timeLimit(.minutes(20)))
struct HiddenActorTests {
    private let world = World()

    @Test("R14.4 the log does not know who told of something without a name, and knows who told of it by name")
    func hidden() async throws {
        _ = try await world.send(World.define("city", .city))
        _ = try await world.send(
            RegisterParty(party: PartyID("jindi"), nameEN: "Jindi", nameZH: "金地", kind: .property, channel: .desk)
        )
        let tip = Whistleblow(
            inquiry: InquiryID("Q-1"),
            accused: PartyID("jindi"),
            territory: TerritoryID("city"),
            kind: .sham,
            text: "Nobody came."
        )
        let report = ReportConcealment(
            inquiry: InquiryID("Q-2"),
            accused: PartyID("jindi"),
            territory: TerritoryID("city"),
            kind: .sham,
            text: "Nobody came."
        )
        for command in [tip, report] as [any Command] {
            _ = try await world.handler.handle(World.envelope(command, actor: World.resident))
        }
        let hidden = try #require(
            try await world.store.events(of: Inquiry.stream(InquiryID("Q-1")), after: .none, limit: 1).first
        )
        let named = try #require(
            try await world.store.events(of: Inquiry.stream(InquiryID("Q-2")), after: .none, limit: 1).first
        )
        let name = World.resident.person.rawValue
        #expect(!String(decoding: hidden.metadata + hidden.data, as: UTF8.self).contains("\"\(name)\""))
        #expect(String(decoding: named.metadata, as: UTF8.self).contains("\"\(name)\""))
        #expect(try Fact(hidden).origin.actor == .nobody(in: TerritoryID("city")))
    }

    @Test("R14.4 the grid of a worker who speaks without a name is recorded nowhere: it is one person's")
    func ground() async throws {
        let worker = Actor(
            person: PersonID("grid-worker"),
            party: PartyID("committee"),
            role: .gridWorker,
            territory: TerritoryID("grid-7")
        )
        for (place, level, parent) in [
            ("city", .city, nil), ("district", .district, "city"), ("street", .street, "district"),
            ("community", .community, "street"), ("grid-7", .grid, "community"),
        ] as [(String, TerritoryLevel, String?)] {
            _ = try await world.send(World.define(place, level, under: parent))
        }
        let committee = RegisterParty(
            party: worker.party,
            nameEN: "Committee",
            nameZH: "居委会",
            kind: .community,
            channel: .desk
        )
        _ = try await world.send(committee)
        _ = try await world.send(
            AppointPerson(
                person: worker.person,
                role: worker.role,
                party: worker.party,
                territory: worker.territory,
                from: world.time
            )
        )
        let tip = Whistleblow(
            inquiry: InquiryID("Q-1"),
            accused: worker.party,
            territory: TerritoryID("community"),
            kind: .sham,
            text: "Nobody came."
        )
        // Another process may not have heard of the place yet.
        _ = try await world.anotherHandler().handle(World.envelope(tip, actor: worker))
        let event = try #require(
            try await world.store.events(of: Inquiry.stream(InquiryID("Q-1")), after: .none, limit: 1).first
        )
        #expect(!String(decoding: event.metadata + event.data, as: UTF8.self).contains("grid-7"))
        #expect(try Fact(event).origin.actor == .nobody(in: TerritoryID("city")))
    }
}
