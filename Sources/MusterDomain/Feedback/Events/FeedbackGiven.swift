package import Records

/// The reporter answered.
package struct FeedbackGiven: Hashable, Sendable {
    package let matter: MatterID
    package let solved: Bool
    package let score: Int?
    package let text: String?

    package init(
        matter: MatterID,
        solved: Bool,
        score: Int? = nil,
        text: String? = nil
    ) {
        self.matter = matter
        self.solved = solved
        self.score = score
        self.text = text
    }

    package static let record = Record<FeedbackGiven>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("solved", \.solved, .boolean, Words("Solved", zh: "是否解决")),
        Field("score", \.score, Codec<Int>.integer(1...5).optional, Words("Score", zh: "评分")),
        Field("text", \.text, Codec<String>.prose().optional, Words("Text", zh: "说明"), isPersonal: true),
        make: FeedbackGiven.init
    )
}
