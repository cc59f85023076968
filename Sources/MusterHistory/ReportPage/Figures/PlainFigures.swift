import Records

/// Activities in figures: a table alone.
enum ActivityFigure {
    static func make(_ analysis: HistoryAnalysis, _ words: PageWords) -> Figure? {
        guard !analysis.activities.isEmpty else { return nil }
        var table = PageTable(
            caption: words("Activities", "活动"),
            columns: [
                .text(words("activity", "活动")), .number(words("times", "次数")), .number(words.cases),
                .number(words("begin", "起始")), .number(words("end", "终止")),
                .number(words("median before", "之前中位")), .number(words("in all", "累计")),
            ],
            rows: analysis.activities.prefix(PageTable.maximumRows).map { activity in
                let before: [PageTable.Cell] =
                    activity.before.count > 0
                    ? [.duration(activity.before.p50), .total(activity.before.total)]
                    : Array(repeating: .missing(words("always first", "总在最前")), count: 2)
                return [
                    .text(words.name(activity.label)), .number(activity.count), .number(activity.cases),
                    .number(activity.starts), .number(activity.ends),
                ] + before
            }
        )
        table.total = analysis.activities.count
        let count = words.number(analysis.activities.count)
        let title =
            analysis.activities.count == 1
            ? words("One activity", "一种活动") : words("\(count) activities", "\(count) 种活动")
        return Figure(query: .activities, title: title, tables: [table])
    }
}

/// Rows that were not taken, by reason, and rows that cannot be right.
enum RejectedFigure {
    static func make(_ analysis: HistoryAnalysis, _ words: PageWords) -> Figure? {
        let counts = analysis.counts
        guard counts.rejectedRows + counts.impossibleRows > 0 else { return nil }
        let all = counts.rows + counts.rejectedRows
        let title =
            counts.rejectedRows > 0
            ? words(
                "\(words.number(counts.rejectedRows)) of \(words.number(all)) rows were rejected",
                "\(words.number(all)) 行中拒绝 \(words.number(counts.rejectedRows)) 行"
            )
            : words(
                "\(words.number(counts.impossibleRows)) rows have times in an impossible order",
                "\(words.number(counts.impossibleRows)) 行时间顺序不可能"
            )
        var figure = Figure(query: .rejected, title: title)
        if counts.impossibleRows > 0 {
            figure.note = words(
                "Rows with times in an impossible order are kept; that interval is left out of durations",
                "时间顺序不可能的行予以保留，该区间不计入时长"
            )
        }
        if counts.rejectedRows > 0 {
            figure.tables.append(
                PageTable(
                    caption: words("Rejected, by reason", "按原因统计的拒绝"),
                    columns: [
                        .text(words("reason", "原因")), .number(words("rows", "行")), .number(words("share", "占比")),
                    ],
                    rows: counts.rejected.map {
                        [.text($0.reason), .number($0.rows), .share(Double($0.rows) / Double(max(1, all)))]
                    },
                    isOpen: true
                )
            )
        }
        if counts.impossibleRows > 0 {
            figure.tables.append(
                PageTable(
                    caption: words("Times in an impossible order", "时间顺序不可能"),
                    columns: [
                        .text(words("stage", "阶段")), .text(words("has a time before", "早于")),
                        .number(words("rows", "行")),
                    ],
                    rows: counts.impossible.map {
                        [.text(words.name($0.to)), .text(words.name($0.from)), .number($0.rows)]
                    },
                    isOpen: true
                )
            )
        }
        return figure
    }
}
