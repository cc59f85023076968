import Records

extension HistoryAnalysis {
    private static let weekdays = [
        Words("Monday", zh: "周一"), Words("Tuesday", zh: "周二"), Words("Wednesday", zh: "周三"),
        Words("Thursday", zh: "周四"), Words("Friday", zh: "周五"), Words("Saturday", zh: "周六"),
        Words("Sunday", zh: "周日"),
    ]

    var seasonalityTable: ReportTable {
        var rows: [[ReportTable.Cell]] = seasonality.months.map { month in
            [
                .words(Words("month", zh: "月份")), ReportTable.Cell(month.month.text), .number(month.events),
                .number(month.cases),
            ]
        }
        for (weekday, events) in seasonality.weekdays.enumerated() {
            rows.append([
                .words(Words("weekday", zh: "星期")), .words(Self.weekdays[weekday]), .number(events),
                .number(seasonality.weekdayStarts[weekday]),
            ])
        }
        for (hour, events) in seasonality.hours.enumerated() {
            rows.append([
                .words(Words("hour", zh: "小时")), ReportTable.Cell("\(hour < 10 ? "0" : "")\(hour)"), .number(events),
                .number(seasonality.hourStarts[hour]),
            ])
        }
        return ReportTable(
            .seasonality,
            Words("When things happen", zh: "时间分布"),
            note: Words("local time, \(source.zone)", zh: "当地时间，\(source.zone)"),
            [
                ("unit", Words("unit", zh: "单位")), Headings.name, Headings.events,
                ("cases_begun", Words("cases begun", zh: "新案件")),
            ],
            bars: ["events"],
            rows
        )
    }

    var entryTable: ReportTable {
        var rows: [[ReportTable.Cell]] = []
        func add(_ kind: Words, _ list: [EntryStatistics.Late]) {
            for late in list {
                rows.append([
                    .words(kind), ReportTable.Cell(late.label), .number(late.events), .number(late.late),
                    .share(late.share),
                ])
            }
        }
        if let delays = entry.delays {
            rows.append([
                .words(Words("all", zh: "全部")), .words(Words("all", zh: "全部")), .number(delays.count),
                .number(entry.late), .share(delays.count == 0 ? 0 : Double(entry.late) / Double(delays.count)),
            ])
        }
        add(Words("activity", zh: "环节"), entry.byActivity)
        add(Words("agency", zh: "部门"), entry.byAgency)
        for burst in entry.bursts {
            let activity = activities[burst.activity].label.words
            rows.append([
                .words(Words("many in one minute", zh: "一分钟内多件")),
                .words(
                    Words(
                        "\(burst.who.words.en): \(activity.en), \(burst.minute)",
                        zh: "\(burst.who.words.zh)：\(activity.zh)，\(burst.minute)"
                    )
                ),
                .number(burst.cases), .blank, .blank,
            ])
        }
        for run in entry.identical {
            let activity = activities[run.activity].label.words
            rows.append([
                .words(Words("identical readings", zh: "数值雷同")),
                .words(
                    Words(
                        "\(run.who.words.en): \(activity.en), \(run.value), from \(run.since) to \(run.until)",
                        zh: "\(run.who.words.zh)：\(activity.zh)，\(run.value)，\(run.since) 至 \(run.until)"
                    )
                ),
                .number(run.readings), .blank, .blank,
            ])
        }
        for photos in entry.photoOnly {
            rows.append([
                .words(Words("photo only", zh: "仅有照片")), ReportTable.Cell(photos.who), .number(photos.steps),
                .blank, .share(photos.share),
            ])
        }
        let words = ReportWords(language: .en)
        return ReportTable(
            .lateEntry,
            Words("How the records were entered", zh: "录入情况"),
            note: Words(
                "late: recorded more than \(words.roughly(entry.limit)) after it happened (R14.5). On a full hour:"
                    + " \(words.percent(entry.fullHourShare)) of the times. \(entry.outOfOrder) events came after a later"
                    + " one of their case",
                zh: "补录：发生 \(ReportWords(language: .zh).roughly(entry.limit)) 以后才记录（R14.5）。整点时间占"
                    + " \(words.percent(entry.fullHourShare))。\(entry.outOfOrder) 个事件晚于同案更晚的事件入库"
            ),
            [
                Headings.kind, Headings.name, Headings.events, ("late", Words("late", zh: "补录")), Headings.share,
            ],
            bars: ["share"],
            rows
        )
    }

