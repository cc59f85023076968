import EventSourcing
import MusterDomain
import Testing

/// Reports of the same, of several things, for others, and those answered at once.
@Suite struct MergeRuleTests {
    private func reported(_ count: Int) throws -> IntakeTown {
        var town = IntakeTown()
        for number in 1...count {
            let person = PersonID(rawValue: "resident-\(number)")!
            let report = IntakeTown.report(
                ReportID(rawValue: "R-\(number)")!,
                text: "Noise, says number \(number)."
            )
            try town.send(report, by: IntakeTown.resident(person))
        }
        return town
    }

    /// Three people told the same, the community dealt with it, and all are asked.
    private func asked() throws -> IntakeTown {
        var town = try reported(3)
        try town.send(MergeReports(report: "R-1", duplicates: ["R-2", "R-3"]), by: Town.clerk)
        try town.send(AssignInvestigator(matter: "R-1", person: "gw-02"), by: Town.head)
        try town.send(ResolveLocally(matter: "R-1", text: "Quiet now."), by: Town.gridWorker)
        return town
    }

    @Test("R5.3 merged reports are one matter, and all who brought it are parties to it")
    func merged() throws {
        var town = try reported(3)
        try town.send(MergeReports(report: "R-1", duplicates: ["R-2", "R-3"]), by: Town.clerk)
        #expect(town.refused == [])
        #expect(town.matter("R-1").reporters == ["resident-1", "resident-2", "resident-3"])
        #expect(town.matter("R-2").mergedInto == "R-1")
        #expect(town.matter("R-3").status == .closed)
        #expect(town.report("R-2").stage == .joined("R-1"))
    }

