import EventSourcing
import MusterDomain
import Records
import Testing

@testable import MusterHistory

/// Incidents of Muster's own, and another playbook for them. Times are minutes of one day.
@Suite("Replay of incidents and whistles", .timeLimit(.minutes(20)))
struct ReplayIncidentTests {
    private static func at(_ minute: Int64) -> Timestamp {
        Timestamp(microseconds: 1_795_219_200_000_000 + minute * 60_000_000)
    }

    private static func playbook(_ version: Int, id: PlaybookID = "leak", _ steps: [PlaybookStep]) -> Playbook {
        Playbook(
            playbook: id,
            version: version,
            kind: "gas-leak",
            nameEN: "Leak",
            nameZH: "泄漏",
            groupsUpWithin: .seconds(900),
            summaryWithin: .seconds(14_400),
            groups: [PlaybookGroup(group: "g", nameEN: "G", nameZH: "组", partyKind: .department, steps: steps)],
            rechecks: [recheck]
        )
    }

    private static let recheck = PlaybookRecheck(
        recheck: "later",
        nameEN: "Later",
        nameZH: "复查",
        after: .seconds(3_600),
        within: .seconds(3_600)
    )
    private static let valve = PlaybookStep(step: "valve", nameEN: "Valve", nameZH: "关阀", within: .seconds(1_800))
    private static let air = PlaybookStep(
        step: "air",
        nameEN: "Air",
        nameZH: "通风",
        needs: ["valve"],
        within: .seconds(1_200)
    )
    private static let old = playbook(1, [valve, air])

