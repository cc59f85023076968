package import EventSourcing
package import Records

/// How parties stood in a period, with all that is needed to compute it again (R14.7).
package struct AppraisalPublished: Hashable, Sendable {
    package let appraisal: AppraisalID
    package let formula: AppraisalFormula
    package let from: Timestamp
    package let to: Timestamp
    /// How far the log was read.
    package let through: Int
    package let lines: [AppraisalLine]

    package init(
        appraisal: AppraisalID,
        formula: AppraisalFormula,
        from: Timestamp,
        to: Timestamp,
        through: Int,
        lines: [AppraisalLine]
    ) {
        self.appraisal = appraisal
        self.formula = formula
        self.from = from
        self.to = to
        self.through = through
        self.lines = lines
    }

    package static let record = Record<AppraisalPublished>(
        refusesUnknownMembers: false,
        Field("appraisal", \.appraisal, .identifier(), Words("Appraisal", zh: "考核")),
        Field("formula", \.formula, .choice, Words("Formula", zh: "公式")),
        Field("from", \.from, .timestamp, Words("From", zh: "开始")),
        Field("to", \.to, .timestamp, Words("To", zh: "结束")),
        Field("through", \.through, .integer(1...Int.max), Words("Read through position", zh: "日志读取至")),
        Field(
            "lines",
            \.lines,
            Codec<[AppraisalLine]>.list(of: AppraisalLine.record.codec, count: 0...1_000),
            Words("Parties", zh: "各单位")
        ),
        make: AppraisalPublished.init
    )
}
