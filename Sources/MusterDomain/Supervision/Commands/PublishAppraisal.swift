package import EventSourcing
import Records

/// Publishes how parties stood in a period; `muster appraise` computes it.
package struct PublishAppraisal: Command, Hashable {
    package let appraisal: AppraisalID
    package let formula: AppraisalFormula
    package let from: Timestamp
    package let to: Timestamp
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

    package static let description = CommandDescription<PublishAppraisal>(
        "PublishAppraisal",
        of: .feedback,
        Words("Publish an appraisal", zh: "公布考核结果"),
        by: [.inspector, .districtCommand],
        under: "R14.7",
        Record<PublishAppraisal>(
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
            make: PublishAppraisal.init
        )
    )

    package var stream: StreamName { Appraisal.stream(appraisal) }

    package func decide(_ subject: Appraisal, in context: Context) throws(Rejection) -> [Appraisal.Event] {
        guard !subject.isPublished else {
            throw Rejection(
                rule: "R14.7",
                reason: "appraisal-exists",
                Words("Appraisal \(appraisal) was published already.", zh: "考核 \(appraisal) 已公布。"),
                advice: Words("Publish another under its own name.", zh: "请以新的编号公布。")
            )
        }
        guard to > from else { throw .endBeforeStart(rule: "R14.7") }
        guard to <= context.now else {
            throw Rejection(
                rule: "R14.7",
                reason: "period-not-over",
                Words("The period is not over.", zh: "考核期尚未结束。")
            )
        }
        for (one, other) in zip(lines, lines.dropFirst()) where one.party >= other.party {
            throw Rejection(
                rule: "R14.7",
                reason: "lines-out-of-order",
                Words("Parties stand once each, by name.", zh: "各单位须按名称排列且不得重复。")
            )
        }
        for line in lines where formula.score(line.outcomes, overdueOpen: line.overdueOpen) != line.score {
            throw Rejection(
                rule: "R14.7",
                reason: "score-differs",
                Words(
                    "The score of \(line.party) is not what formula \(formula.rawValue) gives.",
                    zh: "\(line.party) 的得分与公式 \(formula.rawValue) 不符。"
                ),
                advice: Words("Let muster appraise compute it.", zh: "请用 muster appraise 计算。")
            )
        }
        let published = AppraisalPublished(
            appraisal: appraisal,
            formula: formula,
            from: from,
            to: to,
            through: through,
            lines: lines
        )
        return [.published(published)]
    }
}