    private static func append(_ log: MemoryLog, _ id: Int, _ minute: Int64, _ event: IncidentEvent) async throws {
        var encoded = try #require(IncidentEvent.table.encode(event))
        // What is said of a person is sealed in a real log.
        if case .stepCompleted = event {
            encoded = NewEvent(
                type: encoded.type,
                data: encoded.data.dropLast() + Array(#","text":{"enc1":"AAAA"}}"#.utf8)
            )
        }
        try await append(log, "incident-I-\(id)", minute, encoded)
    }

    private static func append(
        _ log: MemoryLog,
        _ stream: String,
        _ minute: Int64,
        _ event: NewEvent
    ) async throws {
        let count = log.events.count
        _ = try await log.append(
            Append(
                command: CommandID(UniqueID(version8From: (UInt64(count), 9))),
                occurredAt: at(minute),
                metadata: Array(#"{"person":"wang-li","party":"gas","role":"worker","territory":"all"}"#.utf8),
                writes: [StreamWrite(stream: StreamName(stored: stream), expected: .any, events: [event])]
            )
        )
    }

    /// An incident from its activation on; each step with its begin and its end.
    private static func tell(
        _ log: MemoryLog,
        _ id: Int,
        _ activated: Int64,
        _ work: [(step: StepID, begin: Int64, end: Int64)]
    ) async throws {
        let incident = try #require(IncidentID(rawValue: "I-\(id)"))
        func deadline(_ step: PlaybookStep, _ minute: Int64) -> [StepDeadline] {
            step.within.map { [StepDeadline(step: step.step, dueBy: at(minute) + $0, limit: $0)] } ?? []
        }
        try await append(
            log,
            id,
            activated,
            .playbookActivated(
                PlaybookActivated(
                    incident: incident,
                    playbook: old,
                    groupsUpBy: at(activated + 15),
                    groupsUpLimit: .seconds(900),
                    summaryBy: at(activated + 240),
                    summaryLimit: .seconds(14_400),
                    deadlines: deadline(valve, activated)
                )
            )
        )
        try await append(
            log,
            id,
            activated,
            .groupStoodUp(GroupStoodUp(incident: incident, group: "g", party: "gas", isLate: false))
        )
        for step in work {
            try await append(
                log,
                id,
                step.begin,
                .stepStarted(StepStarted(incident: incident, group: "g", step: step.step, party: "gas"))
            )
            let isLate = step.end > (step.step == "valve" ? activated + 30 : (work.first?.end ?? 0) + 20)
            try await append(
                log,
                id,
                step.end,
                .stepCompleted(
                    StepCompleted(
                        incident: incident,
                        group: "g",
                        step: step.step,
                        party: "gas",
                        isLate: isLate,
                        deadlines: step.step == "valve" ? deadline(air, step.end) : []
                    )
                )
            )
        }
    }

    /// One crew of the gas company and two leaks.
    private static func log() async throws -> MemoryLog {
        let log = try MemoryLog(mode: .live)
        let suspected = #"{"incident":"I-1","person":"p","places":{"enc1":"AAAA"},"text":{"enc1":"AAAA"}}"#
        try await append(
            log,
            "incident-I-1",
            590,
            NewEvent(type: EventType("CaseSuspected"), data: Array(suspected.utf8))
        )
        try await tell(log, 1, 600, [("valve", 600, 620), ("air", 640, 650)])
        try await tell(log, 2, 610, [("valve", 620, 640), ("air", 650, 660)])
        return log
    }

    private static func replay(_ log: MemoryLog, _ changes: ReplayChanges) async throws -> HistoryReplay {
        var choice = AnalysisChoice()
        choice.category = "incident"
        return try await HistoryReplay.make(from: log, choice, changes)
    }

    private static func begins(_ replay: HistoryReplay) -> [Int64] {
        replay.run.begins.map { ($0 - at(0).microseconds) / 60_000_000 }
    }

    @Test("incidents come back as they were, and go faster with a second crew")
    func crews() async throws {
        let log = try await Self.log()
        let before = try await Self.replay(log, ReplayChanges())
        #expect(Self.begins(before) == [600, 600, 640, 610, 620, 650])
        #expect(before.history.all.tally.all == 4)
        #expect(before.history.all.tally.late == 1)
        #expect(before.unchanged.all.tally == before.history.all.tally)
        let after = try await Self.replay(log, ReplayedLogs.changes(crews: ["gas=+1"]))
        #expect(Self.begins(after) == [600, 600, 620, 610, 610, 630])
        #expect(after.outcome.all.tally.late == 0)
        // The limit of what comes after counts from when what it needs is done.
        let airing = try #require(after.changed.deadlines.last)
        #expect(airing.due(in: after.run) == Self.at(650).microseconds)
    }

    @Test("another playbook: shared steps keep their work, new ones take their limit, others fall away")
    func otherPlaybook() async throws {
        let log = try await Self.log()
        var changes = ReplayChanges()
        changes.playbook = Self.playbook(
            2,
            [
                PlaybookStep(step: "cordon", nameEN: "Cordon", nameZH: "警戒", within: .seconds(600)),
                PlaybookStep(
                    step: "valve",
                    nameEN: "Valve",
                    nameZH: "关阀",
                    needs: ["cordon"],
                    within: .seconds(1_200)
                ),
            ]
        )
        let replay = try await Self.replay(log, changes)
        let change = try #require(replay.playbook)
        #expect(change.incidents == 2)
        #expect(change.newSteps == 2)
        #expect(change.goneSteps == 2)
        // Cordon 600–610, valve of the first 610–630; cordon of the second came in at 610, with valve 1 before it by rank.
        #expect(replay.changed.draft.rows.count == 6)
        #expect(replay.outcome.all.tally.all == 4)
        #expect(ReplayedLogs.text(replay, .en).contains("2 steps that the history does not know"))

        let written = try await ReplayedLogs.written(replay)
        let rows = try ImportedRow.all(in: written)
        #expect(Set(rows.compactMap(\.activity)) == ["playbook-activated", "leak-cordon", "leak-valve"])
        let report = try await LogReport.make(from: written)
        #expect(report.analysis.onTime?.all == replay.outcome.all.tally)
        #expect(report.analysis.activities.map(\.label.words.zh).contains("警戒"))
        #expect(rows.allSatisfy { $0.attributes["resource"] == nil })
    }

    @Test("a playbook is for incidents that it fits")
    func misfit() async throws {
        let log = try await Self.log()
        var changes = ReplayChanges()
        changes.playbook = Self.playbook(1, id: "flood", [Self.valve])
        #expect(try await Self.replay(log, changes).playbook?.incidents == 2)
        changes.playbook = Playbook(
            playbook: "fire",
            version: 1,
            kind: "fire",
            nameEN: "Fire",
            nameZH: "火灾",
            groupsUpWithin: .seconds(900),
            summaryWithin: .seconds(14_400),
            groups: [],
            rechecks: [Self.recheck]
        )
        let fire = changes
        await #expect(throws: ReplayError.noIncidents(playbook: "fire", known: ["leak"])) {
            try await Self.replay(log, fire)
        }
        await #expect(throws: ReplayError.playbookOfOthers(category: "matter")) {
            try await HistoryReplay.make(from: log, AnalysisChoice(), fire)
        }
        let calls = try await ReplayedLogs.calls()
        await #expect(throws: ReplayError.playbookOfOthers(category: "import")) { try await Self.replay(calls, fire) }
    }

