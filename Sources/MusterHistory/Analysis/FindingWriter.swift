import Records

/// Says in sentences what is worth knowing first.
struct FindingWriter {
    let analysis: HistoryAnalysis
    let en = ReportWords(language: .en)
    let zh = ReportWords(language: .zh)

    init(_ analysis: HistoryAnalysis) { self.analysis = analysis }

    /// The most important first.
    var findings: [ReportFinding] {
        guard !analysis.isEmpty else { return [] }
        let all: [ReportFinding?] = [
            comparison, bottleneck, oneTime, waitsFor, onTime, duration, lateHour, reopened, rework, entry, impossible,
            workload, deviation, season,
        ]
        // Stable: what weighs the same stays in the order above.
        return all.compactMap(\.self).enumerated()
            .sorted { a, b in
                a.element.weight == b.element.weight ? a.offset < b.offset : a.element.weight > b.element.weight
            }
            .map(\.element)
    }

    var cases: Words { analysis.source.caseWords }

    func time(_ duration: Duration) -> Words { Words(en.roughly(duration), zh: zh.roughly(duration)) }

    func number(_ value: Int) -> String { en.number(value) }

    func count(_ value: Int, _ things: Words) -> String { en.count(value, things.en) }

    func percent(_ share: Double) -> String { en.percent(share) }

    // MARK: - Where time is lost

    var bottleneck: ReportFinding? {
        guard let worst = analysis.bottlenecks.first else { return nil }
        let (p50, p90) = (time(worst.durations.p50), time(worst.durations.p90))
        let waited = worst.waitedFor.first.map { waited -> Words in
            let share = Double(waited.wait.values.total) / Double(max(1, worst.durations.values.total))
            return Words(
                " \(percent(share)) of it is for \(waited.agency.words.en).",
                zh: "其中 \(percent(share)) 在等\(waited.agency.words.zh)。"
            )
        }
        let isAll = analysis.bottlenecks.count == 1
        return ReportFinding(
            kind: .bottleneck,
            headline: Words(
                isAll
                    ? "The time goes between \(worst.from.words.en) and \(worst.to.words.en)"
                    : "Most time is lost between \(worst.from.words.en) and \(worst.to.words.en)",
                zh: "时间主要耗在“\(worst.from.words.zh)”到“\(worst.to.words.zh)”"
            ),
            detail: Words(
                "\(en.count(worst.durations.count, "times")), median \(p50.en), p90 \(p90.en):"
                    + " \(percent(worst.share)) of all the time between steps.\(waited?.en ?? "")",
                zh: "共 \(number(worst.durations.count)) 次，中位数 \(p50.zh)，p90 \(p90.zh)，"
                    + "占各环节之间全部时间的 \(percent(worst.share))。\(waited?.zh ?? "")"
            ),
            weight: 0.95,
            query: .bottlenecks
        )
    }

    var waitsFor: ReportFinding? {
        guard let handovers = analysis.handovers else { return nil }
        if analysis.conformance?.isOfRows == true { return waitsInStages }
        let between = handovers.cells.filter(\.isHandover)
        guard let longest = between.first, longest.wait.values.total > 0 else { return waitsWithin(handovers) }
        let (from, to) = (handovers.agencies[longest.from].words, handovers.agencies[longest.to].words)
        let (p50, p90) = (time(longest.wait.p50), time(longest.wait.p90))
        let all = between.reduce(0.0) { $0 + Double($1.wait.values.total) }
        let share = Double(longest.wait.values.total) / all
        return ReportFinding(
            kind: .waitsFor,
            headline: Words("\(from.en) waits longest for \(to.en)", zh: "\(from.zh)等\(to.zh)最久"),
            detail: Words(
                "\(number(longest.count)) of \(number(handovers.handovers)) hand-overs between agencies, median"
                    + " \(p50.en), p90 \(p90.en): \(percent(share)) of the time that agencies wait for each other.",
                zh: "部门间移交 \(number(handovers.handovers)) 次中的 \(number(longest.count)) 次，中位数 \(p50.zh)，"
                    + "p90 \(p90.zh)，占部门间等待时间的 \(percent(share))。"
            ),
            weight: 0.9,
            query: .handovers
        )
    }

