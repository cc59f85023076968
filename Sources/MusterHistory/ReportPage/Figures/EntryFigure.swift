import Records

/// How far the times of entry can be trusted (R14.5).
struct EntryFigure {
    /// Chance alone puts one of so many times that are kept by the minute on the full hour.
    private static let minutes = 60.0

    static func make(_ analysis: HistoryAnalysis, _ words: PageWords) -> Figure? {
        guard !analysis.isEmpty else { return nil }
        let entry = analysis.entry
        var figure = Figure(query: .lateEntry, title: title(entry, words), place: .right)
        figure.note = words("Marks, not verdicts (R14.5)", "标记而非结论（R14.5）")
        figure.tables = [marks(entry, words)]
        let late = [
            (words("Late entry by agency", "各单位补录"), words("agency", "单位"), entry.byAgency),
            (words("Late entry by activity", "各活动补录"), words("activity", "活动"), entry.byActivity),
        ]
        for (caption, first, list) in late where entry.delays != nil && !list.isEmpty {
            figure.tables.append(
                PageTable(
                    caption: caption,
                    columns: [
                        .text(first), .number(words("events", "事件")), .number(words("late", "补录")),
                        .number(words("share", "占比")),
                    ],
                    rows: list.map {
                        [.text(words.name($0.label)), .number($0.events), .number($0.late), .share($0.share)]
                    }
                )
            )
        }
        if !entry.bursts.isEmpty {
            figure.tables.append(
                PageTable(
                    caption: words("Many in one minute", "一分钟内多件"),
                    columns: [
                        .text(words("who", "谁")), .text(words("activity", "活动")), .text(words("minute", "时间")),
                        .number(words.cases),
                    ],
                    rows: entry.bursts.map { burst in
                        [
                            .text(words.name(burst.who)), .text(words.name(analysis.activities[burst.activity].label)),
                            .text(PageTimes.minute(burst.minute, zone: analysis.source.zone)), .number(burst.cases),
                        ]
                    }
                )
            )
        }
        figure.tables += made(entry, analysis, words)
        return figure
    }

    /// What may have been made up.
    private static func made(_ entry: EntryStatistics, _ analysis: HistoryAnalysis, _ words: PageWords) -> [PageTable] {
        var tables: [PageTable] = []
        if !entry.identical.isEmpty {
            tables.append(
                PageTable(
                    caption: words("Identical readings", "数值雷同"),
                    columns: [
                        .text(words("who", "谁")), .text(words("activity", "活动")), .text(words("reading", "读数")),
                        .number(words("in a row", "连续")), .text(words("from", "自")), .text(words("to", "至")),
                    ],
                    rows: entry.identical.map { run in
                        [
                            .text(words.name(run.who)), .text(words.name(analysis.activities[run.activity].label)),
                            .text(run.value), .number(run.readings),
                            .text(PageTimes.minute(run.since, zone: analysis.source.zone)),
                            .text(PageTimes.minute(run.until, zone: analysis.source.zone)),
                        ]
                    }
                )
            )
        }
        if !entry.photoOnly.isEmpty {
            tables.append(
                PageTable(
                    caption: words("Photos alone", "仅有照片"),
                    columns: [
                        .text(words("who", "谁")), .number(words("steps", "步骤")),
                        .number(words("with a photo alone", "仅有照片")), .number(words("share", "占比")),
                    ],
                    rows: entry.photoOnly.map {
                        [.text(words.name($0.who)), .number($0.steps), .number($0.photoOnly), .share($0.share)]
                    }
                )
            )
        }
        return tables
    }

    private static func title(_ entry: EntryStatistics, _ words: PageWords) -> String {
        if let delays = entry.delays, entry.late > 0 {
            let share = words.share(Double(entry.late) / Double(max(1, delays.count)))
            return words(
                "\(share) was entered more than \(words.duration(entry.limit)) after it happened",
                "\(share) 在发生 \(words.duration(entry.limit)) 之后才录入"
            )
        }
        if let burst = entry.bursts.first {
            return words(
                "\(words.number(burst.cases)) entries by \(words.name(burst.who)) in one minute",
                "\(words.name(burst.who))一分钟内录入 \(words.number(burst.cases)) 件"
            )
        }
        if let run = entry.identical.first {
            return words(
                "\(words.number(run.readings)) times \(run.value) in a row by \(words.name(run.who))",
                "\(words.name(run.who))连续 \(words.number(run.readings)) 次读数为 \(run.value)"
            )
        }
        if let most = entry.photoOnly.first {
            return words(
                "\(words.name(most.who)) shows \(words.share(most.share)) of the steps by a photo alone",
                "\(words.name(most.who)) \(words.share(most.share)) 的步骤仅有照片"
            )
        }
        if entry.timesAreByMinute, entry.fullHourShare > 3 / minutes {
            return words(
                "\(words.share(entry.fullHourShare)) of times are full hours",
                "\(words.share(entry.fullHourShare)) 的时间恰为整点"
            )
        }
        return words("Times of entry show no pattern", "录入时间无异常")
    }

    private static func marks(_ entry: EntryStatistics, _ words: PageWords) -> PageTable {
        var table = PageTable(
            caption: words("How times were kept", "时间的记录方式"),
            columns: [.text(words("mark", "标记")), .number(words("found", "实测")), .text(words("by chance", "随机预期"))],
            isOpen: true
        )
        table.rows = [
            [
                .text(
                    words(
                        "entered more than \(words.duration(entry.limit)) later",
                        "补录超过 \(words.duration(entry.limit))"
                    )
                ),
                entry.delays == nil ? .missing(words("not known when entered", "录入时间不详")) : .number(entry.late),
                .text(""),
            ],
            [
                .text(words("on the full hour", "整点时间")), .share(entry.fullHourShare),
                .text(entry.timesAreByMinute ? words.share(1 / minutes) : words("near none", "接近零")),
            ],
            [
                .text(
                    words("\(entry.burstCases) or more in one minute by one person", "一人一分钟内 \(entry.burstCases) 件以上")
                ),
                .number(entry.bursts.count), .text(""),
            ],
            [
                .text(
                    words(
                        "\(entry.identicalInARow) or more equal readings in a row",
                        "连续 \(entry.identicalInARow) 次以上读数相同"
                    )
                ),
                entry.readings == 0 ? .missing(words("no readings", "没有读数")) : .number(entry.identical.count),
                .text(words("near none", "接近零")),
            ],
            [
                .text(words("steps with a photo alone", "仅有照片的步骤")),
                entry.evidenced == 0 ? .missing(words("no steps", "没有步骤")) : .number(entry.byPhotoAlone), .text(""),
            ],
            [
                .text(words("earlier than the event before it", "早于其前一事件")), .number(entry.outOfOrder), .text("0"),
            ],
        ]
        return table
    }
}
