package import EventSourcing
import Records

/// Ends a matter.
package struct CloseMatter: Command, Hashable {
    package let matter: MatterID
    package let text: String?

    package init(
        matter: MatterID,
        text: String? = nil
    ) {
        self.matter = matter
        self.text = text
    }

    package static let description = CommandDescription<CloseMatter>(
        "CloseMatter",
        of: .whistles,
        Words("Close the matter", zh: "办结"),
        by: [.communityHead],
        under: "R3.6",
        Record<CloseMatter>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("text", \.text, Codec<String>.prose().optional, Words("Text", zh: "说明")),
            make: CloseMatter.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        try context.requireCovers(try subject.requireSubject().territory)
        switch subject.stage {
        case .answered:
            guard subject.rounds.last?.ratification != .waiting else {
                throw Rejection(
                    rule: "R3.2",
                    reason: "ratification-missing",
                    Words("The emergency whistle is not ratified yet.", zh: "应急吹哨尚未追认。"),
                    advice: Words("Give or refuse consent first.", zh: "请先表示同意或不同意。")
                )
            }
            return [.closed(MatterClosed(matter: matter, text: text))]
        case .filedBoth, .resolvedLocally:
            throw Rejection(
                rule: "R3.5",
                reason: "feedback-not-asked",
                Words("The reporter has not been asked whether it is solved.", zh: "尚未征求反映人意见。"),
                advice: Words("Ask for feedback first.", zh: "请先征求反馈。")
            )
        case .awaitingFeedback:
            throw Rejection(
                rule: "R14.1",
                reason: "feedback-open",
                Words("The reporter has not answered and still has time.", zh: "反映人尚未答复，且仍在时限内。")
            )
        case .whistled, .inAction, .reopened: throw .filingsMissing
        case .unraised, .raised, .investigating, .awaitingConsent, .consented, .closed:
            throw subject.refusal(of: Self.description.words)
        }
    }
}
