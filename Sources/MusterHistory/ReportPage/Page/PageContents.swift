import EventSourcing
import Records

/// What stands on the page, and where.
struct PageContents {
    private static let findingsOnTop = 3

    private let analysis: HistoryAnalysis
    private let language: Language
    private let words: PageWords
    private let figures: [ReportQuery: Figure]

    init(_ analysis: HistoryAnalysis, _ language: Language) {
        self.analysis = analysis
        self.language = language
        let words = PageWords(analysis, language)
        self.words = words
        let makers: [(HistoryAnalysis, PageWords) -> Figure?] = [
            PercentileFigure.make, OnTimeFigure.make, MapFigure.make, LateHourFigure.make, HandoverFigure.make,
            BottleneckFigure.make, VariantFigure.make, DurationFigure.make, WorkFigure.make, WorkloadFigure.make,
            WorkHourFigure.make, ReworkFigure.make, SeasonFigure.make, EntryFigure.make, ConformanceFigure.make,
            ComparisonFigure.make, ActivityFigure.make, RejectedFigure.make,
        ]
        var figures: [ReportQuery: Figure] = [:]
        for make in makers { if let figure = make(analysis, words) { figures[figure.query] = figure } }
        self.figures = figures
    }

    var fields: [String: Any] {
        let source = analysis.source
        let findings = analysis.findings.map(fields(of:))
        let (first, later) = blocks
        let choice = self.choice
        return [
            "lang": language.tag, "style": PageTemplates.style, "themeScript": PageTemplates.themeScript,
            "pageScript": PageTemplates.pageScript, "title": title, "what": what, "facts": facts,
            "mode": source.mode.rawValue, "modeWord": modeWord, "logName": source.log.rawValue,
            "headWord": words("head", "头"), "position": words.number(Int(source.position.rawValue)),
            "themeWord": words("dark / light", "深 / 浅"), "skip": words("To the report", "跳至报告"),
            "hasChoice": !choice.isEmpty, "choice": choice, "choiceWord": words("What was chosen", "筛选"),
            "isEmpty": analysis.isEmpty, "emptyTitle": words("There is nothing to report on", "没有可报告的内容"),
            "emptyText": emptyText, "hasFindings": !findings.isEmpty,
            "findingCount": min(findings.count, Self.findingsOnTop), "findingsWord": words("Findings", "要点"),
            "findings": Array(findings.prefix(Self.findingsOnTop)),
            "hasMore": findings.count > Self.findingsOnTop, "moreTitle": words("Also worth knowing", "另外"),
            "more": Array(findings.dropFirst(Self.findingsOnTop)),
            "blocks": first, "laterBlocks": later,
            "hasAbsent": !absent.isEmpty, "absentTitle": words("Not in this report", "本报告未含"), "absent": absent,
            "method": method, "again": words("This page again:", "重新生成："),
            "command": "muster report \(source.arguments) -o report.html",
        ]
    }

    // MARK: - Head

    private var title: String {
        let count = words.number(analysis.counts.cases)
        guard !analysis.isEmpty else { return words[analysis.source.title] }
        return words("What happened to \(count) \(words.cases)", "\(count) 个\(words.cases)的来龙去脉")
    }

    private var what: String {
        let title = analysis.isEmpty ? [] : [words[analysis.source.title]]
        let span = analysis.span.map { PageTimes.span($0, zone: analysis.source.zone, words) }
        return (title + [span].compactMap(\.self)).joined(separator: words(", ", "，"))
    }

    private var modeWord: String {
        switch analysis.source.mode {
        case .live: words("LIVE", "实况")
        case .exercise: words("EXERCISE", "演练")
        case .history: words("HISTORY", "历史")
        }
    }

    private var facts: [[String: Any]] {
        let counts = analysis.counts
        let events =
            counts.eventsBeforeFilters > counts.events
            ? words(
                "\(words.number(counts.events)) of \(words.number(counts.eventsBeforeFilters)) events",
                "\(words.number(counts.eventsBeforeFilters)) 个事件中的 \(words.number(counts.events)) 个"
            ) : words("\(words.number(counts.events)) events", "\(words.number(counts.events)) 个事件")
        var facts: [[String: Any]] = [["text": events]]
        if counts.rejectedRows > 0 {
            let rows = words.number(counts.rejectedRows)
            facts.append([
                "text": words("\(rows) rows", "\(rows) 行"), "href": "#\(ReportQuery.rejected.rawValue)",
                "link": words("rejected, why", "被拒，原因"),
            ])
        } else if counts.impossibleRows > 0 {
            let rows = words.number(counts.impossibleRows)
            facts.append([
                "text": words("no row rejected, \(rows)", "无拒绝行，\(rows) 行"),
                "href": "#\(ReportQuery.rejected.rawValue)",
                "link": words("impossible", "时序不可能"),
            ])
        } else if counts.rows > 0 {
            facts.append(["text": words("no row rejected", "无拒绝行")])
        }
        return facts
    }

