package import EventSourcing
import Records

/// Answers whether it was solved.
package struct GiveFeedback: Command, Hashable {
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

    package static let description = CommandDescription<GiveFeedback>(
        "GiveFeedback",
        of: .feedback,
        Words("Give feedback", zh: "反馈"),
        by: [.resident],
        Record<GiveFeedback>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("solved", \.solved, .boolean, Words("Solved", zh: "是否解决")),
            Field("score", \.score, Codec<Int>.integer(1...5).optional, Words("Score", zh: "评分")),
            Field("text", \.text, Codec<String>.prose().optional, Words("Text", zh: "说明")),
            make: GiveFeedback.init
        )
    )

    package var stream: StreamName { StreamName(category: "matter", id: matter.rawValue) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        []
    }
}
