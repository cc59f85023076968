package import EventSourcing
package import Records

/// A measure ends before its time. Local measures that rest on it end with it, and so do adoptions.
package struct MeasureRepealed: Hashable, Sendable {
    package let measure: MeasureID
    package let at: Timestamp
    package let reason: String
    /// For readers; whatever rests on it ends, also beyond these.
    package let locals: [MeasureID]

    package init(
        measure: MeasureID,
        at: Timestamp,
        reason: String,
        locals: [MeasureID] = []
    ) {
        self.measure = measure
        self.at = at
        self.reason = reason
        self.locals = locals
    }

    package static let record = Record<MeasureRepealed>(
        refusesUnknownMembers: false,
        Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
        Field("at", \.at, .timestamp, Words("End", zh: "结束")),
        Field("reason", \.reason, .line(500), Words("Reason", zh: "理由")),
        Field(
            "locals",
            \.locals,
            Codec<[MeasureID]>.list(of: .identifier(), count: 0...1_000, isSet: true).orMissing([]),
            Words("Local measures that end with it", zh: "一并终止的地方措施")
        ),
        make: MeasureRepealed.init
    )
}
