import Records

/// The ways on which most time is lost, with who is waited for.
struct BottleneckFigure {
    private static let rows = 8

    static func make(_ analysis: HistoryAnalysis, _ words: PageWords) -> Figure? {
        let list = analysis.bottlenecks.filter { $0.durations.values.total > 0 }
        guard !list.isEmpty else { return nil }
        let first = list.prefix(3)
        let share = words.share(min(1, first.reduce(0) { $0 + $1.share }))
        let title =
            list.count > 3
            ? words("Three ways between steps hold \(share) of all time", "三段路径占全部时间的 \(share)")
            : words("Where time passes between steps", "时间耗在哪些步骤之间")
        var figure = Figure(query: .bottlenecks, title: title)
        figure.note = words("Ranked by the time of all \(words.cases) together", "按全部\(words.cases)累计时长排序")
        let rows = list.prefix(Self.rows).enumerated().map { index, entry -> BarRows.Row in
            let median = words.duration(entry.durations.p50)
            let waited = entry.waitedFor.first.map {
                words(
                    ", waits for \(words.name($0.agency)) (\(words.duration($0.wait.p50)))",
                    "，等\(words.name($0.agency))（\(words.duration($0.wait.p50))）"
                )
            }
            return BarRows.Row(
                name: words[entry.words],
                value: Double(entry.durations.values.total),
                text: (index == 0 ? "▲ " : "")
                    + "\(words.total(entry.durations.total)) · \(words.share(entry.share))",
                remark: words("median \(median)", "中位 \(median)") + (waited ?? ""),
                isWorst: index == 0
            )
        }
        let bars = BarRows(rows: Array(rows), head: words("time in all, share of all time", "累计时长，占比"))
        figure.picture = Picture(title, width: Picture.wideColumn, draw: bars.draw)
        figure.tables = [table(list, words)]
        return figure
    }

    private static func table(_ list: [Bottleneck], _ words: PageWords) -> PageTable {
        PageTable(
            caption: words("Bottlenecks", "瓶颈"),
            columns: [
                .text(words("from", "自")), .text(words("to", "至")), .number(words("times", "次数")),
                .number(words("median", "中位")), .number("p90"), .number(words("in all", "累计")),
                .number(words("share", "占比")), .text(words("waits for", "等谁")),
            ],
            rows: list.map { entry in
                let waited = entry.waitedFor.map { "\(words.name($0.agency)) \(words.duration($0.wait.p50))" }
                return [
                    .text(words.name(entry.from)), .text(words.name(entry.to)), .number(entry.durations.count),
                    .duration(entry.durations.p50), .duration(entry.durations.p90), .total(entry.durations.total),
                    .share(entry.share),
                    waited.isEmpty
                        ? .missing(words("not named", "未载")) : .text(waited.joined(separator: words(", ", "、"))),
                ]
            }
        )
    }
}
