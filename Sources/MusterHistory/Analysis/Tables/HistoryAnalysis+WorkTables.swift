import Records

extension HistoryAnalysis {
    var onTimeTable: ReportTable {
        func row(_ kind: Words, _ name: Words, _ tally: OnTimeStatistics.Tally) -> [ReportTable.Cell] {
            [
                .words(kind), .words(name), .number(tally.inTime), .number(tally.closedLate),
                .number(tally.overdueOpen),
                .number(tally.openWithin), ReportTable.Cell(share: tally.usual), ReportTable.Cell(share: tally.honest),
            ]
        }
        var rows: [[ReportTable.Cell]] = []
        if let onTime {
            rows.append(row(Words("all", zh: "全部"), Words("all", zh: "全部"), onTime.all))
            rows += onTime.kinds.map { row(Words("limit", zh: "时限"), $0.label.words, $0.tally) }
            rows += onTime.agencies.map { row(Words("agency", zh: "部门"), $0.agency.words, $0.tally) }
            rows += onTime.months.map { month in
                row(Words("month", zh: "月份"), Words(month.month.text, zh: month.month.text), month.tally)
            }
        }
        return ReportTable(
            .onTime,
            Words("On time", zh: "按时率"),
            note: Words(
                "honest: closed in time / (closed + overdue open); usual: closed in time / closed. Formula 2, R14.3",
                zh: "如实：按时办结 /（已结 + 超期未结）；通常：按时办结 / 已结。公式 2，R14.3"
            ),
            [
                Headings.kind, Headings.name, ("in_time", Words("in time", zh: "按时")),
                ("closed_late", Words("closed late", zh: "超期办结")),
                ("overdue_open", Words("overdue, open", zh: "超期未结")),
                ("open_within", Words("open, not due", zh: "未到期")), ("usual", Words("usual", zh: "通常")),
                ("honest", Words("honest", zh: "如实")),
            ],
            bars: ["honest"],
            rows
        )
    }

    var lateByHourTable: ReportTable {
        ReportTable(
            .lateByHour,
            Words("Late by hour of the day", zh: "按小时的逾期率"),
            note: Words(
                "hour in which the limit was met, or ran out; \(source.zone)",
                zh: "时限被满足或到期所在的小时；\(source.zone)"
            ),
            [
                ("hour", Words("hour", zh: "小时")), ("clocks", Words("limits", zh: "时限数")),
                ("late", Words("late", zh: "逾期")), Headings.share,
            ],
            bars: ["share"],
            (onTime?.hours ?? []).map { hour in
                [.number(hour.hour), .number(hour.clocks), .number(hour.late), ReportTable.Cell(share: hour.share)]
            }
        )
    }

    var reworkTable: ReportTable {
        let words = source.caseWords
        return ReportTable(
            .rework,
            Words("Work done again", zh: "重复环节"),
            note: Words(
                "\(rework.cases) of \(counts.cases) \(words.en) go through some activity more than once"
                    + (rework.reopened.map {
                        ". \($0.cases) of \($0.closed) went on after \(activities[$0.closing].label.words.en)"
                    }
                        ?? ""),
                zh: "\(counts.cases) 件\(words.zh)中 \(rework.cases) 件有环节重复"
                    + (rework.reopened.map {
                        "；\($0.closed) 件到过“\(activities[$0.closing].label.words.zh)”的案件中 \($0.cases) 件又有后续"
                    } ?? "")
            ),
            [
                Headings.activity, Headings.cases, ("extra", Words("times more", zh: "多做次数")),
                ("directly", Words("directly", zh: "紧接着")), Headings.p50, Headings.total,
            ],
            bars: ["extra"],
            rework.repeated.map { repeated in
                [
                    ReportTable.Cell(activities[repeated.activity].label), .number(repeated.cases),
                    .number(repeated.extra), .number(repeated.directly), .duration(repeated.time.p50),
                    .duration(repeated.time.total),
                ]
            }
        )
    }

    var handoversTable: ReportTable {
        ReportTable(
            .handovers,
            Words("Who waits for whom", zh: "谁在等谁"),
            note: handovers.map { handovers in
                Words(
                    "\(handovers.handovers) hand-overs between agencies; \(handovers.casesOfSeveral) \(source.caseWords.en)"
                        + " had more than one. Wait: from the event of the first to the next, of the second",
                    zh: "部门间移交 \(handovers.handovers) 次；\(handovers.casesOfSeveral) 件\(source.caseWords.zh)涉及多个部门。"
                        + "等待：自前者的事件至后者的下一事件"
                )
            },
            [
                ("from", Words("had it", zh: "前一部门")), ("to", Words("waited for", zh: "等待的部门")),
                ("handover", Words("hand-over", zh: "移交")), Headings.count, Headings.p50, Headings.p90, Headings.total,
            ],
            bars: ["total_seconds"],
            (handovers?.cells ?? []).map { cell in
                let agencies = handovers?.agencies ?? []
                var row: [ReportTable.Cell] = [
                    ReportTable.Cell(agencies[cell.from]), ReportTable.Cell(agencies[cell.to]),
                    .words(cell.isHandover ? Words("yes", zh: "是") : Words("no", zh: "否")), .number(cell.count),
                ]
                row += cell.wait.cells
                return row
            }
        )
    }

