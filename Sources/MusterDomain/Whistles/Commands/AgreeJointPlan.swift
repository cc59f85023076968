package import EventSourcing
import Records

/// Records who does what.
package struct AgreeJointPlan: Command, Hashable {
    package let matter: MatterID
    package let text: String

    package init(
        matter: MatterID,
        text: String
    ) {
        self.matter = matter
        self.text = text
    }

    package static let description = CommandDescription<AgreeJointPlan>(
        "AgreeJointPlan",
        of: .whistles,
        Words("Agree on a joint plan", zh: "商定联合方案"),
        by: [.communityHead, .streetCoordinator, .departmentOfficer, .districtCommand],
        Record<AgreeJointPlan>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("text", \.text, .prose(), Words("Plan", zh: "方案")),
            make: AgreeJointPlan.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        let territory = try subject.requireSubject().territory
        let round = try subject.requireOpenRound()
        if context.actor.speaksForDepartments {
            try subject.requireLead(round, context)
        } else {
            try context.requireCovers(territory)
        }
        try subject.requireSomeoneComing(in: round)
        return [.jointPlanAgreed(JointPlanAgreed(matter: matter, text: text))]
    }
}
