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
}