    var workTable: ReportTable {
        let rows: [(Words, DurationSummary)] =
            work.map { work in
                [(Words("working", zh: "作业"), work.working), (Words("waiting", zh: "等待"), work.waiting)]
            } ?? []
        return ReportTable(
            .work,
            Words("Working and waiting", zh: "作业与等待"),
            note: work == nil ? Words("The log does not say when work began.", zh: "日志没有记录作业开始时间。") : nil,
            [Headings.kind, Headings.count, Headings.p50, Headings.p90, Headings.total],
            bars: ["total_seconds"],
            rows.map { [.words($0.0), .number($0.1.count)] + $0.1.cells }
        )
    }

    var bottlenecksTable: ReportTable {
        ReportTable(
            .bottlenecks,
            Words("Where time is lost", zh: "时间耗在哪里"),
            [
                Headings.from, Headings.to, Headings.count, Headings.p50, Headings.p90, Headings.total, Headings.share,
                ("waited_for", Words("mostly for", zh: "主要在等")),
            ],
            bars: ["share"],
            bottlenecks.map { bottleneck in
                var row: [ReportTable.Cell] = [
                    ReportTable.Cell(bottleneck.from), ReportTable.Cell(bottleneck.to),
                    .number(bottleneck.durations.count),
                ]
                row += bottleneck.durations.cells
                row.append(.share(bottleneck.share))
                row.append(bottleneck.waitedFor.first.map { ReportTable.Cell($0.agency) } ?? .blank)
                return row
            }
        )
    }

    var workloadTable: ReportTable {
        let lists = [
            (Words("person or unit", zh: "人员"), workload.resources), (Words("agency", zh: "部门"), workload.agencies),
            (Words("place", zh: "地点"), workload.places),
        ]
        return ReportTable(
            .workload,
            Words("Who does how much", zh: "工作量"),
            [Headings.kind, Headings.name, Headings.events, Headings.cases, Headings.share],
            bars: ["share"],
            lists.flatMap { kind, workers in
                workers.map { worker in
                    [
                        .words(kind), ReportTable.Cell(worker.label), .number(worker.events), .number(worker.cases),
                        .share(worker.share),
                    ]
                }
            }
        )
    }

    var workloadByHourTable: ReportTable {
        let lists = [
            (Words("agency", zh: "部门"), workload.agencies), (Words("person or unit", zh: "人员"), workload.resources),
        ]
        return ReportTable(
            .workloadByHour,
            Words("Who works at which hour", zh: "各时段工作量"),
            note: Words(
                "local time, \(source.zone); share: of this one's events",
                zh: "当地时间，\(source.zone)；占比：占该部门或人员的事件"
            ),
            [Headings.kind, Headings.name, ("hour", Words("hour", zh: "小时")), Headings.events, Headings.share],
            bars: ["share"],
            lists.flatMap { kind, workers in
                workers.flatMap { worker in
                    worker.hours.enumerated().map { hour, events in
                        [
                            .words(kind), ReportTable.Cell(worker.label), .number(hour), .number(events),
                            .share(Double(events) / Double(max(1, worker.events))),
                        ]
                    }
                }
            }
        )
    }

    var fairnessTable: ReportTable {
        let both = [
            (Words("persons and units", zh: "人员"), workload.resourceFairness),
            (Words("agencies", zh: "部门"), workload.agencyFairness),
        ]
        return ReportTable(
            .fairness,
            Words("How evenly work is spread", zh: "工作量均衡度"),
            note: Words(
                "Gini coefficient of events: 0 when all do the same, towards 1 when one does all",
                zh: "事件数的基尼系数：0 为完全均等，趋近 1 为集中于一者"
            ),
            [
                Headings.kind, ("workers", Words("count", zh: "数量")), ("gini", Words("Gini", zh: "基尼系数")),
                ("busiest_tenth", Words("busiest tenth", zh: "最忙十分之一")),
                ("median_events", Words("median events", zh: "事件中位数")),
                ("max_events", Words("most events", zh: "最多事件")),
            ],
            both.compactMap { kind, fairness in
                fairness.map { fairness in
                    [
                        .words(kind), .number(fairness.workers), .decimal(fairness.gini), .share(fairness.busiestTenth),
                        .number(fairness.medianEvents), .number(fairness.maximumEvents),
                    ]
                }
            }
        )
    }
}
