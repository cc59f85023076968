package import Records

/// An addressee asks what a directive means.
package struct ClarificationAsked: Hashable, Sendable {
    package let directive: DirectiveID
    package let addressee: Addressee
    /// 1 for the addressee's first.
    package let question: Int
    package let version: Int
    package let text: String

    package init(
        directive: DirectiveID,
        addressee: Addressee,
        question: Int,
        version: Int,
        text: String
    ) {
        self.directive = directive
        self.addressee = addressee
        self.question = question
        self.version = version
        self.text = text
    }

    package static let record = Record<ClarificationAsked>(
        refusesUnknownMembers: false,
        Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
        Field("addressee", \.addressee, Addressee.record.codec, Words("Addressee", zh: "接收方")),
        Field("question", \.question, .integer(1...1_000), Words("Question", zh: "问题序号")),
        Field("version", \.version, .integer(1...DirectiveVersion.maximumVersion), Words("Version", zh: "版本")),
        Field("text", \.text, .prose(), Words("Text", zh: "内容")),
        make: ClarificationAsked.init
    )
}