    @Test("departments that whistles called: taken when accepted, kept until done, limits from the whistle on")
    func whistles() async throws {
        let log = try MemoryLog(mode: .live)
        func tell(_ id: Int, _ minute: Int64, _ type: String, _ data: String) async throws {
            let event = NewEvent(type: EventType(type), data: Array(data.utf8))
            try await Self.append(log, "matter-M-\(id)", minute, event)
        }
        for (id, blown, accepted) in [(1, Int64(600), Int64(600)), (2, 610, 660)] {
            let acceptBy = Self.at(blown + 20).rfc3339
            try await tell(id, blown, "WhistleBlown", #"{"departments":["fire"],"acceptBy":"\#(acceptBy)"}"#)
            let isLate = accepted > blown + 20
            let onSceneBy = Self.at(accepted + 30).rfc3339
            try await tell(
                id,
                accepted,
                "WhistleAccepted",
                #"{"department":"fire","isLate":\#(isLate),"onSceneBy":"\#(onSceneBy)"}"#
            )
            try await tell(id, accepted + 10, "DepartmentArrived", #"{"department":"fire"}"#)
            try await tell(id, accepted + 60, "ActionCompleted", #"{"department":"fire"}"#)
        }
        let before = try await HistoryReplay.make(from: log, AnalysisChoice(), ReplayChanges())
        #expect(before.unchanged.all.tally == before.history.all.tally)
        #expect(before.history.all.tally.late == 1)
        let after = try await HistoryReplay.make(from: log, AnalysisChoice(), ReplayedLogs.changes(crews: ["fire=+1"]))
        #expect(Self.begins(after) == [600, 610])
        #expect(after.outcome.all.tally.late == 0)
        #expect(after.outcome.all.tally.all == 4)
        let written = try await LogReport.make(from: try await ReplayedLogs.written(after))
        #expect(written.analysis.onTime?.all == after.outcome.all.tally)
    }

    @Test("nobody's name leaves a log of Muster's own for that of its replay", arguments: ["directive", "person"])
    func names(category: String) async throws {
        let log = try MemoryLog(mode: .live)
        for (minute, type) in [(600, "Issued"), (630, "Received"), (640, "Done")] {
            let event = NewEvent(type: EventType(type), data: Array("{}".utf8))
            try await Self.append(log, "\(category)-zhang-san", Int64(minute), event)
        }
        var choice = AnalysisChoice()
        choice.category = category
        let replay = try await HistoryReplay.make(from: log, choice, ReplayChanges())
        let written = try await ReplayedLogs.written(replay)
        #expect(try ImportedRow.all(in: written).map(\.activity) == ["Issued", "Received", "Done"])
        for event in written.events {
            #expect(!String(decoding: event.data, as: UTF8.self).contains("wang-li"))
            #expect(category != "person" || !event.stream.rawValue.contains("zhang-san"))
        }
    }
}
