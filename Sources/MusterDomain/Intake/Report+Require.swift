import EventSourcing
import Records

/// What many decisions ask of a report.
extension Report {
    /// More reports than this are a list, and not one thing.
    static let maximumDuplicates = 1_000
    static let maximumParts = 50

    /// A report is told once, however often it is sent.
    func requireNew(_ report: ReportID) throws(Rejection) {
        if stage == .unknown { return }
        throw Rejection(
            rule: "S5",
            reason: "report-exists",
            Words("Report \(report) was submitted already.", zh: "报告 \(report) 已提交。")
        )
    }

    /// The report is there, lies in the actor's territory, and the deed is not dated before it.
    func requireSubmitted(_ report: ReportID, in context: Context) throws(Rejection) -> TerritoryID {
        guard let territory, let submittedAt else {
            throw Rejection(
                kind: .notFound,
                rule: "S5",
                reason: "no-such-report",
                Words("There is no report \(report).", zh: "没有报告 \(report)。")
            )
        }
        try context.requireCovers(territory)
        try context.requireNotDated(
            before: submittedAt,
            Words("the report came in", zh: "报告提交时间")
        )
        return territory
    }

    /// The same for a report that is not over: neither answered nor with another one.
    func requireOpen(_ report: ReportID, in context: Context) throws(Rejection) -> TerritoryID {
        let territory = try requireSubmitted(report, in: context)
        switch stage {
        case .unknown, .submitted, .triaged, .routed: return territory
        case .answered:
            throw Rejection(
                rule: "S5",
                reason: "answered-already",
                Words("Report \(report) is answered.", zh: "报告 \(report) 已答复。")
            )
        case .joined(let other):
            throw Rejection(
                rule: "R5.3",
                reason: "joined-already",
                Words("Report \(report) goes along with \(other).", zh: "报告 \(report) 已并入 \(other)。"),
                advice: Words("Deal with \(other); its outcome is for both.", zh: "请处理 \(other)，其结果适用于两者。")
            )
        }
    }

    /// The same for one that is to go along with another: nothing goes along with it, so that none ends in a circle (R5.3).
    @discardableResult
    func requireMayJoin(_ other: ReportID, _ report: ReportID, in context: Context) throws(Rejection) -> TerritoryID {
        guard report != other else {
            throw Rejection(
                rule: "R5.3",
                reason: "merged-with-itself",
                Words("Report \(report) cannot go along with itself.", zh: "报告 \(report) 不能并入自身。")
            )
        }
        let territory = try requireOpen(report, in: context)
        if duplicates.isEmpty { return territory }
        throw Rejection(
            rule: "R5.3",
            reason: "has-duplicates",
            Words("Others go along with \(report) already.", zh: "已有其他报告并入 \(report)。"),
            advice: Words("Merge the other way round.", zh: "请反向合并。")
        )
    }
}

extension Context {
    /// Nothing is dealt with before it was there. Two people's clocks may differ by as much as one may run ahead.
    func requireNotDated(before earlier: Timestamp, _ what: Words) throws(Rejection) {
        if occurredAt + limits.clockAhead >= earlier { return }
        throw Rejection(
            rule: "S5",
            reason: "before-the-beginning",
            Words(
                "\(occurredAt) lies before \(what.en), at \(earlier).",
                zh: "\(occurredAt) 早于\(what.zh)（\(earlier)）。"
            ),
            advice: Words("Check the date.", zh: "请检查日期。")
        )
    }
}
