package import EventSourcing
import Records

/// Asks somebody else to look at how a matter ended (S14).
package struct Appeal: Command, Hashable {
    package let matter: MatterID
    package let reason: String

    package init(matter: MatterID, reason: String) {
        self.matter = matter
        self.reason = reason
    }

    package static let description = CommandDescription<Appeal>(
        "Appeal",
        of: .feedback,
        Words("Appeal", zh: "申诉"),
        by: [.resident],
        Record<Appeal>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
            make: Appeal.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        let matter = try subject.requireSubject()
        try subject.requireNotMerged()
        guard subject.hasReporter(context.actor.person) else {
            throw Rejection(
                kind: .forbidden,
                rule: "S14",
                reason: "not-reporter",
                Words("Only who reported the matter may appeal.", zh: "只有反映人可以申诉。")
            )
        }
        guard case .closed = subject.stage, let closedAt = subject.closedAt else {
            throw Rejection(
                rule: "S14",
                reason: "not-closed",
                Words("An appeal is about how a matter ended; this one is open.", zh: "申诉针对办结结果；该事项尚未办结。"),
                advice: Words("Say so when feedback is asked for.", zh: "可在征求反馈时说明。")
            )
        }
        guard subject.review == nil else {
            throw Rejection(
                rule: "S14",
                reason: "appealed-already",
                Words("This ending was appealed already.", zh: "该结果已申诉过。")
            )
        }
        guard context.occurredAt <= closedAt + context.limits.appeal else {
            throw Rejection(
                rule: "S14",
                reason: "appeal-window-over",
                Words(
                    "The time for an appeal ended at \((closedAt + context.limits.appeal).rfc3339).",
                    zh: "申诉期已于 \((closedAt + context.limits.appeal).rfc3339) 届满。"
                ),
                advice: Words("Report it anew.", zh: "请重新反映。")
            )
        }
        let limit = context.limits.review
        return [
            .appealed(Appealed(matter: matter.matter, reason: reason, decideBy: context.now + limit, limit: limit))
        ]
    }
}