    /// Where rows have stages of their own, each waits for the agency that its row is of.
    private var waitsInStages: ReportFinding? {
        let stages = analysis.stages.list.filter { stage in
            analysis.bottlenecks.contains { $0.from == stage.from && $0.to == stage.to }
        }
        var totals: [Label: Double] = [:]
        for stage in stages {
            for own in stage.agencies { totals[own.agency, default: 0] += Double(own.durations.values.total) }
        }
        let all = totals.values.reduce(0, +)
        let longest = totals.max { a, b in a.value == b.value ? a.key.name > b.key.name : a.value < b.value }
        guard let longest, totals.count > 1, all > 0 else { return nil }
        let own = stages.compactMap { stage in
            stage.agencies.first { $0.agency == longest.key }.map { (stage: stage, durations: $0.durations) }
        }
        guard let worst = own.max(by: { $0.durations.values.total < $1.durations.values.total }) else { return nil }
        let (p50, p90) = (time(worst.durations.p50), time(worst.durations.p90))
        let (agency, share, stage) = (longest.key.words, percent(longest.value / all), worst.stage)
        return ReportFinding(
            kind: .waitsFor,
            headline: Words("\(agency.en) is waited for longest", zh: "等\(agency.zh)最久"),
            detail: Words(
                "\(share) of all the time between these stages is for it, most between \(stage.from.words.en) and"
                    + " \(stage.to.words.en): \(number(worst.durations.count)) times, median \(p50.en), p90 \(p90.en).",
                zh: "占各阶段全部时间的 \(share)，主要在“\(stage.from.words.zh)”到“\(stage.to.words.zh)”："
                    + "\(number(worst.durations.count)) 次，中位数 \(p50.zh)，p90 \(p90.zh)。"
            ),
            weight: 0.9,
            query: .stagePercentiles
        )
    }

    /// Cases that stay with one agency wait for that agency.
    private func waitsWithin(_ handovers: HandoverStatistics) -> ReportFinding? {
        guard let longest = handovers.cells.first, handovers.agencies.count > 1 else { return nil }
        let all = handovers.cells.reduce(0.0) { $0 + Double($1.wait.values.total) }
        guard all > 0 else { return nil }
        let agency = handovers.agencies[longest.to].words
        let share = Double(longest.wait.values.total) / all
        let (p50, p90) = (time(longest.wait.p50), time(longest.wait.p90))
        return ReportFinding(
            kind: .waitsFor,
            headline: Words("\(agency.en) is waited for longest", zh: "等\(agency.zh)最久"),
            detail: Words(
                "\(percent(share)) of the time of all \(cases.en) passes with it: \(en.count(longest.count, "steps")), median"
                    + " \(p50.en), p90 \(p90.en). No case goes from one agency to another.",
                zh: "占全部\(cases.zh)时间的 \(percent(share))：\(number(longest.count)) 个环节，中位数 \(p50.zh)，"
                    + "p90 \(p90.zh)。没有跨部门移交。"
            ),
            weight: 0.9,
            query: .handovers
        )
    }

    var duration: ReportFinding? {
        let durations = analysis.cases.durations
        guard durations.count > 0, durations.values.maximum > 0 else { return nil }
        let (p50, p90) = (time(durations.p50), time(durations.p90))
        return ReportFinding(
            kind: .duration,
            headline: Words(
                "Half of the \(cases.en) take \(p50.en) or more",
                zh: "半数\(cases.zh)用时不少于 \(p50.zh)"
            ),
            detail: Words(
                "From the first to the last event. One in ten takes more than \(p90.en), the longest"
                    + " \(time(durations.maximum).en).",
                zh: "自首个事件至最后一个事件。十分之一超过 \(p90.zh)，最长 \(time(durations.maximum).zh)。"
            ),
            weight: 0.6,
            query: .durations
        )
    }

