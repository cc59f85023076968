package import EventSourcing
import Records

/// Sends a grid worker to look.
package struct AssignInvestigator: Command, Hashable {
    package let matter: MatterID
    package let person: PersonID

    package init(
        matter: MatterID,
        person: PersonID
    ) {
        self.matter = matter
        self.person = person
    }

    package static let description = CommandDescription<AssignInvestigator>(
        "AssignInvestigator",
        of: .whistles,
        Words("Assign an investigator", zh: "指派核查人"),
        by: [.communityHead, .streetCoordinator, .system],
        isOrder: true,
        Record<AssignInvestigator>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("person", \.person, .identifier(), Words("Person", zh: "人员")),
            make: AssignInvestigator.init
        )
    )

    package var stream: StreamName { StreamName(category: "matter", id: matter.rawValue) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        []
    }
}
