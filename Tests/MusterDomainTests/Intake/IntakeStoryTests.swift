import EventSourcing
import MusterDomain
import Testing

/// A day at the desks, from the first call to the last answer.
@Suite struct IntakeStoryTests {
    private static let day = CaseDay(rawValue: "2026-11-21")!

    @Test("S5 a flooded street: calls, paper, a surge, one matter for all who told of it, figures typed once")
    func flood() throws {
        var town = IntakeTown()
        // Two callers tell of the same water, a neighbour brings a sheet of paper, and somebody hangs up.
        try town.send(
            IntakeTown.report(
                "R-1",
                by: "resident-1",
                channel: .phone,
                kind: .water,
                text: "Water in the cellar.",
                answeredAfter: 4
            ),
            by: Town.clerk
        )
        town.wait(.seconds(60))
        try town.send(
            IntakeTown.report(
                "R-2",
                by: "resident-2",
                channel: .phone,
                kind: .water,
                text: "The cellar is full.",
                answeredAfter: 40
            ),
            by: Town.clerk
        )
        try town.send(
            IntakeTown.report("R-3", by: "resident-3", channel: .paper, kind: .water, text: "Cellar wet. Lamp broken."),
            by: Town.gridWorker
        )
        let call = RecordAbandonedCall(
            call: "C-1",
            territory: "he",
            waited: 70,
            phone: PhoneNumber(rawValue: "0512-6512 3456"),
            caller: "resident-4"
        )
        try town.send(call, by: Town.clerk)
        try town.send(
            OpenSurgeDesk(territory: "he", ground: .ordered, text: "The river is over its banks."),
            by: Town.district
        )

        // What is of the same goes together; what is not becomes a report of its own, and lies with who has the duty.
        let lamp = SplitPart(report: "R-5", kind: .lighting, place: "Dongqiao 7", text: "Lamp broken.")
        try town.send(SplitReport(report: "R-3", parts: [lamp]), by: Town.clerk)
        try town.send(MergeReports(report: "R-1", duplicates: ["R-2", "R-3"]), by: Town.clerk)
        try town.send(TriageReport(report: "R-1", urgency: .urgent, duty: "passage.clear"), by: Town.clerk)
        try town.send(RouteReport(report: "R-1", party: "fire", duty: "passage.clear"), by: Town.clerk)
        try town.send(AnswerImmediately(report: "R-5", text: "It is changed today.", isSolved: true), by: Town.clerk)
        try town.send(GiveFeedback(matter: "R-5", solved: true), by: IntakeTown.resident("resident-3"))

        // Who hung up is called back, and has the same to say.
        town.wait(.seconds(600))
        try town.send(
            IntakeTown.report("R-4", by: "resident-4", channel: .phone, kind: .water, text: "We have it too."),
            by: Town.clerk
        )
        try town.send(ReturnCall(call: "C-1", isReached: true, report: "R-4"), by: Town.clerk)
        try town.send(MergeReports(report: "R-1", duplicates: ["R-4"]), by: Town.clerk)

        // The community tells the figures once, to all levels at once; the street's form fills itself.
        try town.send(
            FileDirectReport(
                directReport: "DR-1",
                territory: "dq",
                level: .district,
                text: "Forty cellars.",
                day: Self.day,
                figures: [DataFigure("cellars.flooded", 40)]
            ),
            by: Town.head
        )
        try town.send(AcknowledgeDirectReport(directReport: "DR-1"), by: Town.district)
        try town.send(
            RequestForm(request: "F-1", territory: "dq", day: Self.day, items: ["cellars.flooded"]),
            by: Town.street
        )
        #expect(town.request("F-1").stage == .satisfied)

        // The water is gone; everybody who told of it is asked.
        try town.send(AssignInvestigator(matter: "R-1", person: "gw-02"), by: Town.head)
        try town.send(ResolveLocally(matter: "R-1", text: "Pumped out."), by: Town.gridWorker)
        for person in ["resident-1", "resident-2", "resident-3", "resident-4"] as [PersonID] {
            #expect(town.matter("R-1").status == .awaitingFeedback)
            try town.send(GiveFeedback(matter: "R-1", solved: true), by: IntakeTown.resident(person))
        }
        try town.send(CloseMatter(matter: "R-1"), by: Town.head)
        try town.send(CloseSurgeDesk(territory: "he", text: "The water falls."), by: Town.district)
        #expect(town.refused == [])
        #expect(town.timers.isEmpty)
    }
}