    /// Where nothing was written down but that it happened, nothing can be said of waiting.
    var oneTime: ReportFinding? {
        guard analysis.graph.edges.isEmpty else { return nil }
        return ReportFinding(
            kind: .oneTime,
            headline: Words("The \(cases.en) have one time each", zh: "每件\(cases.zh)只有一个时间"),
            detail: analysis.source.mapping == nil
                ? Words(
                    "Nothing is waited for between two steps: choose other streams as cases to see where time is lost.",
                    zh: "没有前后环节，无从等待；改选其他流作为案件，可看出时间耗在哪里。"
                )
                : Words(
                    "Nothing is waited for between two steps: where time is lost is known once the mapping names more columns"
                        + " with times, or what the rows of a case have in common.",
                    zh: "没有前后环节，无从等待；映射中列出更多时间列，或指明同一案件的各行，才能看出时间耗在哪里。"
                ),
            weight: 0.95,
            query: .activities
        )
    }

    // MARK: - When it comes

    private static let weekdays = [
        Words("Monday", zh: "周一"), Words("Tuesday", zh: "周二"), Words("Wednesday", zh: "周三"),
        Words("Thursday", zh: "周四"), Words("Friday", zh: "周五"), Words("Saturday", zh: "周六"),
        Words("Sunday", zh: "周日"),
    ]

    /// The hour in which far more begins than in others.
    var season: ReportFinding? {
        let (hours, weekdays) = (analysis.seasonality.hourStarts, analysis.seasonality.weekdayStarts)
        let all = hours.reduce(0, +)
        // At midnight are those whose hour nobody wrote down, too.
        guard all >= 100, let most = hours.max(), let hour = hours.firstIndex(of: most),
            let busiest = weekdays.max(), let day = weekdays.firstIndex(of: busiest),
            Self.weekdays.indices.contains(day)
        else { return nil }
        let (share, usual) = (Double(most) / Double(all), 1.0 / 24)
        guard hour > 0, share > usual * 1.5, Chance.isClear(most, of: all, against: usual) else { return nil }
        let (from, to, weekday) = (clock(hour), clock((hour + 1) % 24), Self.weekdays[day])
        let ofWeek = percent(Double(busiest) / Double(all))
        return ReportFinding(
            kind: .season,
            headline: Words("The busiest hour is from \(from) to \(to)", zh: "\(from) 至 \(to) 最忙"),
            detail: Words(
                "\(percent(share)) of the \(cases.en) begin in it, where an even day has \(percent(usual)); the busiest day is"
                    + " \(weekday.en) with \(ofWeek).",
                zh: "\(percent(share)) 的\(cases.zh)在此时开始，全天平均为 \(percent(usual))；最忙的是\(weekday.zh)，占 \(ofWeek)。"
            ),
            weight: 0.3,
            query: .seasonality
        )
    }

    // MARK: - Limits

    var onTime: ReportFinding? {
        guard let tally = analysis.onTime?.all, let honest = tally.honest else { return nil }
        let lateness = analysis.onTime?.lateness ?? DurationSummary.none
        let late = lateness.count == 0 ? nil : time(lateness.p50)
        let open = Words(
            "\(number(tally.overdueOpen)) are past their limit and still open. The usual figure leaves them out.",
            zh: "\(number(tally.overdueOpen)) 件已超期且未结，通常的算法不计入。"
        )
        let closed = Words(
            "\(number(tally.closedLate)) of \(number(tally.closed)) that were closed were late"
                + (late.map { ", half of them by \($0.en) or more." } ?? "."),
            zh: "已结 \(number(tally.closed)) 件中 \(number(tally.closedLate)) 件逾期"
                + (late.map { "，其中一半超期 \($0.zh) 以上。" } ?? "。")
        )
        let usual = tally.usual.map(percent)
        let differs = usual != nil && usual != percent(honest)
        let not = usual.map { Words(", not \($0)", zh: "，而不是 \($0)") }
        return ReportFinding(
            kind: .onTime,
            headline: Words(
                "\(percent(honest)) were on time\(differs ? not?.en ?? "" : "")",
                zh: "按时率为 \(percent(honest))\(differs ? not?.zh ?? "" : "")"
            ),
            detail: differs ? Words("\(open.en) \(closed.en)", zh: open.zh + closed.zh) : closed,
            weight: honest < 0.98 ? 0.85 : 0.5,
            query: .onTime
        )
    }

