package import EventSourcing
import Records

/// Answers an addressee's question. Only an amendment changes the text.
package struct AnswerClarification: Command, Hashable {
    package let directive: DirectiveID
    /// Of whoever asked.
    package let territory: TerritoryID
    package let party: PartyID?
    package let question: Int
    package let text: String

    package init(
        directive: DirectiveID,
        territory: TerritoryID,
        party: PartyID? = nil,
        question: Int,
        text: String
    ) {
        self.directive = directive
        self.territory = territory
        self.party = party
        self.question = question
        self.text = text
    }

    package static let description = CommandDescription<AnswerClarification>(
        "AnswerClarification",
        of: .directives,
        Words("Answer a question", zh: "答复澄清"),
        by: [.districtCommand, .streetCoordinator, .communityHead, .departmentOfficer],
        Record<AnswerClarification>(
            Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field(
                "party",
                \.party,
                Codec<PartyID>.identifier().optional,
                Words("Party", zh: "单位"),
                help: Words("None for the territory's own office", zh: "不填即为该区域的主管机构")
            ),
            Field("question", \.question, .integer(1...1_000), Words("Question", zh: "问题序号")),
            Field("text", \.text, .prose(), Words("Answer", zh: "答复")),
            make: AnswerClarification.init
        )
    )

    package var stream: StreamName { AddressedDirective.stream(directive, addressee) }

    package func decide(
        _ subject: AddressedDirective,
        in context: Context
    ) throws(Rejection) -> [AddressedDirective.Event] {
        guard let receipt = subject.receipt else { throw .notAddressed(addressee) }
        let actor = context.actor
        if receipt.issuer != Addressee(actor.territory, actor.party) { try context.requireSpeaks(for: receipt.from) }
        guard question <= subject.questionCount else {
            throw Rejection(
                kind: .notFound,
                rule: "S4",
                reason: "no-such-question",
                Words(
                    "\(addressee.text) has not asked question \(question).",
                    zh: "\(addressee.text) 没有提出第 \(question) 个问题。"
                )
            )
        }
        guard subject.openQuestions.contains(question) else {
            throw Rejection(
                rule: "S4",
                reason: "answered-already",
                Words("Question \(question) is answered.", zh: "第 \(question) 个问题已答复。")
            )
        }
        return [
            .clarificationAnswered(
                ClarificationAnswered(directive: directive, addressee: addressee, question: question, text: text)
            )
        ]
    }

    private var addressee: Addressee { Addressee(territory, party) }
}
