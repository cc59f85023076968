import EventSourcing
import MusterDomain
import Records
import Testing

@testable import MusterHistory

/// What in records may have been made up, or was written down long afterwards (R14.5).
@Suite("Patterns of entry")
struct EntryPatternTests {
    private static let yaml = """
        name: rounds
        version: 1
        format: {type: csv}
        case: household
        key: id
        activity: what
        at: at
        attributes:
          who: who
          degrees: degrees
          typed: {column: typed, type: time}
        resource: who
        recorded: typed
        reading: degrees
        """

    private static func analysis(
        _ rows: [String],
        yaml: String = yaml,
        _ change: (inout AnalysisChoice) -> Void = { _ in }
    ) async throws -> HistoryAnalysis {
        let log = try MemoryLog()
        let file = try TemporaryFile(text: "id,household,what,at,who,degrees,typed\n" + rows.joined())
        _ = try await Importer(log: log).run(input: file.path, mapping: Samples.mapping(yaml))
        var choice = AnalysisChoice()
        change(&choice)
        return try await LogReport.make(from: log, choice).analysis
    }

    private static func row(
        _ id: Int,
        who: String,
        degrees: String,
        minute: Int,
        typed: String = ""
    ) -> String {
        "\(id),h\(id),temperature,\(time(minute)),\(who),\(degrees),\(typed)\n"
    }

    private static func time(_ minute: Int) -> String {
        Timestamp(microseconds: 1_583_056_800_000_000 + Int64(minute) * 60_000_000).rfc3339
    }

    /// Twenty readings of Wu, all different enough, and as many of Li as are given.
    private static func rounds(of li: [String]) -> [String] {
        let usual = (0..<20).map { row($0, who: "Wu", degrees: "36.\($0 % 7)", minute: $0 * 3) }
        return usual + li.enumerated().map { row(100 + $0, who: "Li", degrees: $1, minute: $0 * 5) }
    }

    @Test("R14.5 the same reading again and again is marked, with who, how often and when")
    func identical() async throws {
        let li = ["36.4", "36.5", "36.5", "36.5", "36.5", "36.5", "36.5", "36.2"]
        let analysis = try await Self.analysis(Self.rounds(of: li))
        let run = try #require(analysis.entry.identical.first)
        #expect(analysis.entry.identical.count == 1)
        #expect(run.who.name == "Li")
        #expect(run.value == "36.5")
        #expect(run.readings == 6)
        #expect(run.since == Timestamp(rfc3339: Self.time(5)))
        #expect(run.until == Timestamp(rfc3339: Self.time(30)))
        #expect(analysis.entry.readings == 28)
        let finding = try #require(analysis.findings.first { $0.kind == .entry })
        #expect(finding.headline.en == "Li read 36.5 6 times in a row")
        let table = analysis.table(.lateEntry).text(.en)
        #expect(table.contains("identical readings"))
        #expect(table.contains("Li: temperature, 36.5"))
        #expect(try ReportPage.html(analysis, language: .zh).contains("数值雷同"))
    }

    @Test("R14.5 readings that are usual, few, or somebody else's in between are no mark")
    func unmarked() async throws {
        // Everybody reads nothing else.
        let same = (0..<40).map { Self.row($0, who: $0 % 2 == 0 ? "Wu" : "Li", degrees: "36.5", minute: $0) }
        #expect(try await Self.analysis(same).entry.identical.isEmpty)
        #expect(try await Self.analysis(Self.rounds(of: ["36.5", "36.5", "36.5", "36.5"])).entry.identical.isEmpty)
        let broken = ["36.5", "36.5", "36.5", "36.1", "36.5", "36.5", "36.5", "36.5"]
        #expect(try await Self.analysis(Self.rounds(of: broken)).entry.identical.isEmpty)
    }

    @Test("R14.5 how many in a row are marked, and of what, is the analyst's choice")
    func choices() async throws {
        let rounds = Self.rounds(of: ["39.5", "39.5", "39.5"])
        let three = try await Self.analysis(rounds) { $0.identicalInARow = 3 }
        #expect(three.entry.identical.map(\.readings) == [3])
        #expect(three.source.arguments == "test --identical 3")
        let unnamed = Self.yaml.replacing("\nreading: degrees", with: "")
        #expect(try await Self.analysis(rounds, yaml: unnamed).entry.readings == 0)
        let named = try await Self.analysis(rounds, yaml: unnamed) { choice in
            choice.reading = "degrees"
            choice.identicalInARow = 3
        }
        #expect(named.entry.identical.count == 1)
        #expect(named.source.arguments == "test --reading degrees --identical 3")
    }

