import Records

/// Working against waiting, where the log says when work began.
struct WorkFigure {
    static func make(_ analysis: HistoryAnalysis, _ words: PageWords) -> Figure? {
        guard let work = analysis.work, let share = work.workingShare else { return nil }
        let title = words(
            "\(words.share(share)) of the time is work, the rest is waiting",
            "\(words.share(share)) 的时间在办理，其余在等待"
        )
        var figure = Figure(query: .work, title: title, place: .right)
        figure.note = words(
            "\(words.number(work.events)) events say when their work began",
            "\(words.number(work.events)) 个事件载有开始时间"
        )
        let bars = BarRows(
            rows: [
                row(words("working", "办理"), work.working, share, words),
                row(words("waiting", "等待"), work.waiting, 1 - share, words),
            ],
            head: words("time in all, share", "累计时长，占比")
        )
        figure.picture = Picture(title, width: Picture.narrowColumn, draw: bars.draw)
        let activities = analysis.activities.filter { ($0.working?.count ?? 0) > 0 }
        if !activities.isEmpty { figure.tables = [table(activities, words)] }
        return figure
    }

    private static func row(
        _ name: String,
        _ durations: DurationSummary,
        _ share: Double,
        _ words: PageWords
    ) -> BarRows.Row {
        BarRows.Row(
            name: name,
            value: Double(durations.values.total),
            text: "\(words.total(durations.total)) · \(words.share(share))",
            remark: words("median \(words.duration(durations.p50))", "中位 \(words.duration(durations.p50))")
        )
    }

    private static func table(_ activities: [ActivityStatistics], _ words: PageWords) -> PageTable {
        PageTable(
            caption: words("Work by activity", "各活动办理时长"),
            columns: [
                .text(words("activity", "活动")), .number(words("times", "次数")), .number(words("median work", "办理中位")),
                .number("p90"), .number(words("in all", "累计")),
            ],
            rows: activities.compactMap { activity in
                activity.working.map {
                    [
                        .text(words.name(activity.label)), .number($0.count), .duration($0.p50), .duration($0.p90),
                        .total($0.total),
                    ]
                }
            }
        )
    }
}
