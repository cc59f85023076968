package import Records

/// A question about a directive is answered; the text stays as it is (R4.1).
package struct ClarificationAnswered: Hashable, Sendable {
    package let directive: DirectiveID
    package let addressee: Addressee
    package let question: Int
    package let text: String

    package init(
        directive: DirectiveID,
        addressee: Addressee,
        question: Int,
        text: String
    ) {
        self.directive = directive
        self.addressee = addressee
        self.question = question
        self.text = text
    }

    package static let record = Record<ClarificationAnswered>(
        refusesUnknownMembers: false,
        Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
        Field("addressee", \.addressee, Addressee.record.codec, Words("Addressee", zh: "接收方")),
        Field("question", \.question, .integer(1...1_000), Words("Question", zh: "问题序号")),
        Field("text", \.text, .prose(), Words("Text", zh: "内容")),
        make: ClarificationAnswered.init
    )
}