    @Test("R14.5 late entry of an import is counted from when its rows were typed")
    func lateImport() async throws {
        let rows = [
            Self.row(1, who: "Wu", degrees: "36.1", minute: 0, typed: Self.time(4)),
            Self.row(2, who: "Wu", degrees: "36.2", minute: 0, typed: Self.time(60)),
            Self.row(3, who: "Li", degrees: "36.3", minute: 0, typed: Self.time(1_500)),
            // Planned before it happened: when it was noted that it did is not known.
            Self.row(4, who: "Li", degrees: "36.4", minute: 30, typed: Self.time(20)),
            Self.row(5, who: "Li", degrees: "36.4", minute: 30),
        ]
        let entry = try await Self.analysis(rows).entry
        #expect(entry.delays?.count == 3)
        #expect(entry.late == 2)
        #expect(entry.byActivity.map(\.late) == [2])
        let unnamed = Self.yaml.replacing("\nrecorded: typed", with: "")
        #expect(try await Self.analysis(rows, yaml: unnamed).entry.delays == nil)
    }

    @Test("R14.5 follow-ups of Go.Data were entered late", .needs("outbreak/godata_followups.csv"))
    func followUps() async throws {
        let log = try MemoryLog()
        _ = try await Importer(log: log).run(
            input: SharedData.path("outbreak/godata_followups.csv"),
            mapping: Mapping.named("godata-followups")
        )
        let entry = try await LogReport.make(from: log).analysis.entry
        // Of 437 rows with both days, 432 were entered on a later day, and two before.
        #expect(entry.delays?.count == 435)
        #expect(entry.late == 432)
    }

    // MARK: - Live logs

    private static func complete(
        _ told: inout ToldLog,
        _ number: Int,
        by person: PersonID,
        text: String? = nil,
        photo: String? = nil,
        figure: Double? = nil
    ) async throws {
        let incident = try #require(IncidentID(rawValue: "I-\(number)"))
        let completed = StepCompleted(
            incident: incident,
            group: "rescue",
            step: "visit",
            party: "fire",
            text: text,
            photo: photo,
            figure: figure,
            isLate: false
        )
        try await told.tell(
            Incident.stream(incident),
            minute: number * 7,
            by: person,
            IncidentEvent.stepCompleted(completed)
        )
    }

    @Test("R14.5 who shows nearly all work by photos alone is marked")
    func photoOnly() async throws {
        var told = try ToldLog()
        for number in 0..<6 { try await Self.complete(&told, number, by: "li", photo: "p-\(number)") }
        try await Self.complete(&told, 6, by: "li", text: "met", photo: "p-6")
        for number in 7..<12 { try await Self.complete(&told, number, by: "wu", text: "met") }
        for number in 12..<16 { try await Self.complete(&told, number, by: "he", photo: "p-\(number)") }
        let analysis = try await told.analysis(of: "incident")
        #expect(analysis.entry.evidenced == 16)
        #expect(analysis.entry.byPhotoAlone == 10)
        #expect(analysis.entry.photoOnly.map(\.who.name) == ["li"])
        #expect(analysis.entry.photoOnly.first?.steps == 7)
        #expect(analysis.entry.photoOnly.first?.photoOnly == 6)
        #expect(analysis.table(.lateEntry).text(.en).contains("photo only"))
        #expect(try ReportPage.html(analysis, language: .en).contains("Photos alone"))
    }

    @Test("R14.5 a photo that is sealed is a photo all the same")
    func sealedPhoto() throws {
        func evidence(_ data: String) throws -> EventColumns.Evidence? { try OwnColumns.evidence(Array(data.utf8)) }
        #expect(try evidence(#"{"step":"visit","photo":{"enc1":"k:0011"}}"#) == .photoOnly)
        #expect(try evidence(#"{"step":"visit","photo":{"enc1":"k:0011"},"text":{"enc1":"k:0022"}}"#) == .other)
        #expect(try evidence(#"{"step":"visit"}"#) == .other)
    }

    @Test("R14.5 the same figure of a step again and again is marked")
    func figures() async throws {
        var told = try ToldLog()
        for number in 0..<12 { try await Self.complete(&told, number, by: "wu", figure: Double(100 + number)) }
        for number in 12..<18 { try await Self.complete(&told, number, by: "li", figure: 400) }
        let run = try #require(try await told.analysis(of: "incident").entry.identical.first)
        #expect(run.who.name == "li")
        #expect(run.readings == 6)
    }
}