    var lateHour: ReportFinding? {
        guard let onTime = analysis.onTime else { return nil }
        let clocks = onTime.hours.reduce(0) { $0 + $1.clocks }
        let late = onTime.hours.reduce(0) { $0 + $1.late }
        let enough = onTime.hours.filter { $0.clocks >= max(30, clocks / 100) }
        guard late > 0, let worst = enough.max(by: { ($0.share ?? 0) < ($1.share ?? 0) }), let share = worst.share
        else {
            return nil
        }
        let usual = Double(late) / Double(clocks)
        guard share > usual * 1.3, Chance.isClear(worst.late, of: worst.clocks, against: usual) else { return nil }
        let (from, to) = (clock(worst.hour), clock((worst.hour + 1) % 24))
        return ReportFinding(
            kind: .lateHour,
            headline: Words(
                "\(percent(share)) of what ends from \(from) to \(to) ends late",
                zh: "\(from) 至 \(to) 到点的，\(percent(share)) 逾期"
            ),
            detail: Words(
                "\(number(worst.late)) of \(number(worst.clocks)) limits met or missed in that hour, against"
                    + " \(percent(usual)) over the whole day.",
                zh: "该小时内到点的 \(number(worst.clocks)) 个时限中 \(number(worst.late)) 个逾期，全天为 \(percent(usual))。"
            ),
            weight: 0.7,
            query: .lateByHour
        )
    }

    private func clock(_ hour: Int) -> String { "\(hour < 10 ? "0" : "")\(hour):00" }

    // MARK: - Work done again

    var rework: ReportFinding? {
        let rework = analysis.rework
        guard rework.share >= 0.05, let most = rework.repeated.first else { return nil }
        let activity = analysis.activities[most.activity].label.words
        let p50 = time(most.time.p50)
        return ReportFinding(
            kind: .rework,
            headline: Words(
                "\(percent(rework.share)) of the \(cases.en) go through a step again",
                zh: "\(percent(rework.share)) 的\(cases.zh)有环节重复"
            ),
            detail: Words(
                "Most often \(activity.en): \(en.count(most.extra, "times")) more in \(count(most.cases, cases)), a median"
                    + " of \(p50.en) after it was done before.",
                zh: "最多的是“\(activity.zh)”：\(number(most.cases)) 件\(cases.zh)多做 \(number(most.extra)) 次，"
                    + "距上一次的中位数为 \(p50.zh)。"
            ),
            weight: min(0.75, 0.5 + rework.share / 2),
            query: .rework
        )
    }

    var reopened: ReportFinding? {
        guard let reopened = analysis.rework.reopened, reopened.cases > 0, reopened.share >= 0.01 else { return nil }
        let closing = analysis.activities[reopened.closing].label.words
        return ReportFinding(
            kind: .reopened,
            headline: Words(
                "\(percent(reopened.share)) come back after \(closing.en)",
                zh: "\(percent(reopened.share)) 在“\(closing.zh)”后又有后续"
            ),
            detail: Words(
                "\(number(reopened.cases)) of \(count(reopened.closed, cases)) that had come to \(closing.en).",
                zh: "到过“\(closing.zh)”的 \(number(reopened.closed)) 件\(cases.zh)中有 \(number(reopened.cases)) 件。"
            ),
            weight: min(0.72, 0.5 + reopened.share),
            query: .rework
        )
    }
}
