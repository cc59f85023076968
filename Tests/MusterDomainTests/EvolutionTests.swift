import EventSourcing
import Foundation
import MusterDomain
import Records
import Testing

/// Whatever was ever written is read for ever, and whatever newer versions write does not stop older ones.
@Suite struct EvolutionTests {
    @Test("Every encoding ever released is read, and written as it was")
    func released() throws {
        let fixtures = EncodingFixtures.released
        // Run the tests with MUSTER_WRITE_FIXTURES=1 to add the fixture of a new kind or version.
        if ProcessInfo.processInfo.environment["MUSTER_WRITE_FIXTURES"] == "1" {
            try fixtures.add(Samples.authority)
            try fixtures.add(Samples.territory)
            try fixtures.add(Samples.gridWorker)
            try fixtures.add(Samples.household)
            try fixtures.add(Samples.report)
            try fixtures.add(Samples.matter)
            try fixtures.add(Samples.inquiry)
            try fixtures.add(Samples.notice)
            try fixtures.add(Samples.appraisal)
            try fixtures.add(Samples.privacy)
            try fixtures.add(Samples.directive)
            try fixtures.add(Samples.addressedDirective)
            try fixtures.add(Samples.incident)
            try fixtures.add(Samples.playbook)
            try fixtures.add(Samples.data)
            try fixtures.add(Samples.directReport)
            try fixtures.add(Samples.desk)
        }
        let problems =
            fixtures.problems(of: AuthorityEvent.table) + fixtures.problems(of: TerritoryEvent.table)
            + fixtures.problems(of: ReportEvent.table) + fixtures.problems(of: MatterEvent.table)
            + fixtures.problems(of: InquiryEvent.table) + fixtures.problems(of: NoticeEvent.table)
            + fixtures.problems(of: AppraisalEvent.table)
            + fixtures.problems(of: PrivacyEvent.table)
            + fixtures.problems(of: DirectiveEvent.table)
            + fixtures.problems(of: AddressedDirectiveEvent.table)
            + fixtures.problems(of: IncidentEvent.table) + fixtures.problems(of: PlaybookEvent.table)
            + fixtures.problems(of: GridWorkerEvent.table) + fixtures.problems(of: HouseholdEvent.table)
            + fixtures.problems(of: DataEvent.table) + fixtures.problems(of: DirectReportEvent.table)
            + fixtures.problems(of: DeskEvent.table)
        #expect(problems.isEmpty, "\(problems)")
    }

    @Test("Every fixture is of an encoding that is still read")
    func known() throws {
        let known = EventKind.all.flatMap { $0.encodings.map(\.type) }
        #expect(try EncodingFixtures.released.types() == Set(known.map(\.description)))
    }

    @Test("Metadata as it was released is read, and written as it was")
    func metadata() throws {
        for document in Self.releasedMetadata.map({ Array($0.utf8) }) {
            let metadata = try EventMetadata.record.decode(document)
            #expect(EventMetadata.record.encode(metadata) == document)
        }
    }