    var conformanceTable: ReportTable {
        ReportTable(
            .conformance,
            Words("Keeping to the path", zh: "路径符合情况"),
            note: conformance.map { conformance in
                let words = conformance.isOfRows ? source.rowWords ?? source.caseWords : source.caseWords
                let fitness = ReportWords.decimal(conformance.fitness, digits: 4)
                func path(_ language: Language) -> String {
                    conformance.reference.steps.map { $0.words[language] }.joined(separator: " → ")
                }
                return Words(
                    "\(conformance.perfect) of \(conformance.count) \(words.en) keep to \(conformance.reference.words.en)"
                        + " (\(path(.en))); fitness \(fitness)",
                    zh: "\(conformance.count) 件\(words.zh)中 \(conformance.perfect) 件符合\(conformance.reference.words.zh)"
                        + "（\(path(.zh))）；符合度 \(fitness)"
                )
            },
            [
                ("deviation", Words("deviation", zh: "偏差")), Headings.kind, ("step", Words("step", zh: "环节")),
                Headings.cases, Headings.count, ("cost_seconds", Words("longer by", zh: "时长差")),
            ],
            bars: ["cases"],
            (conformance?.deviations ?? []).map { deviation in
                [
                    .words(deviation.words), ReportTable.Cell(deviation.kind.rawValue),
                    ReportTable.Cell(deviation.step),
                    .number(deviation.cases), .number(deviation.count), ReportTable.Cell(deviation.cost),
                ]
            }
        )
    }

    var comparisonTable: ReportTable {
        func cell(_ value: Double, _ unit: Comparison.Unit) -> ReportTable.Cell {
            switch unit {
            case .seconds: .duration(.microseconds(Int64(max(-9e18, min(9e18, value * 1_000_000)))))
            case .share: .share(value)
            case .number: .decimal(value)
            }
        }
        return ReportTable(
            .comparison,
            Words("Two sides beside each other", zh: "两方对比"),
            note: comparison.map { comparison in
                Words(
                    "\(comparison.left.en) (\(comparison.leftCases) cases) against \(comparison.right.en)"
                        + " (\(comparison.rightCases)); 95 % interval of the difference by \(comparison.resamples) bootstrap"
                        + " resamples",
                    zh: "\(comparison.left.zh)（\(comparison.leftCases) 件）对 \(comparison.right.zh)"
                        + "（\(comparison.rightCases) 件）；差异的 95% 区间由 \(comparison.resamples) 次自助法重抽样得出"
                )
            },
            [
                ("measure", Words("measure", zh: "指标")), ("unit", Words("unit", zh: "单位")),
                ("left", Words("first", zh: "前者")), ("right", Words("second", zh: "后者")),
                ("difference", Words("difference", zh: "差异")), ("low", Words("from", zh: "下限")),
                ("high", Words("to", zh: "上限")), ("more_than_chance", Words("more than chance", zh: "超出偶然")),
            ],
            (comparison?.measures ?? []).map { measure in
                [
                    .words(measure.label.words), ReportTable.Cell(measure.unit.rawValue),
                    cell(measure.left, measure.unit), cell(measure.right, measure.unit),
                    cell(measure.difference, measure.unit), cell(measure.low, measure.unit),
                    cell(measure.high, measure.unit),
                    .words(measure.isClear ? Words("yes", zh: "是") : Words("no", zh: "否")),
                ]
            }
        )
    }

    var rejectedTable: ReportTable {
        ReportTable(
            .rejected,
            Words("Rows left out and rows that cannot be", zh: "被拒绝和不可能的行"),
            note: Words(
                "rejected rows are not in the log; impossible ones are, their interval counts in no duration, and --query"
                    + " impossible lists them",
                zh: "被拒绝的行不在日志中；不可能的行保留，其间隔不计入时长，由 --query impossible 逐行列出"
            ),
            [Headings.kind, ("reason", Words("reason", zh: "原因")), ("rows", Words("rows", zh: "行"))],
            counts.rejected.map { reject in
                [.words(Words("rejected", zh: "被拒绝")), ReportTable.Cell(reject.reason), .number(reject.rows)]
            }
                + counts.impossible.map { impossible in
                    [
                        .words(Words("impossible", zh: "不可能")),
                        .words(
                            Words(
                                "\(impossible.to.words.en) before \(impossible.from.words.en)",
                                zh: "“\(impossible.to.words.zh)”早于“\(impossible.from.words.zh)”"
                            )
                        ),
                        .number(impossible.rows),
                    ]
                }
        )
    }
}
