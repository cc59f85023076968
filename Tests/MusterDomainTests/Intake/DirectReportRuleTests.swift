import EventSourcing
import MusterDomain
import Testing

/// Direct reports: to all levels at once, as they were written.
@Suite struct DirectReportRuleTests {
    private static let day = CaseDay(rawValue: "2026-11-21")!

    private static func file(
        _ report: DirectReportID = "DR-1",
        to level: TerritoryLevel = .district,
        of territory: TerritoryID = "dq-02",
        day: CaseDay? = nil,
        figures: [DataFigure]? = nil,
        corrects: DirectReportID? = nil
    ) -> FileDirectReport {
        FileDirectReport(
            directReport: report,
            territory: territory,
            level: level,
            text: "Three with fever in one house.",
            day: day,
            figures: figures,
            corrects: corrects
        )
    }

    private func filed(_ town: IntakeTown) throws -> DirectReportFiled {
        for case .directReport(.filed(let payload)) in town.facts.reversed().map(\.event) { return payload }
        throw Missing()
    }

    private struct Missing: Error {}

    @Test("R5.2 all configured levels are told at once, those in between are copied")
    func levels() throws {
        var town = IntakeTown()
        try town.send(Self.file(), by: Town.gridWorker)
        let payload = try filed(town)
        #expect(payload.to == ["he-s1", "he"])
        #expect(payload.copies == ["dq"])
        try town.send(Self.file("DR-2", to: .street), by: Town.head)
        #expect(try filed(town).to == ["he-s1"])
    }

    @Test("R5.2 nobody in between can hold it: the district has it while the street has not looked")
    func noHolding() throws {
        var town = IntakeTown()
        try town.send(Self.file(), by: Town.gridWorker)
        town.wait(.seconds(30))
        try town.send(AcknowledgeDirectReport(directReport: "DR-1"), by: Town.district)
        town.wait(.seconds(600))
        try town.send(AcknowledgeDirectReport(directReport: "DR-1"), by: Town.street)
        try town.send(AcknowledgeDirectReport(directReport: "DR-1"), by: Town.head)
        let received = town.facts.compactMap { fact -> DirectReportReceived? in
            if case .directReport(.received(let payload)) = fact.event { payload } else { nil }
        }
        #expect(received.map(\.level) == [.district, .street, .community])
        #expect(received.map(\.isCopy) == [false, false, true])
    }

    @Test("R5.2 nobody can edit it: filing it again is refused, a correction is another one (R0.4)")
    func noEditing() throws {
        var town = IntakeTown()
        try town.send(Self.file(), by: Town.gridWorker)
        for actor in [Town.gridWorker, Town.head] {
            #expect(town.refusal(of: Self.file(), by: actor) == "R5.2 filed-already")
        }
        #expect(town.refusal(of: Self.file("DR-2", corrects: "DR-2"), by: Town.head) == "R0.4 corrects-itself")
        #expect(town.refusal(of: Self.file("DR-2", corrects: "DR-9"), by: Town.head) == "R0.4 corrects-unknown")
        try town.send(Self.file("DR-2", corrects: "DR-1"), by: Town.head)
        #expect(try filed(town).corrects == "DR-1")
    }

    @Test("R5.2 a level that gets no direct reports, or is not above, is refused with those that are")
    func badLevels() throws {
        let town = IntakeTown()
        #expect(town.refusal(of: Self.file(to: .community), by: Town.gridWorker) == "R5.2 level-not-configured")
        #expect(town.refusal(of: Self.file(to: .city), by: Town.gridWorker) == "R5.2 no-such-level")
        #expect(town.refusal(of: Self.file(of: "xw"), by: Town.head) == "S1 outside-territory")
        #expect(town.refusal(of: Self.file(of: "nowhere"), by: Town.head) == "S2 territory-unknown")
    }

    @Test("R5.2 who was not told cannot say that they have it, nor anybody twice or before it was filed")
    func badReceipts() throws {
        var town = IntakeTown()
        let acknowledge = AcknowledgeDirectReport(directReport: "DR-1")
        #expect(town.refusal(of: acknowledge, by: Town.street) == "S5 no-such-direct-report")
        try town.send(Self.file(), by: Town.gridWorker)
        #expect(town.refusal(of: acknowledge, by: Town.otherHead) == "R5.2 not-addressed")
        let early = Town.noon - .seconds(3_600)
        #expect(town.refusal(of: acknowledge, by: Town.street, at: early) == "S5 before-the-beginning")
        try town.send(acknowledge, by: Town.street)
        #expect(town.refusal(of: acknowledge, by: Town.street) == "R5.2 received-already")
    }

    @Test("R5.1 figures of a direct report are known from then on")
    func figures() throws {
        var town = IntakeTown()
        let report = Self.file(of: "dq", day: Self.day, figures: [DataFigure("fever", 3)])
        try town.send(report, by: Town.head)
        let form = RequestForm(request: "F-1", territory: "dq", day: Self.day, items: ["fever"])
        try town.send(form, by: Town.district)
        #expect(town.request("F-1").stage == .satisfied)
    }

    @Test("S5 figures and their day belong together")
    func day() {
        let town = IntakeTown()
        #expect(town.refusal(of: Self.file(day: Self.day), by: Town.gridWorker) == "S5 day-missing")
        #expect(town.refusal(of: Self.file(figures: [DataFigure("x", 1)]), by: Town.gridWorker) == "S5 day-missing")
        let ahead = Self.file(day: CaseDay(rawValue: "2026-12-24"), figures: [DataFigure("x", 1)])
        #expect(town.refusal(of: ahead, by: Town.gridWorker) == "S5 day-ahead")
        let twice = Self.file(day: Self.day, figures: [DataFigure("x", 1), DataFigure("x", 2)])
        #expect(town.refusal(of: twice, by: Town.gridWorker) == "R5.1 item-twice")
    }
}
