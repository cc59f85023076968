import EventSourcing
import MusterDomain
import Testing

@testable import MusterHistory

@Suite("Places of a live log")
struct PlaceFilterTests {
    /// A street with two communities, one of them with a grid, and a street beside it; a case in each of them. Two hours
    /// later the second community goes to the other street, and has one more case.
    private static func town() async throws -> ToldLog {
        var told = try ToldLog()
        func define(_ id: TerritoryID, _ level: TerritoryLevel, below parent: TerritoryID?) async throws {
            let defined = TerritoryDefined(
                territory: id,
                level: level,
                parent: parent,
                nameEN: id.rawValue,
                nameZH: id.rawValue
            )
            try await told.tell(TerritoryRegister.stream, minute: 0, TerritoryEvent.defined(defined))
        }
        func suspect(_ incident: IncidentID, in territory: TerritoryID, minute: Int) async throws {
            let suspected = CaseSuspected(
                incident: incident,
                kind: "gas-leak",
                day: try #require(CaseDay(rawValue: "2026-11-21")),
                territory: territory,
                text: "smell",
                verifyBy: ToldLog.begin,
                limit: .seconds(60)
            )
            try await told.tell(Incident.stream(incident), minute: minute, IncidentEvent.caseSuspected(suspected))
        }
        try await define("district", .district, below: nil)
        try await define("dong-street", .street, below: "district")
        try await define("xi-street", .street, below: "district")
        try await define("dong-1", .community, below: "dong-street")
        try await define("dong-2", .community, below: "dong-street")
        try await define("dong-1-g1", .grid, below: "dong-1")
        try await suspect("I-street", in: "dong-street", minute: 10)
        try await suspect("I-grid", in: "dong-1-g1", minute: 20)
        try await suspect("I-before", in: "dong-2", minute: 30)
        let moved = TerritoryMoved(
            territory: "dong-2",
            parent: "xi-street",
            code: nil,
            from: ToldLog.begin + .seconds(7_200),
            reason: "redrawn"
        )
        try await told.tell(TerritoryRegister.stream, minute: 100, TerritoryEvent.moved(moved))
        try await suspect("I-after", in: "dong-2", minute: 130)
        return told
    }

    @Test(
        "R2.4 a territory takes everything that lay in it then",
        arguments: [
            ("district", 4), ("dong-street", 3), ("xi-street", 1), ("dong-1", 1), ("dong-1-g1", 1), ("dong-2", 2),
            ("nowhere", 0), ("no place at all", 0),
        ]
    )
    func within(place: String, cases: Int) async throws {
        let told = try await Self.town()
        let analysis = try await told.analysis(of: "incident") { $0.filters = [.place(place)] }
        #expect(analysis.counts.cases == cases)
    }

    @Test("R2.4 the sides of a comparison take what lay in them then")
    func sides() async throws {
        let told = try await Self.town()
        let analysis = try await told.analysis(of: "incident") {
            $0.sides = [.place("dong-street"), .place("xi-street")]
        }
        #expect(analysis.comparison?.leftCases == 3)
        #expect(analysis.comparison?.rightCases == 1)
    }

    @Test("R2.4 as known before a move was recorded, the territory lies where it lay")
    func asKnown() async throws {
        let told = try await Self.town()
        let move = try #require(told.log.events.last { $0.type.name == "TerritoryMoved" })
        let analysis = try await told.analysis(of: "incident") {
            $0.filters = [.place("dong-street")]
            $0.asKnownAt = Timestamp(microseconds: move.recordedAt.microseconds - 1)
        }
        #expect(analysis.counts.cases == 3)
    }
}
