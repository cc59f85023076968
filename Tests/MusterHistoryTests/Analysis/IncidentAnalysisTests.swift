import EventSourcing
import MusterDomain
import Records
import Testing

@testable import MusterHistory

/// Incidents of a log of Muster's own: held against their playbooks, and versions of a playbook against each other.
@Suite("Analysis of incidents")
struct IncidentAnalysisTests {
    /// Two steps, the second after the first; each version allows the first its own time.
    private static func playbook(version: Int, firstWithin minutes: Int) -> Playbook {
        Playbook(
            playbook: PlaybookID("gas-leak"),
            version: version,
            kind: IncidentKindID("gas-leak"),
            nameEN: "Gas leak",
            nameZH: "燃气泄漏",
            groupsUpWithin: .seconds(1_800),
            summaryWithin: .seconds(86_400),
            groups: [
                PlaybookGroup(
                    group: GroupID("rescue"),
                    nameEN: "Rescue",
                    nameZH: "救援",
                    steps: [
                        PlaybookStep(
                            step: StepID("shut-off"),
                            nameEN: "Shut off",
                            nameZH: "关阀",
                            within: .seconds(minutes * 60)
                        ),
                        PlaybookStep(
                            step: StepID("search"),
                            nameEN: "Search",
                            nameZH: "搜查",
                            needs: [StepID("shut-off")],
                            canSkip: false
                        ),
                    ]
                )
            ],
            rechecks: [
                PlaybookRecheck(
                    recheck: RecheckID("air"),
                    nameEN: "Air",
                    nameZH: "复测",
                    after: .seconds(3_600),
                    within: .seconds(3_600)
                )
            ]
        )
    }

    /// A log of incidents, each told as what happened after how many minutes.
    private struct Telling {
        private var told: ToldLog

        init() throws { told = try ToldLog() }

        mutating func tell(_ incident: IncidentID, minute: Int, _ event: IncidentEvent) async throws {
            try await told.tell(Incident.stream(incident), minute: minute, event)
        }

        mutating func activate(_ incident: IncidentID, minute: Int, _ playbook: Playbook) async throws {
            let now = ToldLog.begin + .seconds(minute * 60)
            let limit = playbook.groups[0].steps[0].within ?? .seconds(60)
            try await tell(
                incident,
                minute: minute,
                .playbookActivated(
                    PlaybookActivated(
                        incident: incident,
                        playbook: playbook,
                        groupsUpBy: now + playbook.groupsUpWithin,
                        groupsUpLimit: playbook.groupsUpWithin,
                        summaryBy: now + playbook.summaryWithin,
                        summaryLimit: playbook.summaryWithin,
                        deadlines: [StepDeadline(step: StepID("shut-off"), dueBy: now + limit, limit: limit)]
                    )
                )
            )
        }

        mutating func complete(_ incident: IncidentID, _ step: StepID, minute: Int, isLate: Bool = false) async throws {
            try await tell(
                incident,
                minute: minute,
                .stepCompleted(
                    StepCompleted(
                        incident: incident,
                        group: GroupID("rescue"),
                        step: step,
                        party: PartyID("fire"),
                        isLate: isLate
                    )
                )
            )
        }

        mutating func close(_ incident: IncidentID, minute: Int) async throws {
            try await tell(incident, minute: minute, .closed(IncidentClosed(incident: incident)))
        }

        func analysis(_ change: (inout AnalysisChoice) -> Void = { _ in }) async throws -> HistoryAnalysis {
            try await told.analysis(of: "incident", change)
        }
    }

