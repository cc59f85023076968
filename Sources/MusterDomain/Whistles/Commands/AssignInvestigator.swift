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

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        let territory = try subject.requireSubject().territory
        try context.requireCovers(territory)
        guard subject.stage == .raised || subject.stage == .investigating else {
            throw subject.refusal(of: Self.description.words)
        }
        let isGridWorkerThere = context.authority.posts(of: person, at: context.occurredAt)
            .contains { $0.role == .gridWorker && context.territories.contains($0.territory, territory) }
        guard isGridWorkerThere else {
            throw Rejection(
                rule: "S3",
                reason: "no-grid-worker",
                Words("\(person) is no grid worker for \(territory).", zh: "\(person) 不是 \(territory) 的网格员。")
            )
        }
        if subject.investigator == person { return [] }
        return [.investigatorAssigned(InvestigatorAssigned(matter: matter, person: person))]
    }
}
