package import Records

/// Which share of callers should be answered, in percent (S5).
package struct CallTargets: Hashable, Sendable {
    package let answeredPercent: Int
    /// Of all callers, those whom somebody answers before they have waited too long.
    package let promptPercent: Int

    package init(answeredPercent: Int, promptPercent: Int) {
        self.answeredPercent = answeredPercent
        self.promptPercent = promptPercent
    }

    /// By a draft of Beijing's hotline, and what Hangzhou's aimed at in 2020.
    package static let standard = CallTargets(answeredPercent: 95, promptPercent: 90)

    private static let percents = 0...100

    /// What a document does not name is as in `standard`.
    package static func record(standard: CallTargets) -> Record<CallTargets> {
        Record<CallTargets>(
            standard: standard,
            Field(
                "answeredPercent",
                \.answeredPercent,
                .integer(percents),
                Words("Answered", zh: "接通率"),
                help: Words("Of all callers, those whom somebody answers (S5)", zh: "接通率目标（S5）")
            ),
            Field(
                "promptPercent",
                \.promptPercent,
                .integer(percents),
                Words("Answered in time", zh: "及时接通率"),
                help: Words(
                    "Of all callers, those whom somebody answers within pickUpSeconds (S5)",
                    zh: "在 pickUpSeconds 内接通的比例目标（S5）"
                )
            ),
            make: CallTargets.init
        )
    }
}
