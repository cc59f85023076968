import Records

/// Headings that several tables have.
enum Headings {
    static let events: ReportTable.Heading = ("events", Words("events", zh: "事件"))
    static let cases: ReportTable.Heading = ("cases", Words("cases", zh: "案件"))
    static let count: ReportTable.Heading = ("count", Words("times", zh: "次数"))
    static let share: ReportTable.Heading = ("share", Words("share", zh: "占比"))
    static let from: ReportTable.Heading = ("from", Words("from", zh: "自"))
    static let to: ReportTable.Heading = ("to", Words("to", zh: "至"))
    static let p10: ReportTable.Heading = ("p10_seconds", Words("p10", zh: "p10"))
    static let p50: ReportTable.Heading = ("p50_seconds", Words("median", zh: "中位数"))
    static let p90: ReportTable.Heading = ("p90_seconds", Words("p90", zh: "p90"))
    static let p99: ReportTable.Heading = ("p99_seconds", Words("p99", zh: "p99"))
    static let total: ReportTable.Heading = ("total_seconds", Words("total", zh: "合计"))
    static let longest: ReportTable.Heading = ("max_seconds", Words("longest", zh: "最长"))
    static let activity: ReportTable.Heading = ("activity", Words("activity", zh: "环节"))
    static let agency: ReportTable.Heading = ("agency", Words("agency", zh: "部门"))
    static let name: ReportTable.Heading = ("name", Words("name", zh: "名称"))
    static let kind: ReportTable.Heading = ("kind", Words("kind", zh: "类别"))
}

extension HistoryAnalysis {
    /// The table of a query; without rows when the log says nothing of it.
    package func table(_ query: ReportQuery) -> ReportTable {
        switch query {
        case .summary: summaryTable
        case .findings: findingsTable
        case .activities: activitiesTable
        case .processMap: processMapTable
        case .variants: variantsTable
        case .durations: durationsTable
        case .stagePercentiles: stagesTable
        case .onTime: onTimeTable
        case .lateByHour: lateByHourTable
        case .rework: reworkTable
        case .handovers: handoversTable
        case .work: workTable
        case .bottlenecks: bottlenecksTable
        case .workload: workloadTable
        case .workloadByHour: workloadByHourTable
        case .fairness: fairnessTable
        case .seasonality: seasonalityTable
        case .lateEntry: entryTable
        case .conformance: conformanceTable
        case .comparison: comparisonTable
        case .rejected: rejectedTable
        case .impossible: impossibleTable
        }
    }

    private func label(_ activity: Int) -> ReportTable.Cell { ReportTable.Cell(activities[activity].label) }

    private var summaryTable: ReportTable {
        let durations = cases.durations
        var rows: [[ReportTable.Cell]] = [
            [.words(Words("events", zh: "事件")), .number(counts.events)],
            [.words(source.caseWords), .number(counts.cases)],
            [.words(Words("activities", zh: "环节")), .number(counts.activities)],
            [.words(Words("variants", zh: "路径种类")), .number(counts.variants)],
            [.words(Words("rejected rows", zh: "被拒绝的行")), .number(counts.rejectedRows)],
            [.words(Words("impossible intervals", zh: "不可能的间隔")), .number(counts.impossibleRows)],
        ]
        if let span {
            rows.append([.words(Words("first event", zh: "首个事件")), .time(span.lowerBound)])
            rows.append([.words(Words("last event", zh: "最后事件")), .time(span.upperBound)])
        }
        if durations.count > 0 {
            rows.append([.words(Words("case, median", zh: "案件时长，中位数")), .duration(durations.p50)])
            rows.append([.words(Words("case, p90", zh: "案件时长，p90")), .duration(durations.p90)])
            rows.append([.words(Words("case, p99", zh: "案件时长，p99")), .duration(durations.p99)])
        }
        if let honest = onTime?.all.honest {
            rows.append([.words(Words("on time", zh: "按时率")), .share(honest)])
        }
        return ReportTable(
            .summary,
            Words("Summary", zh: "概要"),
            [("figure", Words("figure", zh: "指标")), ("value", Words("value", zh: "数值"))],
            rows
        )
    }

    private var findingsTable: ReportTable {
        ReportTable(
            .findings,
            Words("Findings", zh: "主要发现"),
            [
                Headings.kind, ("headline", Words("finding", zh: "发现")), ("detail", Words("figures", zh: "依据")),
                ("query", Words("table", zh: "查询")),
            ],
            findings.map { finding in
                [
                    ReportTable.Cell(finding.kind.rawValue), .words(finding.headline), .words(finding.detail),
                    ReportTable.Cell(finding.query.rawValue),
                ]
            }
        )
    }

    private var activitiesTable: ReportTable {
        let hasWork = activities.contains { $0.working != nil }
        var columns: [ReportTable.Heading] = [
            Headings.activity, Headings.events, Headings.cases, ("starts", Words("first", zh: "起始")),
            ("ends", Words("last", zh: "结束")), ("before_p50_seconds", Words("median before", zh: "前置中位数")),
            ("before_p90_seconds", Words("p90 before", zh: "前置 p90")),
        ]
        if hasWork { columns.append(("working_p50_seconds", Words("median work", zh: "作业中位数"))) }
        return ReportTable(
            .activities,
            Words("Activities", zh: "环节"),
            columns,
            bars: ["events"],
            activities.filter { $0.count > 0 }.map { activity in
                var row: [ReportTable.Cell] = [
                    ReportTable.Cell(activity.label), .number(activity.count), .number(activity.cases),
                    .number(activity.starts), .number(activity.ends),
                ]
                row += activity.before.cells.prefix(2)
                if hasWork { row.append(activity.working?.cells.first ?? .blank) }
                return row
            }
        )
    }

