package import EventSourcing
package import Records

/// What a party's system reads about a task for a measure.
package struct MeasureDelivery: Hashable, Sendable {
    package let measure: MeasureID
    package let kind: TaskDeliveryKind
    /// What the measure says, in both languages.
    package let title: String
    package let territory: TerritoryID
    /// What is wrong with it, why it is wanted, or what was decided.
    package let text: String
    /// Set for a challenge.
    package let challenge: ChallengeID?
    /// Until when to decide; nil when nothing is timed.
    package let due: Timestamp?

    package init(
        measure: MeasureID,
        kind: TaskDeliveryKind,
        title: String,
        territory: TerritoryID,
        text: String,
        challenge: ChallengeID? = nil,
        due: Timestamp? = nil
    ) {
        self.measure = measure
        self.kind = kind
        self.title = title
        self.territory = territory
        self.text = text
        self.challenge = challenge
        self.due = due
    }

    package static let record = Record<MeasureDelivery>(
        refusesUnknownMembers: false,
        Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
        Field(
            "kind",
            \.kind,
            .choice(among: [.challenge, .proposal, .answer, .measureRepealed, .measureExpired, .addOn]),
            Words("Kind", zh: "类别")
        ),
        Field("title", \.title, .line(300), Words("Title", zh: "标题")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("text", \.text, .prose(), Words("Text", zh: "说明")),
        Field("challenge", \.challenge, Codec<ChallengeID>.identifier().optional, Words("Challenge", zh: "质疑")),
        Field("due", \.due, Codec<Timestamp>.timestamp.optional, Words("Due", zh: "期限")),
        make: MeasureDelivery.init
    )
}
