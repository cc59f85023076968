import EventSourcing
import MusterDomain
package import Records

extension HistoryReplay {
    private static let maximumAgencies = 12

    /// The replay for a terminal: what was asked, the three runs beside each other, what they rest on. Aligned columns,
    /// no colour, a line break at the end.
    package func text(_ language: Language) -> String {
        let words = ReportWords(language: language)
        var lines = headLines(words) + [""] + mainLines(words)
        if !calibration.isTrusted { lines += [""] + warning(words) }
        if !hasLimits { lines += ["", words[Self.noLimits]] }
        lines += [""] + agencyLines(words)
        lines += [""] + bandLines(words)
        lines += ["", words[Words("What this rests on", zh: "依据与假设")]]
        for assumption in ReplayAssumptions(self, words).list { lines += Self.wrapped("  · ", words[assumption]) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let noLimits = Words(
        "Nothing in the log says when anything was due, so nobody can be late: --limit STAGE=TIME gives a limit.",
        zh: "日志未说明任何期限，因此无从判断逾期：可用 --limit 阶段=时间 给出时限。"
    )

    private func headLines(_ words: ReportWords) -> [String] {
        let steps = base.draft.steps.count { $0.agency >= 0 }
        var lines = [
            words[
                Words(
                    "Replay of log \(source.log) up to position \(source.position), hours of \(source.zone)",
                    zh: "重演日志 \(source.log)（截至位置 \(source.position)，时区 \(source.zone)）"
                )
            ],
            words[
                Words(
                    "\(words.number(steps)) steps of work by \(formerAgencies) agencies",
                    zh: "\(words.number(steps)) 个工作步骤，\(formerAgencies) 个部门"
                )
            ],
        ]
        lines += source.filters.map { words[Words("only: \($0.en)", zh: "仅：\($0.zh)")] }
        let said = changeWords(words)
        if said.isEmpty {
            lines.append(words[Words("What if nothing were different?", zh: "假设：没有任何变化")])
        } else {
            lines.append(words[Words("What if:", zh: "假设：")])
            lines += said.map { "  " + words[$0] }
        }
        return lines
    }

    private var hasLimits: Bool { history.all.tally.all + outcome.all.tally.all > 0 }
    private var formerAgencies: Int { Set(base.work.agencies.filter { $0 >= 0 }).count }

    private func changeWords(_ words: ReportWords) -> [Words] {
        var list: [Words] = []
        for change in changes.crews {
            let name = change.agency == CrewChange.everyAgency ? Words("every agency", zh: "每个部门") : nil
            let (en, zh) = (name?.en ?? change.agency, name?.zh ?? change.agency)
            let span = "\(change.hours.from):00–\(change.hours.until):00"
            switch change.number {
            case .exactly(let number):
                list.append(Words("\(en), \(span): crews \(number)", zh: "\(zh) \(span)：班组 \(number) 个"))
            case .more(let number):
                list.append(Words("\(en), \(span): \(Self.crews(number)) more", zh: "\(zh) \(span)：增加 \(number) 个班组"))
            case .fewer(let number):
                list.append(Words("\(en), \(span): \(Self.crews(number)) fewer", zh: "\(zh) \(span)：减少 \(number) 个班组"))
            }
        }
        for limit in changes.limits {
            let time = words.roughly(limit.time)
            let isAdded = addedLimits.contains(limit)
            list.append(
                Words(
                    "\(limit.stage) within \(time) of coming in"
                        + (isAdded ? " (no limit in the log: this one holds for all columns)" : ""),
                    zh: "\(limit.stage) 须在到来后 \(time) 内" + (isAdded ? "（日志无此时限，三列均按此计）" : "")
                )
            )
        }
        if let playbook = changes.playbook {
            list.append(
                Words(
                    "incidents by the playbook \(playbook.nameEN), version \(playbook.version)",
                    zh: "按预案“\(playbook.nameZH)”第 \(playbook.version) 版处置"
                )
            )
        }
        return list
    }

    private static func crews(_ number: Int) -> String { number == 1 ? "1 crew" : "\(number) crews" }

    // MARK: - Tables

    private func mainLines(_ words: ReportWords) -> [String] {
        var table = TextTable()
        table.add(
            "",
            words[Words("as it was", zh: "实际")],
            words[Words("replayed as it was", zh: "原样重演")],
            words[Words("with the change", zh: "变化后")],
            words[Words("difference", zh: "差别")]
        )
        func add(_ label: Words, _ value: (ReplayFigures) -> String, _ difference: String) {
            table.add(words[label], value(history), value(unchanged), value(outcome), difference)
        }
        func count(_ label: Words, _ value: (ReplayFigures) -> Int) {
            add(label, { words.number(value($0)) }, Self.signed(value(outcome) - value(unchanged), words))
        }
        if hasLimits {
            count(Words("had a limit", zh: "有时限")) { $0.all.tally.all }
            count(Words("late", zh: "逾期")) { $0.all.tally.late }
            add(
                Words("in time, of what was decided", zh: "按时率"),
                { $0.all.tally.honest.map(words.percent) ?? "–" },
                ""
            )
            add(
                Words("late by, median", zh: "逾期时长中位数"),
                { $0.lateness.count == 0 ? "–" : words.roughly($0.lateness.p50) },
                ""
            )
        }
        func time(_ label: Words, _ value: (ReplayFigures) -> Int64) {
            // Sums of times of another age wrap, and must not crash.
            let difference = value(outcome) &- value(unchanged)
            add(
                label,
                { words.roughly(.microseconds(value($0))) },
                difference == 0 ? "0" : (difference > 0 ? "+" : "") + words.signed(.microseconds(difference))
            )
        }
        time(Words("waited for the work to begin, median", zh: "等待开始，中位数")) { $0.all.waits.values.p50 }
        time(Words("  p90", zh: "  p90")) { $0.all.waits.values.p90 }
        time(Words("  p99", zh: "  p99")) { $0.all.waits.values.p99 }
        time(Words("waited for a crew, all together", zh: "等待班组，合计")) { $0.all.waitedForCrew }
        count(Words("crew hours at work", zh: "班组工时（工作）")) { Int((Double($0.worked) / 3_600e6).rounded()) }
        table.add(
            words[Words("crew hours on duty, a day", zh: "班组工时（在岗，每天）")],
            "–",
            words.number(hoursADay(formerRoster)),
            words.number(hoursADay(roster)),
            Self.signed(hoursADay(roster) - hoursADay(formerRoster), words)
        )
        return table.lines(indent: 0) + ["", words[calibrationWords(words)]]
    }

    func hoursADay(_ roster: CrewRoster) -> Int {
        Set(changed.work.agencies + base.work.agencies).filter { $0 >= 0 }.reduce(0) { $0 + roster.hoursADay(Int($1)) }
    }

    private func calibrationWords(_ words: ReportWords) -> Words {
        func error(_ value: Double) -> String {
            value == 0 ? "0 %" : (value > 0 ? "+" : "−") + words.percent(abs(value))
        }
        let (waits, calibration) = (calibration.waits ?? 0, calibration)
        guard let late = calibration.late else {
            return Words(
                "Without the change the replay gives waiting of \(error(waits)) against how it was: so far can it be trusted.",
                zh: "不作变化时，重演的等待与实际相差 \(error(waits))：可信程度以此为限。"
            )
        }
        let (was, became) = (words.number(history.all.tally.late), words.number(unchanged.all.tally.late))
        return Words(
            "Late as it was \(was), in the replay without the change \(became): error \(error(late)); waiting \(error(waits)).",
            zh: "实际逾期 \(was)，原样重演逾期 \(became)：误差 \(error(late))；等待误差 \(error(waits))。"
        )
    }

    private func warning(_ words: ReportWords) -> [String] {
        let text = Words(
            "WARNING: the replay does not give the history back. Work was not done first come, first served, or not by the"
                + " crews that are assumed: look at the assumptions, say what you know (--begins, --work, --had), and do not"
                + " rely on the differences above.",
            zh: "警告：重演未能还原历史。工作并非先到先办，或班组与假设不符：请查看假设并补充已知情况（--begins、--work、--had），勿依赖上面的差别。"
        )
        return Self.wrapped("", words[text])
    }

    private func agencyLines(_ words: ReportWords) -> [String] {
        let weight = history.agencies.merging(outcome.agencies) { a, _ in a }
        let listed = weight.keys.sorted { a, b in
            let (x, y) = (change(a), change(b))
            if x != y { return x > y }
            let (p, q) = (history.agencies[a]?.waits.count ?? 0, history.agencies[b]?.waits.count ?? 0)
            return p == q ? names.agencies[a] < names.agencies[b] : p > q
        }
        var table = GroupTable(words, Words("by agency", zh: "按部门"), hasLimits: hasLimits)
        for agency in listed.prefix(Self.maximumAgencies) {
            table.add(
                words[names.agency(agency).words],
                history.agencies[agency] ?? .init(),
                unchanged.agencies[agency] ?? .init(),
                outcome.agencies[agency] ?? .init(),
                crews: Sparkline.text(roster.hours(Int(agency)))
            )
        }
        let rest = listed.count - Self.maximumAgencies
        if rest > 0 { return table.lines + ["  " + words[Words("… \(rest) others", zh: "…其他 \(rest) 个")]] }
        return table.lines
    }

    /// How much the change does to an agency: in late work, then in waiting.
    private func change(_ agency: Int32) -> (late: Int, waiting: Double) {
        let (before, after) = (unchanged.agencies[agency] ?? .init(), outcome.agencies[agency] ?? .init())
        let waits = Double(after.waits.values.total) - Double(before.waits.values.total)
        return (abs(after.tally.late - before.tally.late), abs(waits))
    }

    private func bandLines(_ words: ReportWords) -> [String] {
        var table = GroupTable(words, Words("by hour of coming in", zh: "按到来时段"), hasLimits: hasLimits)
        for band in 0..<ReplayFigures.bandCount {
            let from = band * ReplayFigures.bandHours
            table.add(
                "\(from):00–\(from + ReplayFigures.bandHours):00",
                history.bands[band],
                unchanged.bands[band],
                outcome.bands[band],
                crews: nil
            )
        }
        return table.lines
    }

    private static func signed(_ value: Int, _ words: ReportWords) -> String {
        value == 0 ? "0" : (value > 0 ? "+" : "−") + words.number(abs(value))
    }

    /// Lines of at most 118 columns; those after the first stand under its text.
    private static func wrapped(_ bullet: String, _ text: String) -> [String] {
        var (lines, line) = ([String](), bullet)
        var width = TextTable.width(bullet)
        let indent = String(repeating: " ", count: width)
        for word in text.split(separator: " ") {
            let more = TextTable.width(String(word))
            if width + more + 1 > 118, width > indent.count {
                lines.append(line)
                (line, width) = (indent, indent.count)
            }
            if width > indent.count { line += " " }
            line += word
            width += more + 1
        }
        return lines + [line]
    }
}

/// A table of groups: how late and how long they waited, with a bar for what is left after the change.
private struct GroupTable {
    private let words: ReportWords
    private let hasLimits: Bool
    private var rows: [(cells: [String], before: Int64, after: Int64, crews: String?)] = []
    private let title: Words

    init(_ words: ReportWords, _ title: Words, hasLimits: Bool) {
        self.words = words
        self.title = title
        self.hasLimits = hasLimits
    }

    mutating func add(
        _ label: String,
        _ was: ReplayFigures.Group,
        _ before: ReplayFigures.Group,
        _ after: ReplayFigures.Group,
        crews: String?
    ) {
        func three(_ value: (ReplayFigures.Group) -> String) -> [String] { [value(was), value(before), value(after)] }
        var cells = [label]
        if hasLimits { cells += three { words.number($0.tally.late) } }
        cells += three { $0.waits.count == 0 ? "–" : words.roughly($0.waits.p90) }
        let isLate = hasLimits
        rows.append(
            (
                cells, isLate ? Int64(before.tally.late) : before.waits.values.p90,
                isLate ? Int64(after.tally.late) : after.waits.values.p90, crews
            )
        )
    }

    var lines: [String] {
        let (was, again, then) = (Words("was", zh: "实际"), Words("again", zh: "原样"), Words("then", zh: "变化后"))
        var head = [words[title]]
        if hasLimits {
            head += [
                words[Words("late: \(was.en)", zh: "逾期：\(was.zh)")], words[again], words[then],
            ]
        }
        head += [words[Words("p90 wait: \(was.en)", zh: "等待 p90：\(was.zh)")], words[again], words[then]]
        let bars = Words("again → then", zh: "原样 → 变化后")
        let hours = Words("crews 0–23 h, then | \(bars.en)", zh: "班组 0–23 时（变化后）| \(bars.zh)")
        head.append(words[rows.contains { $0.crews != nil } ? hours : bars])
        var table = TextTable(hasRemarks: true)
        table.add(head)
        let most = rows.map { max($0.before, $0.after) }.max() ?? 0
        for row in rows {
            let bars = "\(Self.bar(row.before, most)) → \(Self.bar(row.after, most))"
            table.add(row.cells + [row.crews.map { "\($0) | \(bars)" } ?? bars])
        }
        return table.lines(indent: 0)
    }

    private static let barWidth = 12

    /// Eighths of a column.
    private static func bar(_ value: Int64, _ most: Int64) -> String {
        guard most > 0, value > 0 else { return "·" }
        let eighths = max(1, Int(Double(value) / Double(most) * Double(barWidth * 8)))
        let rest = Array(" ▏▎▍▌▋▊▉")[eighths % 8]
        return String(repeating: "█", count: eighths / 8) + (eighths % 8 == 0 ? "" : String(rest))
    }
}
