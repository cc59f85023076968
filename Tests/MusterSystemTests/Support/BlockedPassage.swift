import EventSourcing
import MusterDomain

/// What people say of a car in front of an emergency entrance.
enum BlockedPassage {
    static let report = ReportID("R-2026-0312")
    static let matter = MatterID("R-2026-0312")
    static let task = TaskID("T-1")

    static let notSolved = "The next morning two vans stood there again."

    static let reportIt = SubmitReport(
        report: report,
        channel: .app,
        kind: .blockedPassage,
        territory: Compound.grid,
        place: "Liuyuan, building 9, north entrance",
        text: "Two vans block the fire lane, an ambulance had to turn round.\n两辆面包车堵住消防通道，救护车只能掉头。"
    )

    static let findings = RecordFindings(
        matter: matter,
        text: "Both vans stand in the fire lane, nobody knows their owners.",
        needsDepartment: true
    )

    static let whistle = BlowWhistle(
        matter: matter,
        kind: .emergency,
        urgency: .emergency,
        duty: Compound.keepPassagesOpen,
        departments: [Compound.fire.party, Compound.police.party],
        lead: LeadChoice(Compound.fire.party),
        basis: "No engine can reach building 9."
    )

    static let ratification = GiveConsent(matter: matter, text: "It could not wait.")

    static func acceptance(by officer: Actor) -> AcceptWhistle {
        AcceptWhistle(matter: matter, department: officer.party)
    }

    static func arrival(of officer: Actor) -> ReportOnScene {
        ReportOnScene(matter: matter, department: officer.party)
    }

    static let handOver = HandOverFindings(matter: matter, text: "Number plates and photographs of both vans.")

    static let plan = AgreeJointPlan(
        matter: matter,
        text: "Police find the owners, the property company clears the lane, fire checks it."
    )

    static let clearing = DelegateTask(
        matter: matter,
        task: task,
        party: Compound.property.party,
        duty: Compound.clearPassages,
        text: "Clear the lane and close it with a bollard."
    )

    static let cleared = CompleteTask(matter: matter, task: task, text: "The lane is clear, the bollard stands.")

    static func completion(by officer: Actor, _ result: ActionResult = .solved) -> CompleteAction {
        CompleteAction(matter: matter, department: officer.party, result: result, text: "Checked at the place.")
    }

    static let communityFiling = FileWithSuperior(
        matter: matter,
        side: .community,
        superior: "Anping street 1",
        text: "Cleared together with fire and police."
    )

    static let departmentFiling = FileWithSuperior(
        matter: matter,
        side: .department,
        superior: "District fire brigade",
        text: "Lane checked, both owners fined."
    )

    static let closing = CloseMatter(matter: matter)

    static func answer(solved: Bool) -> GiveFeedback {
        GiveFeedback(matter: matter, solved: solved, score: solved ? 5 : 1, text: solved ? nil : notSolved)
    }
}