    @Test("Events of older versions are read as the newest one")
    func upcast() throws {
        let first = try BellEvent.table.decode(EventType("BellRung"), Array(#"{"door":"north"}"#.utf8))
        #expect(first == .rung(BellRung(doors: ["north"], loudness: 5)))
        let second = try BellEvent.table.decode(
            EventType("BellRung", version: 2),
            Array(#"{"door":"north","loud":true}"#.utf8)
        )
        #expect(second == .rung(BellRung(doors: ["north"], loudness: 9)))
    }

    @Test("Events are written in the newest version alone")
    func newest() throws {
        let event = BellEvent.rung(BellRung(doors: ["north", "south"], loudness: 2))
        let stored = try #require(BellEvent.table.encode(event))
        #expect(stored.type == EventType("BellRung", version: 3))
        #expect(try BellEvent.table.decode(stored.type, stored.data) == event)
    }

    @Test("All versions of a kind are read")
    func versions() {
        let types = (1...3).map { EventType("BellRung", version: $0) }
        #expect(Set(BellEvent.table.types) == Set(types))
    }

    @Test("An older version that is broken is told apart from an unknown one")
    func broken() {
        let problems = #expect(throws: Problems.self) {
            try BellEvent.table.decode(EventType("BellRung", version: 2), Array(#"{"door":"north"}"#.utf8))
        }
        #expect(problems?.list.map(\.pointer) == ["/loud"])
        #expect(throws: Never.self) { try BellEvent.table.decode(EventType("BellRung", version: 4), []) }
    }

    @Test(
        "A kind or version of a newer writer is a fact of an unknown event",
        arguments: [EventType("MatterTeleported"), EventType("WhistleBlown", version: 99)]
    )
    func newerWriter(type: EventType) throws {
        let fact = try Fact(recorded(type, #"{"shape":["of",{"the":"future"}]}"#))
        #expect(fact.event == .unknown)
        #expect(fact.type == type)
    }

    @Test("Members that a newer writer added are passed over, wherever they stand")
    func newerMembers() throws {
        for data in [
            #"{"matter":"M-1","text":"Solved.","photo":{"of":[1,"x"]}}"#,
            #"{"photo":null,"matter":"M-1","text":"Solved."}"#, #"{"matter":"M-1","photo":"","text":"Solved."}"#,
        ] {
            let fact = try Fact(recorded(EventType("MatterResolvedLocally"), data))
            let expected = MatterResolvedLocally(matter: "M-1", text: "Solved.")
            #expect(fact.event == .matter(.resolvedLocally(expected)))
        }
    }

    @Test("A missing, changed or unreadable fixture is named")
    func fixtures() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "muster-fixtures-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let fixtures = EncodingFixtures(folder: folder)
        try fixtures.add([BellEvent.rung(BellRung(doors: ["north"], loudness: 1))])
        #expect(try fixtures.types() == ["BellRung/3"])
        #expect(
            fixtures.problems(of: BellEvent.table) == ["BellRung/2 has no fixture", "BellRung/1 has no fixture"]
        )
        try Data(#"{"door":7}"#.utf8).write(to: folder.appending(path: "BellRung.v1.jsonl"))
        try Data(#"{"door":"north","loud":false}"#.utf8).write(to: folder.appending(path: "BellRung.v2.jsonl"))
        #expect(fixtures.problems(of: BellEvent.table) == [#"BellRung/1 is not read: ["/door type"]"#])
        try Data(#"{"loudness":1,"doors":["north"]}"#.utf8).write(to: folder.appending(path: "BellRung.v3.jsonl"))
        #expect(fixtures.problems(of: BellEvent.table).first == "BellRung/3 is written differently than its fixture")
        try fixtures.add([BellEvent.rung(BellRung(doors: ["north"], loudness: 1))])
        #expect(fixtures.problems(of: BellEvent.table).count == 2, "a fixture that is there stays as it is")
    }

    private static let releasedMetadata = [
        #"{"person":"head-dq","party":"dongqiao","role":"community-head","territory":"dq","#
            + #""correlation":"019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4f"}"#,
        #"{"person":"muster","party":"muster","role":"system","territory":"dq-02","#
            + #""correlation":"019388f2-6c1a-7c3e-9d55-0f6b1c2d3e4f","#
            + #""causation":"019388f2-6c1a-7c3e-9d55-0f6b1c2d3e50.12"}"#,
    ]

    private func recorded(_ type: EventType, _ data: String) -> RecordedEvent {
        RecordedEvent(
            position: Position(1),
            stream: Matter.stream("M-1"),
            version: StreamVersion(1),
            id: EventID(command: CommandID(UniqueID(high: 0, low: 1)), ordinal: 0),
            type: type,
            occurredAt: Timestamp(microseconds: 0),
            recordedAt: Timestamp(microseconds: 0),
            metadata: Array(Self.releasedMetadata[0].utf8),
            data: Array(data.utf8)
        )
    }
}

/// A kind of event with a past: first one door and no loudness, then loud or not, now several doors and a figure.
private enum BellEvent: DomainEvent {
    case rung(BellRung)

    static let table = EventTable<BellEvent>([
        EventDescription(
            "BellRung",
            version: 3,
            Words("Bell rung", zh: "铃响"),
            BellRung.record,
            older: [
                OlderVersion(2, BellRungV2.record) { BellRung(doors: [$0.door], loudness: $0.isLoud ? 9 : 5) },
                OlderVersion(1, BellRungV1.record) { BellRung(doors: [$0.door], loudness: 5) },
            ],
            BellEvent.rung
        ) {
            if case .rung(let payload) = $0 { payload } else { nil }
        }
    ])
}

private struct BellRung: Hashable, Sendable {
    let doors: [String]
    let loudness: Int

    static let record = Record<BellRung>(
        refusesUnknownMembers: false,
        Field("doors", \.doors, .list(of: .line(), count: 1...4), Words("Doors", zh: "门")),
        Field("loudness", \.loudness, .integer(0...10), Words("Loudness", zh: "响度")),
        make: BellRung.init
    )
}

private struct BellRungV2: Hashable, Sendable {
    let door: String
    let isLoud: Bool

    static let record = Record<BellRungV2>(
        refusesUnknownMembers: false,
        Field("door", \.door, .line(), Words("Door", zh: "门")),
        Field("loud", \.isLoud, .boolean, Words("Loud", zh: "响亮")),
        make: BellRungV2.init
    )
}

private struct BellRungV1: Hashable, Sendable {
    let door: String

    static let record = Record<BellRungV1>(
        refusesUnknownMembers: false,
        Field("door", \.door, .line(), Words("Door", zh: "门")),
        make: BellRungV1.init
    )
}
