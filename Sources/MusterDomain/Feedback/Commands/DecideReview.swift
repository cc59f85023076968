package import EventSourcing
import Records

/// Decides an appeal: upheld, the matter goes on; dismissed, it stays closed.
package struct DecideReview: Command, Hashable {
    package let matter: MatterID
    package let isUpheld: Bool
    package let text: String

    package init(matter: MatterID, isUpheld: Bool, text: String) {
        self.matter = matter
        self.isUpheld = isUpheld
        self.text = text
    }

    package static let description = CommandDescription<DecideReview>(
        "DecideReview",
        of: .feedback,
        Words("Decide the review", zh: "作出复核决定"),
        by: [.streetCoordinator, .districtCommand, .inspector],
        Record<DecideReview>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("isUpheld", \.isUpheld, .boolean, Words("The appeal is right", zh: "申诉成立")),
            Field("text", \.text, .prose(), Words("Grounds", zh: "理由")),
            make: DecideReview.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        let review = try subject.requireReview(in: context)
        guard let reviewer = review.reviewer else {
            throw Rejection(
                rule: "S14",
                reason: "review-not-started",
                Words("The review has not been taken up.", zh: "复核尚未受理。"),
                advice: Words("Start the review first.", zh: "请先受理复核。")
            )
        }
        guard reviewer == context.actor.party else {
            throw Rejection(
                kind: .forbidden,
                rule: "S14",
                reason: "not-your-review",
                Words("\(reviewer) has taken the review up.", zh: "该复核由 \(reviewer) 受理。")
            )
        }
        let decided = ReviewDecided(
            matter: matter,
            isUpheld: isUpheld,
            text: text,
            isLate: context.occurredAt > review.decideBy
        )
        guard isUpheld else { return [.reviewDecided(decided)] }
        let matter = try subject.requireSubject()
        return [.reviewDecided(decided), .reopened(subject.reopening(matter, because: text, in: context))]
    }
}
