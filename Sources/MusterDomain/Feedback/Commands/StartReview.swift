package import EventSourcing
import Records

/// Takes an appeal up.
package struct StartReview: Command, Hashable {
    package let matter: MatterID

    package init(matter: MatterID) {
        self.matter = matter
    }

    package static let description = CommandDescription<StartReview>(
        "StartReview",
        of: .feedback,
        Words("Start the review", zh: "受理复核"),
        by: [.streetCoordinator, .districtCommand, .inspector],
        Record<StartReview>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            make: StartReview.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        let review = try subject.requireReview(in: context)
        guard review.reviewer == nil else {
            throw Rejection(
                rule: "S14",
                reason: "review-started",
                Words("The review was taken up already.", zh: "复核已受理。")
            )
        }
        return [.reviewStarted(ReviewStarted(matter: matter))]
    }
}

extension Matter {
    /// The appeal that waits, for somebody who may decide it: not one whose work it is about.
    func requireReview(in context: Context) throws(Rejection) -> MatterReview {
        let matter = try requireSubject()
        try context.requireCovers(matter.territory)
        guard let review, review.outcome == nil else {
            throw Rejection(
                rule: "S14",
                reason: "no-appeal",
                Words("No appeal waits for a decision.", zh: "没有待复核的申诉。")
            )
        }
        guard context.actor.party != review.closedBy, !calledParties.contains(context.actor.party) else {
            throw Rejection(
                kind: .forbidden,
                rule: "S14",
                reason: "own-work",
                Words(
                    "\(context.actor.party) dealt with the matter and cannot review it.",
                    zh: "\(context.actor.party) 经办过该事项，不能自行复核。"
                ),
                advice: Words("Let the district or the inspectors decide.", zh: "请由区级或督查部门复核。")
            )
        }
        return review
    }

    private var calledParties: Set<PartyID> {
        rounds.reduce(into: Set(tasks.map(\.party))) { parties, round in
            parties.formUnion(round.calls.map(\.department))
        }
    }
}
