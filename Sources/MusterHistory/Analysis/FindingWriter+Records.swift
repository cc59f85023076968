package import Records

extension FindingWriter {
    // MARK: - What to make of the records

    var entry: ReportFinding? {
        let entry = analysis.entry
        if let delays = entry.delays, entry.late * 20 >= delays.count {
            let share = Double(entry.late) / Double(delays.count)
            let p90 = time(delays.p90)
            return ReportFinding(
                kind: .entry,
                headline: Words("\(percent(share)) of the events are entered late", zh: "\(percent(share)) 的事件补录较晚"),
                detail: Words(
                    "\(number(entry.late)) of \(number(delays.count)) were recorded more than \(time(entry.limit).en) after"
                        + " they happened, one in ten more than \(p90.en).",
                    zh: "\(number(delays.count)) 个事件中 \(number(entry.late)) 个在发生 \(time(entry.limit).zh) 以后才记录，"
                        + "十分之一晚于 \(p90.zh)。"
                ),
                weight: 0.55,
                query: .lateEntry
            )
        }
        return burst ?? identical ?? photoOnly
    }

    private var burst: ReportFinding? {
        guard let burst = analysis.entry.bursts.first else { return nil }
        let activity = analysis.activities[burst.activity].label.words
        return ReportFinding(
            kind: .entry,
            headline: Words(
                "\(burst.who.words.en) entered \(count(burst.cases, cases)) in one minute",
                zh: "\(burst.who.words.zh)一分钟内录入 \(number(burst.cases)) 件\(cases.zh)"
            ),
            detail: Words(
                "\(activity.en) at \(burst.minute). Times of such entries say when they were typed, not when the work was"
                    + " done.",
                zh: "“\(activity.zh)”，\(burst.minute)。这类时间是录入时间，未必是办理时间。"
            ),
            weight: 0.4,
            query: .lateEntry
        )
    }

    private var identical: ReportFinding? {
        guard let run = analysis.entry.identical.first else { return nil }
        let activity = analysis.activities[run.activity].label.words
        return ReportFinding(
            kind: .entry,
            headline: Words(
                "\(run.who.words.en) read \(run.value) \(number(run.readings)) times in a row",
                zh: "\(run.who.words.zh)连续 \(number(run.readings)) 次读数均为 \(run.value)"
            ),
            detail: Words(
                "\(activity.en), from \(run.since) to \(run.until). Readings that are taken one by one hardly agree so long.",
                zh: "“\(activity.zh)”，\(run.since) 至 \(run.until)。逐次测得的读数很少如此长久一致。"
            ),
            weight: 0.4,
            query: .lateEntry
        )
    }

    private var photoOnly: ReportFinding? {
        guard let most = analysis.entry.photoOnly.first else { return nil }
        return ReportFinding(
            kind: .entry,
            headline: Words(
                "\(most.who.words.en) shows \(percent(most.share)) of the steps by a photo alone",
                zh: "\(most.who.words.zh) \(percent(most.share)) 的步骤仅以照片为凭证"
            ),
            detail: Words(
                "\(number(most.photoOnly)) of \(number(most.steps)) steps have no text and no figure.",
                zh: "\(number(most.steps)) 个步骤中 \(number(most.photoOnly)) 个没有文字和数值。"
            ),
            weight: 0.4,
            query: .lateEntry
        )
    }

    var impossible: ReportFinding? {
        guard let most = analysis.counts.impossible.max(by: { $0.rows < $1.rows }) else { return nil }
        let rows = analysis.counts.impossibleRows
        let words = analysis.source.rowWords ?? cases
        return ReportFinding(
            kind: .impossible,
            headline: Words(
                "\(count(most.rows, words)) \(most.rows == 1 ? "has" : "have") \(most.to.words.en) before \(most.from.words.en)",
                zh: "\(number(most.rows)) 条\(words.zh)的“\(most.to.words.zh)”早于“\(most.from.words.zh)”"
            ),
            detail: Words(
                "\(number(rows)) impossible intervals in all. The rows are kept; these intervals count in no duration.",
                zh: "共 \(number(rows)) 个不可能的时间间隔。记录保留，这些间隔不计入时长。"
            ),
            weight: 0.45,
            query: .stagePercentiles
        )
    }

    // MARK: - People

    var workload: ReportFinding? {
        let named = analysis.workload.resourceFairness.map { ($0, Words("people and units", zh: "人员")) }
        guard
            let (fairness, words) = named
                ?? analysis.workload.agencyFairness.map({ ($0, Words("agencies", zh: "部门")) }),
            fairness.workers >= 10, fairness.gini >= 0.5
        else { return nil }
        return ReportFinding(
            kind: .workload,
            headline: Words(
                "A tenth of the \(words.en) does \(percent(fairness.busiestTenth)) of the work",
                zh: "十分之一的\(words.zh)承担了 \(percent(fairness.busiestTenth)) 的工作"
            ),
            detail: Words(
                "\(number(fairness.workers)) of them: half have \(number(fairness.medianEvents)) events or fewer, the busiest"
                    + " \(number(fairness.maximumEvents)). Gini coefficient \(ReportWords.decimal(fairness.gini, digits: 2)).",
                zh: "共 \(number(fairness.workers)) 个：半数不超过 \(number(fairness.medianEvents)) 个事件，最多的"
                    + " \(number(fairness.maximumEvents)) 个。基尼系数 \(ReportWords.decimal(fairness.gini, digits: 2))。"
            ),
            weight: 0.42,
            query: .fairness
        )
    }

