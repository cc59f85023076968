import Records

/// Activities that cases went through more than once, and cases that came back.
struct ReworkFigure {
    private static let rows = 8

    static func make(_ analysis: HistoryAnalysis, _ words: PageWords) -> Figure? {
        let rework = analysis.rework
        guard !rework.repeated.isEmpty else { return nil }
        func name(_ activity: Int) -> String { words.name(analysis.activities[activity].label) }
        let first = words.brief(analysis.activities[rework.repeated[0].activity].label)
        let title = words(
            "\(words.share(rework.share)) of \(words.cases) do something again, most often \(first)",
            "\(words.share(rework.share)) 的\(words.cases)有返工，最多的是“\(first)”"
        )
        var figure = Figure(query: .rework, title: title, place: .right)
        if let reopened = rework.reopened {
            figure.note = words(
                "\(words.number(reopened.cases)) of \(words.number(reopened.closed)) went on after"
                    + " \(name(reopened.closing)) (\(words.share(reopened.share)))",
                "\(words.number(reopened.closed)) 个到达“\(name(reopened.closing))”后，\(words.number(reopened.cases)) 个又继续"
                    + "（\(words.share(reopened.share))）"
            )
        }
        let bars = BarRows(
            rows: rework.repeated.prefix(rows).map { entry in
                BarRows.Row(
                    name: name(entry.activity),
                    value: Double(entry.extra),
                    text: words.number(entry.extra),
                    remark: words(
                        "\(words.number(entry.cases)) \(words.cases), median \(words.duration(entry.time.p50)) later",
                        "\(words.number(entry.cases)) 个，中位间隔 \(words.duration(entry.time.p50))"
                    )
                )
            },
            head: words("times beyond the first", "首次之外的次数")
        )
        figure.picture = Picture(title, width: Picture.narrowColumn, draw: bars.draw)
        figure.tables = [
            PageTable(
                caption: words("Rework", "返工"),
                columns: [
                    .text(words("activity", "活动")), .number(words.cases), .number(words("times more", "多出次数")),
                    .number(words("directly again", "直接重复")), .number(words("median until again", "间隔中位")),
                    .number(words("in all", "累计")),
                ],
                rows: rework.repeated.map {
                    [
                        .text(name($0.activity)), .number($0.cases), .number($0.extra), .number($0.directly),
                        .duration($0.time.p50), .total($0.time.total),
                    ]
                }
            )
        ]
        return figure
    }
}