    private var processMapTable: ReportTable { processMap(covering: 1) }

    /// The edges that this share of the cases, from 0 to 1, consists of entirely.
    package func processMap(covering share: Double) -> ReportTable {
        ReportTable(
            .processMap,
            Words("What follows what", zh: "流程图（直接后继）"),
            [
                Headings.from, Headings.to, Headings.count, Headings.cases, Headings.p50, Headings.p90, Headings.total,
            ],
            bars: ["count"],
            graph.covering(share, of: variants).map { edge in
                [label(edge.from), label(edge.to), .number(edge.count), .number(edge.cases)] + edge.durations.cells
            }
        )
    }

    private var variantsTable: ReportTable {
        let listed = variants.list.count
        return ReportTable(
            .variants,
            Words("Ways that cases take", zh: "案件路径"),
            note: Words(
                "\(listed) of \(variants.count) listed, the most frequent; taken by one case alone: \(variants.singles)",
                zh: "共 \(variants.count) 种路径，其中 \(variants.singles) 种仅一案；列出最常见的 \(listed) 种"
            ),
            [
                Headings.cases, Headings.share, Headings.p50, ("steps", Words("steps", zh: "步数")),
                ("way", Words("way", zh: "路径")), ("example", Words("one of them", zh: "示例")),
            ],
            bars: ["share"],
            variants.list.map { variant in
                [
                    .number(variant.cases), .share(Double(variant.cases) / Double(max(1, variants.cases))),
                    .duration(variant.durations.p50), .number(variant.activities.count),
                    .words(way(variant.activities)), ReportTable.Cell(variant.example),
                ]
            }
        )
    }

    /// With runs of the same activity written once.
    private func way(_ steps: [Int]) -> Words {
        var parts: [(activity: Int, count: Int)] = []
        for step in steps {
            if parts.last?.activity == step { parts[parts.count - 1].count += 1 } else { parts.append((step, 1)) }
        }
        func text(_ language: Language) -> String {
            parts.map { part in
                let name = activities[part.activity].label.words[language]
                return part.count == 1 ? name : "\(name) ×\(part.count)"
            }.joined(separator: " → ")
        }
        return Words(text(.en), zh: text(.zh))
    }

    private var durationsTable: ReportTable {
        let durations = cases.durations
        let (en, zh) = (ReportWords(language: .en), ReportWords(language: .zh))
        return ReportTable(
            .durations,
            Words("How long cases take", zh: "案件总时长"),
            note: durations.count == 0
                ? nil
                : Words(
                    "median \(en.roughly(durations.p50)), p90 \(en.roughly(durations.p90)),"
                        + " p99 \(en.roughly(durations.p99)), longest \(en.roughly(durations.maximum))",
                    zh: "中位数 \(zh.roughly(durations.p50))，p90 \(zh.roughly(durations.p90))，"
                        + "p99 \(zh.roughly(durations.p99))，最长 \(zh.roughly(durations.maximum))"
                ),
            [
                ("from_seconds", Words("from", zh: "自")), ("to_seconds", Words("to below", zh: "至（不含）")),
                Headings.cases,
                Headings.share,
            ],
            bars: ["share"],
            cases.histogram.map { bin in
                [
                    .duration(bin.from), .duration(bin.to), .number(bin.count),
                    .share(Double(bin.count) / Double(max(1, durations.count))),
                ]
            }
        )
    }

    private var stagesTable: ReportTable {
        func row(
            _ stage: StageStatistics.Stage,
            _ agency: Words,
            _ durations: DurationSummary,
            _ limit: StageStatistics.StageLimit?,
            isAll: Bool
        ) -> [ReportTable.Cell] {
            let isKnown = durations.count > 0
            return [
                ReportTable.Cell(stage.from), ReportTable.Cell(stage.to), .words(agency), .number(durations.count),
                isKnown ? .duration(durations.p10) : .blank, isKnown ? .duration(durations.p50) : .blank,
                isKnown ? .duration(durations.p90) : .blank, isKnown ? .duration(durations.p99) : .blank,
                isKnown ? .duration(durations.maximum) : .blank, ReportTable.Cell(limit?.limit),
                isAll ? .number(stage.missing) : .blank, isAll ? .number(stage.impossible) : .blank,
            ]
        }
        return ReportTable(
            .stagePercentiles,
            Words("How long stages take", zh: "各阶段用时"),
            [
                Headings.from, Headings.to, Headings.agency, Headings.count, Headings.p10, Headings.p50, Headings.p90,
                Headings.p99, Headings.longest, ("limit_seconds", Words("limit", zh: "时限")),
                ("missing", Words("missing", zh: "缺失")), ("impossible", Words("impossible", zh: "倒置")),
            ],
            stages.list.flatMap { stage in
                [row(stage, Words("all", zh: "全部"), stage.all, stage.limit, isAll: true)]
                    + stage.agencies.map { row(stage, $0.agency.words, $0.durations, $0.limit, isAll: false) }
            }
        )
    }
}