    @Test("R5.3 each reporter is asked, and the question stands until the last has answered")
    func allAsked() throws {
        var town = try asked()
        guard case .awaitingFeedback(let question) = town.matter("R-1").stage else {
            return #expect(Bool(false), "nobody is asked")
        }
        #expect(question.waitsFor == ["resident-1", "resident-2", "resident-3"])
        for person in ["resident-2", "resident-3"] as [PersonID] {
            try town.send(GiveFeedback(matter: "R-1", solved: true), by: IntakeTown.resident(person))
            #expect(town.matter("R-1").status == .awaitingFeedback)
            #expect(town.timers.contains { $0.command is RecordFeedbackMissing })
        }
        #expect(
            town.refusal(of: GiveFeedback(matter: "R-1", solved: true), by: IntakeTown.resident("resident-2"))
                == "S14 answered-already"
        )
        try town.send(GiveFeedback(matter: "R-1", solved: true), by: IntakeTown.resident("resident-1"))
        #expect(town.matter("R-1").stage == .answered(.solved))
        #expect(town.timers.isEmpty)
    }

    @Test("R5.3 one who says that it is not solved reopens it for all")
    func notSolved() throws {
        var town = try asked()
        try town.send(GiveFeedback(matter: "R-1", solved: true), by: IntakeTown.resident("resident-1"))
        try town.send(GiveFeedback(matter: "R-1", solved: false), by: IntakeTown.resident("resident-3"))
        #expect(town.matter("R-1").stage == .investigating)
        #expect(town.timers.isEmpty)
    }

    @Test("R5.3 the silent do not undo the answers of others")
    func silent() throws {
        var town = try asked()
        try town.send(GiveFeedback(matter: "R-1", solved: true), by: IntakeTown.resident("resident-2"))
        town.wait(.seconds(259_200))
        town.fireTimers()
        #expect(town.matter("R-1").stage == .answered(.solved))
        var other = try asked()
        other.wait(.seconds(259_200))
        other.fireTimers()
        #expect(other.matter("R-1").stage == .answered(.missing))
    }

    @Test("R5.3 who joins while the question is open is asked too, and may appeal in the end")
    func lateJoiner() throws {
        var town = try asked()
        try town.send(IntakeTown.report("R-4", text: "Me too."), by: IntakeTown.resident("resident-4"))
        try town.send(MergeReports(report: "R-1", duplicates: ["R-4"]), by: Town.clerk)
        for person in ["resident-1", "resident-2", "resident-3"] as [PersonID] {
            try town.send(GiveFeedback(matter: "R-1", solved: true), by: IntakeTown.resident(person))
        }
        #expect(town.matter("R-1").status == .awaitingFeedback)
        try town.send(GiveFeedback(matter: "R-1", solved: true), by: IntakeTown.resident("resident-4"))
        try town.send(CloseMatter(matter: "R-1"), by: Town.head)
        let appeal = Appeal(matter: "R-1", reason: "It is back.")
        #expect(town.refusal(of: appeal, by: IntakeTown.resident("resident-4")) == nil)
        #expect(town.refusal(of: appeal, by: IntakeTown.resident("resident-9")) == "S14 not-reporter")
    }

    @Test("R5.3 what goes along with another is dealt with there alone")
    func onlyThere() throws {
        let town = try asked()
        let resident = IntakeTown.resident("resident-2")
        #expect(town.refusal(of: GiveFeedback(matter: "R-2", solved: true), by: resident) == "R5.3 merged")
        #expect(town.refusal(of: Appeal(matter: "R-2", reason: "No."), by: resident) == "R5.3 merged")
        #expect(town.refusal(of: ReopenMatter(matter: "R-2", reason: "No."), by: Town.head) == "R5.3 merged")
        let triage = TriageReport(report: "R-2", urgency: .normal, duty: "passage.clear")
        #expect(town.refusal(of: triage, by: Town.clerk) == "R5.3 joined-already")
        #expect(
            town.refusal(of: MergeReports(report: "R-2", duplicates: ["R-9"]), by: Town.clerk)
                == "R5.3 joined-already"
        )
    }

    @Test("R5.3 no circle of merges leaves a report with nobody to deal with it")
    func circle() throws {
        var town = try reported(3)
        try town.send(MergeReports(report: "R-1", duplicates: ["R-2"]), by: Town.clerk)
        let round = MergeReports(report: "R-3", duplicates: ["R-1"])
        #expect(town.refusal(of: round, by: Town.clerk) == "R5.3 has-duplicates")
        // Whoever merged them the other way round at the same time did not know.
        let join = JoinReport(report: "R-1", into: "R-3", scope: "he")
        #expect(town.refusal(of: join, by: Town.system) == "R5.3 has-duplicates")
        #expect(town.refusal(of: MergeReports(report: "R-2", duplicates: ["R-3"]), by: Town.clerk) != nil)
        #expect(town.matter("R-1").mergedInto == nil)
        #expect(town.matter("R-3").mergedInto == nil)
    }

    @Test("R5.3 a merge with itself, a second time, or with what is not there changes nothing")
    func badMerges() throws {
        var town = try reported(2)
        #expect(
            town.refusal(of: MergeReports(report: "R-1", duplicates: ["R-1"]), by: Town.clerk)
                == "R5.3 merged-with-itself"
        )
        #expect(
            town.refusal(of: MergeReports(report: "R-9", duplicates: ["R-1"]), by: Town.clerk) == "S5 no-such-report"
        )
        #expect(
            town.refusal(of: MergeReports(report: "R-1", duplicates: ["R-2", "R-9"]), by: Town.clerk)
                == "S5 no-such-report"
        )
        #expect(town.report("R-1").duplicates.isEmpty)
        try town.send(MergeReports(report: "R-1", duplicates: ["R-2"]), by: Town.clerk)
        #expect(
            town.refusal(of: MergeReports(report: "R-1", duplicates: ["R-2"]), by: Town.clerk)
                == "R5.3 merged-already"
        )
    }

    @Test("R5.3 nobody takes in a report of a territory that is not theirs")
    func foreign() throws {
        var town = try reported(1)
        let other = IntakeTown.report("R-7", territory: "xw-01", text: "There too.")
        try town.send(other, by: Town.clerk)
        let merge = MergeReports(report: "R-1", duplicates: ["R-7"])
        #expect(town.refusal(of: merge, by: Town.head) == "S1 outside-territory")
        let join = JoinReport(report: "R-7", into: "R-1", scope: "dq")
        #expect(town.refusal(of: join, by: Town.system) == "S1 outside-territory")
        #expect(town.report("R-7").stage == .submitted)
    }

    @Test("R5.3 what is answered, or goes along with another, is not merged any more, and the refusal names it")
    func over() throws {
        var town = try reported(4)
        try town.send(AnswerImmediately(report: "R-2", text: "At ten.", isSolved: true), by: Town.clerk)
        try town.send(MergeReports(report: "R-3", duplicates: ["R-4"]), by: Town.clerk)
        func code(_ duplicate: ReportID) -> String? {
            town.refusal(of: MergeReports(report: "R-1", duplicates: [duplicate]), by: Town.clerk)
        }
        #expect(code("R-2") == "S5 answered-already")
        #expect(code("R-4") == "R5.3 joined-already")
        #expect(code("R-3") == "R5.3 has-duplicates")
    }

    @Test("R5.3 a matter whose whistle is blown goes on by itself, and asks its own reporter")
    func whistled() throws {
        var town = try reported(2)
        let whistle = BlowWhistle(
            matter: "R-2",
            kind: .emergency,
            urgency: .emergency,
            duty: "passage.clear",
            departments: ["fire"],
            lead: .party("fire"),
            basis: "It burns."
        )
        try town.send(whistle, by: Town.head)
        try town.send(MergeReports(report: "R-1", duplicates: ["R-2"]), by: Town.clerk)
        #expect(town.refused == ["S3 wrong-stage"])
        #expect(town.matter("R-2").status == .whistled)
        #expect(town.matter("R-2").reporters == ["resident-2"])
    }

    @Test("S5 the same report 50 times under other names is merged with one command, and asked about once")
    func repeated() throws {
        var town = IntakeTown()
        for number in 1...50 {
            let report = IntakeTown.report(ReportID(rawValue: "R-\(number)")!)
            try town.send(report, by: IntakeTown.resident("resident-1"))
        }
        let others = (2...50).map { ReportID(rawValue: "R-\($0)")! }
        try town.send(MergeReports(report: "R-1", duplicates: others), by: Town.clerk)
        #expect(town.refused == [])
        let open = (1...50).filter { town.matter(MatterID(rawValue: "R-\($0)")!).mergedInto == nil }
        #expect(open == [1])
        #expect(town.matter("R-1").reporters == ["resident-1"])
    }
}