    private var choice: [String] {
        let source = analysis.source
        var choice = source.filters.map { words[$0] }
        if let instant = source.asKnownAt {
            let minute = PageTimes.minute(instant, zone: source.zone)
            choice.append(words("as known at \(minute)", "按 \(minute) 时所知"))
        }
        if let instant = source.asTrueAt {
            let minute = PageTimes.minute(instant, zone: source.zone)
            choice.append(words("as true at \(minute)", "按 \(minute) 时实情"))
        }
        return choice
    }

    private var emptyText: String {
        if analysis.counts.eventsBeforeFilters > 0 {
            return words(
                "None of the log's \(words.number(analysis.counts.eventsBeforeFilters)) events is chosen. Take a filter away.",
                "日志共有 \(words.number(analysis.counts.eventsBeforeFilters)) 个事件，均未入选。请减少筛选条件。"
            )
        }
        return words(
            "The log holds no events yet. Import a file with muster import, then make the report again.",
            "日志还没有事件。请先用 muster import 导入文件，再生成报告。"
        )
    }

    private func fields(of finding: ReportFinding) -> [String: Any] {
        var fields: [String: Any] = ["headline": words[finding.headline], "detail": words[finding.detail]]
        if figures[finding.query] != nil {
            fields["href"] = "#\(finding.query.rawValue)"
            fields["link"] = words("show", "查看")
        }
        return fields
    }

    // MARK: - Places

    /// What answers where time is lost comes first; everything else follows in two columns of its own.
    private var blocks: (first: [[String: Any]], later: [[String: Any]]) {
        guard !analysis.isEmpty else { return ([], []) }
        let hasWideMap = figures[.processMap]?.place == .across
        var left: [ReportQuery] = [.comparison, .stagePercentiles] + (hasWideMap ? [] : [.processMap])
        var right = [ReportQuery.onTime, .lateByHour].filter { figures[$0] != nil }
        if right.isEmpty { right = hasWideMap ? [.durations] : [.durations, .seasonality] }
        if hasWideMap, right.count > 1 { right.removeLast() }
        // Where nothing is waited for, it remains when things happen and who has to do with them.
        let isWithoutWaiting = (left + [.onTime, .processMap]).allSatisfy { figures[$0] == nil }
        if isWithoutWaiting {
            (left, right) = (
                [.seasonality], [.workload, .lateEntry].filter { figures[$0] != nil }.prefix(1).map(\.self)
            )
        }
        let onTop = Set(left + right + [.processMap])
        let laterLeft: [ReportQuery] = [.handovers, .bottlenecks, .variants, .conformance, .activities, .rejected]
        let laterRight: [ReportQuery] = [
            .lateByHour, .durations, .workload, .workloadByHour, .rework, .work, .seasonality, .lateEntry,
        ].filter { !onTop.contains($0) }
        var first = [block(left: left, right: right, isEven: isWithoutWaiting)]
        if hasWideMap { first.append(["across": drawn([.processMap]), "hasColumns": false]) }
        return (first, [block(left: laterLeft, right: laterRight)])
    }

    /// - Parameter isEven: whether both columns are of one width.
    private func block(left: [ReportQuery], right: [ReportQuery], isEven: Bool = false) -> [String: Any] {
        let (left, right) = (drawn(left), drawn(right))
        return [
            "across": [[String: Any]](), "hasColumns": !left.isEmpty || !right.isEmpty, "isEven": isEven,
            "left": left, "right": right,
        ]
    }

    private func drawn(_ queries: [ReportQuery]) -> [[String: Any]] {
        queries.compactMap { query in
            figures[query].map { $0.fields(words, command: analysis.command(query)) }
        }
    }

    /// Figures that cannot be drawn, and why.
    private var absent: [[String: String]] {
        guard !analysis.isEmpty else { return [] }
        let reasons: [(ReportQuery, String, String)] = [
            (
                .onTime, words("On time", "按时率"),
                words("nothing in the log says when something was due", "日志没有任何到期时间")
            ),
            (
                .stagePercentiles, words("Stage times", "阶段时长"),
                words("no case has two steps with a time between them", "没有事件间的时长")
            ),
            (
                .handovers, words("Who waits for whom", "谁在等谁"),
                analysis.handovers == nil
                    ? words("no event names an agency", "没有事件载明单位")
                    : words("no case went from one agency to another", "没有跨单位移交")
            ),
            (
                .work, words("Waiting against working", "等待与办理"),
                words("no event says when its work began", "没有事件载明开始时间")
            ),
            (.rework, words("Rework", "返工"), words("no case does anything twice", "没有重复的步骤")),
            (
                .workload, words("Workload", "工作量"),
                words("the log names fewer than two persons, agencies or places", "日志未载两个以上的人员、单位或地点")
            ),
        ]
        return reasons.filter { figures[$0.0] == nil }.map { ["name": $0.1 + words(":", "："), "why": $0.2] }
    }

    private var method: String {
        words(
            "Percentiles are nearest-rank; the median of an even count is the mean of the middle two. Hours and months are"
                + " those of \(analysis.source.zone).",
            "百分位按最近秩计算；偶数个的中位数取中间两值的平均。时刻与月份按 \(analysis.source.zone)。"
        )
    }
}
