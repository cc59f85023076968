import EventSourcing
import MusterDomain
import Records
import Testing

/// The rules and the bad input of S5 that this slice holds.
@Suite struct IntakeTests {
    private let spec = DecisionSpec(Report.self)

    @Test(
        "R5.4 safety words make a report urgent",
        arguments: [
            "There is a FIRE in the cellar", "An old man lies unconscious", "Someone with a weapon", "三楼着火了", "老人被困电梯",
            "有人昏迷",
        ]
    )
    func urgent(text: String) throws {
        #expect(try submitted(text: text)?.isUrgent == true)
    }

    @Test("R5.4 other words do not", arguments: ["Firework noise at night", "The lamp is broken", "楼下有垃圾"])
    func notUrgent(text: String) throws {
        #expect(try submitted(text: text)?.isUrgent == false)
    }

    @Test("R5.6 a clerk reports for someone without a phone, who is asked later")
    func proxy() throws {
        let report = submit(channel: .proxy, reporter: "resident-9")
        let events = try spec.when(report, by: Town.clerk)
        guard case .submitted(let payload)? = events.first else { return #expect(Bool(false), "no report") }
        #expect(payload.reporter == "resident-9")
    }

    @Test("S5 a hospital, which is a department, reports for somebody as the hotline does")
    func hospital() throws {
        var town = Town()
        let doctor = Actor(person: "doctor-3", party: "hospital", role: .departmentOfficer, territory: "he")
        town.register("hospital", .department)
        town.appoint(doctor)
        let context = town.context(of: doctor)
        let report = IntakeTown.report("R-1", by: "resident-1", channel: .phone, text: "Five of one house are ill.")
        try context.authorise(CommandCatalogue.entry(of: report))
        guard case .submitted(let payload)? = try report.decide(Report(), in: context).first else {
            return #expect(Bool(false))
        }
        #expect(payload.reporter == "resident-1")
    }

    @Test("R5.6 a resident reports in their own name")
    func ownName() throws {
        #expect(try submitted(text: "Noise.")?.reporter == "resident-1")
        let refusal = spec.refusal(of: submit(reporter: "resident-9"), by: Town.resident)
        #expect(refusal?.code == "S5 not-yourself")
    }

    @Test("S5 swapped coordinates are refused in words")
    func swapped() {
        let refusal = spec.refusal(of: submit(latitude: 121.4, longitude: 31.2), by: Town.resident)
        #expect(refusal?.code == "S5 coordinates-swapped")
    }

    @Test("S5 the coordinates (0, 0) are refused")
    func zero() {
        let refusal = spec.refusal(of: submit(latitude: 0, longitude: 0), by: Town.resident)
        #expect(refusal?.code == "S5 coordinates-zero")
    }

    @Test("S5 half a coordinate is refused")
    func half() {
        #expect(spec.refusal(of: submit(latitude: 31), by: Town.resident)?.code == "S5 coordinates-incomplete")
        #expect(spec.refusal(of: submit(longitude: 121), by: Town.resident)?.code == "S5 coordinates-incomplete")
    }

    @Test("S5 the same report 50 times is taken once")
    func repeated() throws {
        let events = try spec.when(submit(), by: Town.resident)
        let after = DecisionSpec(Report.self, given: events)
        for _ in 0..<49 {
            #expect(after.refusal(of: submit(), by: Town.resident)?.code == "S5 report-exists")
        }
    }

    @Test("S5 an unknown territory is refused")
    func nowhere() {
        #expect(spec.refusal(of: submit(territory: "atlantis"), by: Town.resident)?.code == "S2 territory-unknown")
    }

    @Test("S5 a report is triaged once, and only when it is there")
    func triage() throws {
        let triage = TriageReport(report: "R-1", urgency: .urgent, duty: "passage.clear")
        #expect(spec.refusal(of: triage, by: Town.clerk)?.kind == .notFound)
        let submitted = try spec.when(submit(), by: Town.resident)
        let triaged = try DecisionSpec(Report.self, given: submitted).when(triage, by: Town.clerk)
        let after = DecisionSpec(Report.self, given: submitted + triaged)
        #expect(after.refusal(of: triage, by: Town.clerk)?.code == "S5 triaged-already")
    }

    // MARK: - What the description refuses

    @Test("S5 markup is kept as the text it is")
    func markup() throws {
        let text = "<script>alert('x')</script> & <b>"
        #expect(try decode(#""text":"<script>alert('x')</script> & <b>""#).text == text)
    }

    @Test(
        "S5 what breaks the description is refused with its place",
        arguments: [
            (#""text":"""#, "/text", "blank"), (#""text":"  \n ""#, "/text", "blank"),
            (#""text":7"#, "/text", "type"), (#""text":"a\u0007b""#, "/text", "control-character"),
            (#""text":"x","channel":"pigeon""#, "/channel", "choice"),
            (#""text":"x","kind":"dragon""#, "/kind", "choice"),
            (#""text":"x","latitude":181,"longitude":0"#, "/latitude", "range"),
            (#""text":"x","latitude":"31","longitude":0"#, "/latitude", "type"),
            (#""text":"x","territory":"../etc""#, "/territory", "identifier"),
            (#""text":"x","phone":"12a4""#, "/phone", "phone"), (#""text":"x","fax":"1""#, "/fax", "unknown"),
        ]
    )
    func invalid(members: String, pointer: String, code: String) {
        let problems = #expect(throws: Problems.self) { try decode(members) }
        #expect(problems?.list.map(\.pointer) == [pointer])
        #expect(problems?.list.map(\.code) == [code])
    }

    @Test("S5 one megabyte of text is refused as too long")
    func megabyte() {
        let text = String(repeating: "长", count: 350_000)
        let problems = #expect(throws: Problems.self) { try decode("\"text\":\"\(text)\"") }
        #expect(problems?.list.map(\.code) == ["too-long"])
    }

    @Test("S5 GBK bytes are refused: they are no UTF-8")
    func gbk() {
        var bytes = Array(Self.json(#""text":"@@""#).utf8)
        // 火灾 in GBK.
        let at = bytes.firstIndex(of: UInt8(ascii: "@")) ?? 0
        bytes.replaceSubrange(at..<(at + 2), with: [0xBB, 0xF0, 0xD4, 0xD6])
        #expect(throws: Problems.self) { try SubmitReport.description.record.decode(bytes) }
    }

    @Test("S5 a missing text is named")
    func missing() {
        let bytes = Array(#"{"report":"R-1","channel":"app","kind":"noise","territory":"dq-02","place":"x"}"#.utf8)
        let problems = #expect(throws: Problems.self) { try SubmitReport.description.record.decode(bytes) }
        #expect(problems?.list.map(\.pointer) == ["/text"])
        #expect(problems?.list.map(\.code) == ["required"])
    }

    // MARK: - Pieces

    private func decode(_ members: String) throws(Problems) -> SubmitReport {
        try SubmitReport.description.record.decode(Array(Self.json(members).utf8))
    }

    /// A whole report but for the text; members given here replace those of the same name.
    private static func json(_ members: String) -> String {
        var base = ["\"report\":\"R-1\"", "\"place\":\"Dongqiao 7\""]
        for (name, member) in [
            ("channel", #""channel":"app""#), ("kind", #""kind":"noise""#), ("territory", #""territory":"dq-02""#),
        ] where !members.contains("\"\(name)\":") {
            base.append(member)
        }
        return "{\((base + [members]).joined(separator: ","))}"
    }

    private func submitted(text: String) throws -> ReportSubmitted? {
        let events = try spec.when(submit(text: text), by: Town.resident)
        guard case .submitted(let payload)? = events.first else { return nil }
        return payload
    }

    private func submit(
        channel: ReportChannel = .app,
        territory: TerritoryID = "dq-02",
        text: String = "Two cars block the fire lane.",
        latitude: Double? = nil,
        longitude: Double? = nil,
        reporter: PersonID? = nil
    ) -> SubmitReport {
        SubmitReport(
            report: "R-1",
            channel: channel,
            kind: .noise,
            territory: territory,
            place: "Dongqiao 7",
            text: text,
            latitude: latitude,
            longitude: longitude,
            reporter: reporter
        )
    }
}
