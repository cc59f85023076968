package import EventSourcing
import Records

/// Asks what a directive means. The clock goes on.
package struct AskClarification: Command, Hashable {
    package let directive: DirectiveID
    package let territory: TerritoryID
    package let party: PartyID?
    package let text: String

    package init(
        directive: DirectiveID,
        territory: TerritoryID,
        party: PartyID? = nil,
        text: String
    ) {
        self.directive = directive
        self.territory = territory
        self.party = party
        self.text = text
    }

    package static let description = CommandDescription<AskClarification>(
        "AskClarification",
        of: .directives,
        Words("Ask for clarification", zh: "申请澄清"),
        by: [
            .districtCommand, .streetCoordinator, .communityHead, .gridWorker, .departmentOfficer, .propertyManager,
            .ngoCoordinator, .ownersDelegate,
        ],
        Record<AskClarification>(
            Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field(
                "party",
                \.party,
                Codec<PartyID>.identifier().optional,
                Words("Party", zh: "单位"),
                help: Words("None for the territory's own office", zh: "不填即为该区域的主管机构")
            ),
            Field("text", \.text, .prose(), Words("Question", zh: "问题")),
            make: AskClarification.init
        )
    )

    package var stream: StreamName { AddressedDirective.stream(directive, addressee) }

    package func decide(
        _ subject: AddressedDirective,
        in context: Context
    ) throws(Rejection) -> [AddressedDirective.Event] {
        let (_, current) = try subject.requireReceipt(of: addressee, context)
        guard subject.questionCount < AddressedDirective.maximumQuestions else {
            throw Rejection(
                rule: "S4",
                reason: "too-many-questions",
                Words(
                    "\(addressee.text) has asked \(subject.questionCount) times.",
                    zh: "\(addressee.text) 已提问 \(subject.questionCount) 次。"
                )
            )
        }
        return [
            .clarificationAsked(
                ClarificationAsked(
                    directive: directive,
                    addressee: addressee,
                    question: subject.questionCount + 1,
                    version: current.version,
                    text: text
                )
            )
        ]
    }

    private var addressee: Addressee { Addressee(territory, party) }
}