    @Test("Deviations from a playbook are named: late, left out, before what was needed")
    func deviations() async throws {
        var telling = try Telling()
        let playbook = Self.playbook(version: 1, firstWithin: 10)
        // Kept to in every point.
        try await telling.activate(IncidentID("I-1"), minute: 0, playbook)
        try await telling.complete(IncidentID("I-1"), StepID("shut-off"), minute: 5)
        try await telling.complete(IncidentID("I-1"), StepID("search"), minute: 20)
        try await telling.close(IncidentID("I-1"), minute: 30)
        // Late.
        try await telling.activate(IncidentID("I-2"), minute: 0, playbook)
        try await telling.complete(IncidentID("I-2"), StepID("shut-off"), minute: 15, isLate: true)
        try await telling.complete(IncidentID("I-2"), StepID("search"), minute: 20)
        try await telling.close(IncidentID("I-2"), minute: 30)
        // Searched first, and then again nothing but the end.
        try await telling.activate(IncidentID("I-3"), minute: 0, playbook)
        try await telling.complete(IncidentID("I-3"), StepID("search"), minute: 3)
        try await telling.complete(IncidentID("I-3"), StepID("shut-off"), minute: 6)
        try await telling.close(IncidentID("I-3"), minute: 30)
        // Never searched.
        try await telling.activate(IncidentID("I-4"), minute: 0, playbook)
        try await telling.complete(IncidentID("I-4"), StepID("shut-off"), minute: 6)
        try await telling.close(IncidentID("I-4"), minute: 30)
        // Still open: nothing is left out yet.
        try await telling.activate(IncidentID("I-5"), minute: 0, playbook)
        try await telling.complete(IncidentID("I-5"), StepID("shut-off"), minute: 6)

        let conformance = try #require(try await telling.analysis().conformance)
        #expect(conformance.reference.words.en == "the playbook gas-leak, version 1")
        #expect(conformance.count == 5)
        #expect(conformance.perfect == 2)
        let found = conformance.deviations.map { "\($0.kind.rawValue) \($0.step.name) \($0.cases)" }.sorted()
        #expect(found == ["late shut-off 1", "skipped search 1", "tooEarly search 1"])
        // Rules kept: 4 of 4, 3 of 4, 3 of 4, 2 of 3, 2 of 2.
        #expect(abs(conformance.fitness - (1 + 0.75 + 0.75 + 2.0 / 3 + 1) / 5) < 1e-9)
    }

    @Test("Two versions of a playbook are compared, and each can be looked at alone")
    func versions() async throws {
        var telling = try Telling()
        for number in 0..<40 {
            let (isNew, start) = (number % 2 == 1, number * 120)
            let incident = try #require(IncidentID(rawValue: "I-\(number)"))
            try await telling.activate(incident, minute: start, Self.playbook(version: isNew ? 2 : 1, firstWithin: 60))
            try await telling.complete(incident, StepID("shut-off"), minute: start + 5)
            try await telling.close(incident, minute: start + (isNew ? 20 : 60) + number % 5)
        }
        let old = try #require(CaseFilter("playbook=gas-leak@1"))
        let new = try #require(CaseFilter("playbook=gas-leak@2"))
        let comparison = try #require(try await telling.analysis { $0.sides = [old, new] }.comparison)
        #expect(comparison.leftCases == 20)
        #expect(comparison.rightCases == 20)
        let median = try #require(comparison.measures.first)
        #expect(median.isClear)
        #expect(median.difference < -30 * 60 && median.difference > -50 * 60)

        let alone = try await telling.analysis { $0.filters = [new] }
        #expect(alone.counts.cases == 20)
        #expect(alone.cases.durations.maximum <= .seconds(25 * 60))
        let none = try await telling.analysis { $0.filters = [.playbook("gas-leak", version: 3)] }
        #expect(none.counts.cases == 0)
    }

    @Test("A playbook's version is read from text, and written as it was read")
    func texts() {
        #expect(CaseFilter("playbook=gas-leak@2") == .playbook("gas-leak", version: 2))
        #expect(CaseFilter.playbook("gas-leak", version: 2).text == "playbook=gas-leak@2")
        // An attribute of an imported log may be called so too.
        #expect(CaseFilter("playbook=urgent") == .attribute("playbook", "urgent"))
        #expect(CaseFilter("playbook=a@b") == .attribute("playbook", "a@b"))
    }
}
