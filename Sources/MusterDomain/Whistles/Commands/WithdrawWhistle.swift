package import EventSourcing
import Records

/// Takes a call back.
package struct WithdrawWhistle: Command, Hashable {
    package let matter: MatterID
    package let reason: String

    package init(
        matter: MatterID,
        reason: String
    ) {
        self.matter = matter
        self.reason = reason
    }

    package static let description = CommandDescription<WithdrawWhistle>(
        "WithdrawWhistle",
        of: .whistles,
        Words("Withdraw the whistle", zh: "撤哨"),
        by: [.communityHead, .streetCoordinator],
        under: "R3.1",
        isOrder: true,
        Record<WithdrawWhistle>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
            make: WithdrawWhistle.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        try context.requireCovers(try subject.requireSubject().territory)
        let round = try subject.requireOpenRound()
        return [
            .whistleWithdrawn(
                WhistleWithdrawn(matter: matter, round: round.number, departments: round.departments, reason: reason)
            )
        ]
    }
}
