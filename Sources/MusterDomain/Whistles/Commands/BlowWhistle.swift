package import EventSourcing
import Records

/// Calls departments to a matter (吹哨).
package struct BlowWhistle: Command, Hashable {
    package let matter: MatterID
    package let kind: WhistleKind
    package let urgency: Urgency
    /// The duty by which the departments are called.
    package let duty: DutyID
    package let departments: [PartyID]
    /// Must be given when several departments are called (R3.3).
    package let lead: LeadChoice?
    package let basis: String

    package init(
        matter: MatterID,
        kind: WhistleKind,
        urgency: Urgency,
        duty: DutyID,
        departments: [PartyID],
        lead: LeadChoice? = nil,
        basis: String
    ) {
        self.matter = matter
        self.kind = kind
        self.urgency = urgency
        self.duty = duty
        self.departments = departments
        self.lead = lead
        self.basis = basis
    }

    package static let description = CommandDescription<BlowWhistle>(
        "BlowWhistle",
        of: .whistles,
        Words("Blow the whistle", zh: "吹哨"),
        by: [.gridWorker, .communityHead, .streetCoordinator],
        under: "R3.1",
        isOrder: true,
        Record<BlowWhistle>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
            Field("urgency", \.urgency, .choice, Words("Urgency", zh: "紧急程度")),
            Field("duty", \.duty, .identifier(), Words("Duty", zh: "职责")),
            Field(
                "departments",
                \.departments,
                .list(of: .identifier(), count: 1...10, isSet: true),
                Words("Departments", zh: "部门")
            ),
            Field(
                "lead",
                \.lead,
                Codec<LeadChoice>.leadChoice.optional,
                Words("Lead", zh: "牵头单位"),
                help: Words("A department called, or first-receiver", zh: "所召部门之一，或 first-receiver（首接负责）")
            ),
            Field("basis", \.basis, .prose(), Words("Basis", zh: "依据")),
            make: BlowWhistle.init
        )
    )

    package var stream: StreamName { StreamName(category: "matter", id: matter.rawValue) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        []
    }
}