    var deviation: ReportFinding? {
        guard let conformance = analysis.conformance, let most = conformance.deviations.first, conformance.count > 0,
            most.cases * 20 >= conformance.count
        else { return nil }
        let what = conformance.isOfRows ? analysis.source.rowWords ?? cases : cases
        let perfect = Double(conformance.perfect) / Double(conformance.count)
        return ReportFinding(
            kind: .deviation,
            headline: Words(
                "\(percent(perfect)) of the \(what.en) keep to \(conformance.reference.words.en)",
                zh: "\(percent(perfect)) 的\(what.zh)符合\(conformance.reference.words.zh)"
            ),
            detail: Words(
                "Fitness \(ReportWords.decimal(conformance.fitness, digits: 3)). Most often \(most.words.en):"
                    + " \(number(most.cases)) of \(number(conformance.count)).",
                zh: "符合度 \(ReportWords.decimal(conformance.fitness, digits: 3))。最常见：\(most.words.zh)，"
                    + "\(number(conformance.count)) 中有 \(number(most.cases))。"
            ),
            weight: conformance.reference.isGiven ? 0.8 : 0.3,
            query: .conformance
        )
    }

    var comparison: ReportFinding? {
        guard let comparison = analysis.comparison else { return nil }
        let clear = comparison.measures.filter(\.isClear)
        guard let most = clear.max(by: { $0.strength < $1.strength }) else {
            return ReportFinding(
                kind: .comparison,
                headline: Words("No difference is more than chance", zh: "差异均未超出偶然范围"),
                detail: Words(
                    "\(count(comparison.leftCases, cases)) (\(comparison.left.en)) against"
                        + " \(number(comparison.rightCases)) (\(comparison.right.en)): every 95 % interval holds zero.",
                    zh: "\(comparison.left.zh) \(number(comparison.leftCases)) 件对\(comparison.right.zh)"
                        + " \(number(comparison.rightCases)) 件\(cases.zh)：各项 95% 区间均含零。"
                ),
                weight: 1,
                query: .comparison
            )
        }
        let (left, right) = (value(most.left, most.unit), value(most.right, most.unit))
        return ReportFinding(
            kind: .comparison,
            headline: Words(
                "\(most.label.words.en): \(left.en) against \(right.en)",
                zh: "\(most.label.words.zh)：\(left.zh) 对 \(right.zh)"
            ),
            detail: Words(
                "\(comparison.left.en) against \(comparison.right.en). \(clear.count) of \(comparison.measures.count)"
                    + " differences are more than chance would make.",
                zh:
                    "\(comparison.left.zh)对\(comparison.right.zh)。\(comparison.measures.count) 项中有 \(clear.count) 项差异超出偶然。"
            ),
            weight: 1,
            query: .comparison
        )
    }

    private func value(_ value: Double, _ unit: Comparison.Unit) -> Words {
        switch unit {
        case .seconds: time(.microseconds(Int64(value * 1_000_000)))
        case .share: Words(percent(value), zh: percent(value))
        case .number: Words(ReportWords.decimal(value, digits: 2), zh: ReportWords.decimal(value, digits: 2))
        }
    }
}

extension Comparison.Measure {
    /// How far the difference is from none, in half widths of its interval.
    fileprivate var strength: Double {
        let width = (high - low) / 2
        return width > 0 ? abs(difference) / width : (difference == 0 ? 0 : .infinity)
    }
}

extension ConformanceStatistics {
    /// Whether rows, and not cases, were held against the reference.
    package var isOfRows: Bool { if case .stages = reference { true } else { false } }
}

extension ConformanceStatistics.Reference {
    /// Whether somebody asked for it.
    var isGiven: Bool {
        switch self {
        case .path, .playbook: true
        case .stages, .commonest: false
        }
    }

    package var words: Words {
        switch self {
        case .path: Words("the given path", zh: "给定路径")
        case .stages: Words("all stages in their order", zh: "全部阶段及其顺序")
        case .commonest: Words("the commonest way", zh: "最常见的路径")
        case .playbook(let name, let version, _):
            Words("the playbook \(name), version \(version)", zh: "预案 \(name)（版本 \(version)）")
        }
    }
}

/// Whether a share is more than chance makes of another.
enum Chance {
    /// By the normal approximation of the binomial distribution, at about 99 %.
    static func isClear(_ hits: Int, of count: Int, against share: Double) -> Bool {
        let expected = share * Double(count)
        let deviation = (expected * (1 - share)).squareRoot()
        return Double(hits) - expected > 2.6 * deviation
    }
}
