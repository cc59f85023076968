package import Records

/// More comes in than the desk can answer as always: other times hold until it ends (R5.5).
package struct SurgeDeclared: Hashable, Sendable {
    package let territory: TerritoryID
    /// 1 for the first surge of the territory.
    package let number: Int
    package let ground: SurgeGround
    package let arrivals: Int?
    package let usual: Int?
    package let abandonedPercent: Int?
    package let text: String?
    package let answerLimit: Duration
    package let callBackLimit: Duration

    package init(
        territory: TerritoryID,
        number: Int,
        ground: SurgeGround,
        arrivals: Int? = nil,
        usual: Int? = nil,
        abandonedPercent: Int? = nil,
        text: String? = nil,
        answerLimit: Duration,
        callBackLimit: Duration
    ) {
        self.territory = territory
        self.number = number
        self.ground = ground
        self.arrivals = arrivals
        self.usual = usual
        self.abandonedPercent = abandonedPercent
        self.text = text
        self.answerLimit = answerLimit
        self.callBackLimit = callBackLimit
    }

    package static let record = Record<SurgeDeclared>(
        refusesUnknownMembers: false,
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("number", \.number, .integer(1...1_000_000), Words("Number", zh: "序号")),
        Field("ground", \.ground, .choice, Words("Ground", zh: "依据")),
        Field(
            "arrivals",
            \.arrivals,
            Codec<Int>.integer(0...1_000_000_000).optional,
            Words("Came in this hour", zh: "本小时来量")
        ),
        Field(
            "usual",
            \.usual,
            Codec<Int>.integer(0...1_000_000_000).optional,
            Words("Usual in this hour", zh: "同时段常量")
        ),
        Field(
            "abandonedPercent",
            \.abandonedPercent,
            Codec<Int>.integer(0...100).optional,
            Words("Callers who hung up, in percent", zh: "放弃率（%）")
        ),
        Field("text", \.text, Codec<String>.prose().optional, Words("Why", zh: "原因")),
        Field(
            "answerLimitSeconds",
            \.answerLimit,
            .seconds,
            Words("Seconds to answer what is not urgent", zh: "非紧急答复时限（秒）")
        ),
        Field("callBackLimitSeconds", \.callBackLimit, .seconds, Words("Seconds to call back", zh: "回拨时限（秒）")),
        make: SurgeDeclared.init
    )
}
