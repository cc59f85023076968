import EventSourcing
import Records

/// How long stages took, by agency: dot for the median, bar from p10 to p90, line to p99, on a logarithmic scale.
struct PercentileFigure {
    private static let stages = 3
    private static let agencies = 8
    private static let stageRows = 12
    /// An agency with fewer is not named in a title.
    private static let enough = 5

    /// One line of marks.
    private struct Row {
        let name: String
        let durations: DurationSummary?
        let limit: Duration?

        var isPastLimit: Bool { limit.map { limit in durations.map { $0.p90 > limit } ?? false } ?? false }
    }

    /// Rows that share a scale.
    private struct Panel {
        let name: String
        let rows: [Row]
    }

    private let stages: [StageStatistics.Stage]
    private let agencies: [Label]
    private let areNamed: Bool
    private let words: PageWords

    static func make(_ analysis: HistoryAnalysis, _ words: PageWords) -> Figure? {
        let stages = analysis.stages.list.filter { $0.all.count > 0 }
        guard !stages.isEmpty else { return nil }
        let panels = shown(stages)
        let named = analysis.stages.agencies.filter { agency in
            panels.contains { $0.agencies.contains { $0.agency == agency && $0.durations.count > 0 } }
        }
        let figure = PercentileFigure(
            stages: stages,
            agencies: named.count > 1 ? named : [],
            areNamed: analysis.stages.areNamed,
            words: words
        )
        return figure.make(all: analysis.stages.list)
    }

    private func make(all: [StageStatistics.Stage]) -> Figure {
        var figure = Figure(query: .stagePercentiles, title: title)
        figure.keys = [
            Figure.Key(mark: "<circle class=\"median\" cx=\"8\" cy=\"5\" r=\"4.500\"/>", text: words("median", "中位")),
            Figure.Key(
                mark: "<rect class=\"range\" x=\"0\" y=\"2\" width=\"16\" height=\"6\"/>",
                text: words("p10 to p90", "p10–p90")
            ),
            Figure.Key(mark: "<path class=\"tail\" d=\"M0 5H16\"/>", text: words("to p99", "至 p99")),
            Figure.Key(text: words("log scale", "对数刻度")),
        ]
        let rows = panels.flatMap(\.rows)
        if rows.contains(where: { $0.limit != nil }) {
            figure.keys.insert(
                Figure.Key(mark: "<path class=\"limit\" d=\"M8 0V10\"/>", text: words("limit", "时限")),
                at: figure.keys.count - 1
            )
        }
        if rows.contains(where: \.isPastLimit) {
            figure.keys.insert(
                Figure.Key(
                    mark: "<path class=\"bar-late\" d=\"M8 9.5L3 1H13Z\"/>",
                    text: words("p90 past the limit", "p90 超限")
                ),
                at: figure.keys.count - 1
            )
        }
        let left = all.count - (agencies.isEmpty ? min(all.count, Self.stageRows) : shown.count)
        let hidden = agencies.count - min(agencies.count, Self.agencies)
        if left > 0 || hidden > 0 {
            let parts =
                (left > 0 ? [words("\(left) more stages", "另有 \(left) 个阶段")] : [])
                + (hidden > 0 ? [words("\(hidden) more agencies", "另有 \(hidden) 个单位")] : [])
            figure.note = words.list(parts) + words(" in the table", "见下表")
        }
        figure.picture = Picture(title, width: Picture.wideColumn, draw: draw)
        figure.tables = [table(all)]
        return figure
    }

    // MARK: - Words

    private var title: String { limitTitle ?? spreadTitle }

    /// Where most agencies pass their limit at p90.
    private var limitTitle: String? {
        var worst: (stage: StageStatistics.Stage, past: Int, all: Int)?
        for stage in shown {
            let limited = stage.agencies.filter { $0.limit != nil && $0.durations.count >= Self.enough }
            let past = limited.filter { entry in entry.limit.map { entry.durations.p90 > $0.limit } ?? false }.count
            if past > worst?.past ?? 0 { worst = (stage, past, limited.count) }
        }
        guard let worst, !agencies.isEmpty, worst.all > 1 else { return nil }
        let (from, to) = (words.brief(worst.stage.from), words.brief(worst.stage.to))
        return words(
            "From \(from) to \(to), \(worst.past) of \(worst.all) agencies pass the limit at p90",
            "从“\(from)”到“\(to)”：\(worst.all) 个单位中 \(worst.past) 个 p90 超限"
        )
    }

    private var spreadTitle: String {
        let rows = agencies.prefix(Self.agencies)
        var widest: (stage: StageStatistics.Stage, fast: StageStatistics.ByAgency, slow: StageStatistics.ByAgency)?
        var most = 1.5
        for stage in shown {
            let known = stage.agencies.filter {
                rows.contains($0.agency) && $0.durations.count >= Self.enough && $0.durations.p50 > .zero
            }
            guard let fast = known.min(by: { $0.durations.p50 < $1.durations.p50 }),
                let slow = known.max(by: { $0.durations.p50 < $1.durations.p50 })
            else { continue }
            let ratio = Double(slow.durations.values.p50) / Double(fast.durations.values.p50)
            if ratio > most { (widest, most) = ((stage, fast, slow), ratio) }
        }
        if let widest, !agencies.isEmpty {
            let (from, to) = (words.brief(widest.stage.from), words.brief(widest.stage.to))
            let (fast, slow) = (words.brief(widest.fast.agency), words.brief(widest.slow.agency))
            let quick = words.duration(widest.fast.durations.p50)
            let late = words.duration(widest.slow.durations.p50)
            return words(
                "From \(from) to \(to), \(fast) takes \(quick) and \(slow) \(late)",
                "从“\(from)”到“\(to)”：\(fast) \(quick)，\(slow) \(late)"
            )
        }
        let longest = stages.max { $0.all.p50 < $1.all.p50 } ?? stages[0]
        let stage = words[longest.words]
        let (median, p90) = (words.duration(longest.all.p50), words.duration(longest.all.p90))
        return words(
            "\(stage) takes longest: half over \(median), one in ten over \(p90)",
            "“\(stage)”最慢：半数超过 \(median)，十分之一超过 \(p90)"
        )
    }

    // MARK: - Picture

    /// The stages that have panels: those in which most time passed, in the order of the work.
    private var shown: [StageStatistics.Stage] { Self.shown(stages) }

    private static func shown(_ stages: [StageStatistics.Stage]) -> [StageStatistics.Stage] {
        let ranked = stages.indices.sorted { (stages[$0].all.total, $1) > (stages[$1].all.total, $0) }
        return ranked.prefix(Self.stages).sorted().map { stages[$0] }
    }

    private var panels: [Panel] {
        guard !agencies.isEmpty else {
            let rows = stages.prefix(Self.stageRows).map {
                Row(name: words[$0.words], durations: $0.all, limit: $0.limit?.limit)
            }
            return [Panel(name: "", rows: rows)]
        }
        return shown.map { stage in
            var rows = [Row(name: words("all", "全部"), durations: stage.all, limit: stage.limit?.limit)]
            for agency in agencies.prefix(Self.agencies) {
                let entry = stage.agencies.first { $0.agency == agency && $0.durations.count > 0 }
                rows.append(
                    Row(name: words.name(agency), durations: entry?.durations, limit: entry?.limit?.limit)
                )
            }
            return Panel(name: words[stage.words], rows: rows)
        }
    }

    private func draw(_ width: Double) -> Drawing {
        let panels = self.panels
        let isNarrow = width <= Picture.telephone
        let names = panels.flatMap(\.rows).map { TextMeasure.width($0.name, size: 13) }.max() ?? 0
        let nameWidth = min(names + 14, agencies.isEmpty ? width * 0.42 : isNarrow ? 110 : 150)
        let rowHeight = 39.0
        let rows = Double(panels.first?.rows.count ?? 0)
        let columns = isNarrow ? 1.0 : Double(panels.count)
        let gap = 34.0
        let panelWidth = (width - nameWidth - gap * (columns - 1) - 20) / columns
        let titles = panels.map { TextMeasure.lines($0.name, width: panelWidth + 16, size: 13, isBold: true, most: 2) }
        let head = 8.0 + 16 * Double(titles.map(\.count).max() ?? 0)
        let panelHeight = head + rows * rowHeight + (isNarrow ? 40 : 26)
        var drawing = Drawing(width: width, height: isNarrow ? panelHeight * Double(panels.count) : panelHeight)
        for (index, panel) in panels.enumerated() {
            let top = isNarrow ? panelHeight * Double(index) : 0
            let x = nameWidth + (isNarrow ? 0 : Double(index) * (panelWidth + gap))
            if isNarrow || index == 0 {
                for (row, entry) in panel.rows.enumerated() {
                    let base = top + head + Double(row) * rowHeight
                    if row > 0 { drawing.line("grid-line", from: Point(x: 0, y: base), to: Point(x: width, y: base)) }
                    drawing.text(
                        "row-name",
                        TextMeasure.shortened(entry.name, to: nameWidth - 10, size: 13),
                        at: Point(x: 0, y: base + 27),
                        full: entry.name
                    )
                }
            }
            for (line, title) in titles[index].enumerated() {
                let y = top + head - 11 - Double(titles[index].count - 1 - line) * 16
                drawing.text("panel-name", title, at: Point(x: x, y: y), full: panel.name)
            }
            draw(panel, in: Box(x: x, y: top, width: panelWidth, height: panelHeight), head, rowHeight, &drawing)
        }
        return drawing
    }

    private func draw(_ panel: Panel, in box: Box, _ head: Double, _ rowHeight: Double, _ drawing: inout Drawing) {
        let values = panel.rows.flatMap { row -> [Double] in
            guard let durations = row.durations else { return [] }
            let marks = [durations.p10, durations.p50, durations.p90, durations.p99] + [row.limit].compactMap(\.self)
            return marks.map(Self.seconds)
        }
        let bottom = box.y + head + Double(panel.rows.count) * rowHeight + 6
        guard let scale = LogScale(holding: values, at: box.x, box.right) else {
            drawing.text("small quiet", words("all are zero", "全部为零"), at: Point(x: box.x, y: box.y + head + 27))
            return
        }
        for tick in scale.ticks(apart: 50) {
            let x = scale.place(tick)
            drawing.line("grid-line", from: Point(x: x, y: box.y + head - 4), to: Point(x: x, y: bottom))
            drawing.text("axis", words.duration(seconds: tick), at: Point(x: x, y: bottom + 15), anchor: .middle)
        }
        for (index, row) in panel.rows.enumerated() {
            let y = box.y + head + Double(index) * rowHeight + 24
            guard let durations = row.durations else {
                // Ways between activities are no stages that every agency should have.
                let hatch = Box(x: box.x, y: y - 6, width: 26, height: 12)
                if areNamed { drawing.box("bar-missing", hatch, title: row.name) }
                let x = box.x + (areNamed ? 32 : 0)
                drawing.text("small quiet", words("none", "无"), at: Point(x: x, y: y + 4))
                continue
            }
            mark(row, durations, y, scale, &drawing)
        }
    }

    private func mark(
        _ row: Row,
        _ durations: DurationSummary,
        _ y: Double,
        _ scale: LogScale,
        _ drawing: inout Drawing
    ) {
        let (p10, p50) = (scale.place(Self.seconds(durations.p10)), scale.place(Self.seconds(durations.p50)))
        let (p90, p99) = (scale.place(Self.seconds(durations.p90)), scale.place(Self.seconds(durations.p99)))
        let title = words(
            "\(row.name): \(words.number(durations.count)) times, p10 \(words.duration(durations.p10)), median"
                + " \(words.duration(durations.p50)), p90 \(words.duration(durations.p90)), p99 \(words.duration(durations.p99))",
            "\(row.name)：\(words.number(durations.count)) 次，p10 \(words.duration(durations.p10))，中位"
                + " \(words.duration(durations.p50))，p90 \(words.duration(durations.p90))，p99 \(words.duration(durations.p99))"
        )
        drawing.group("", title: title) { drawing in
            drawing.line("tail", from: Point(x: p10, y: y), to: Point(x: p99, y: y))
            drawing.box("range", Box(x: p10, y: y - 3.5, width: max(1, p90 - p10), height: 7))
            let median = words.duration(durations.p50)
            if let limit = row.limit.map({ scale.place(Self.seconds($0)) }) {
                if row.isPastLimit { past(limit, durations, p50, y, scale, &drawing) }
                drawing.line("limit", from: Point(x: limit, y: y - 8), to: Point(x: limit, y: y + 9))
            }
            drawing.dot("median", Point(x: p50, y: y), radius: 5.5)
            drawing.text("small strong halo", median, at: Point(x: p50, y: y - 10), anchor: .middle)
        }
    }

    /// What of the bar is past the limit, marked with its end; where the median's label is, the number stands below.
    private func past(
        _ limit: Double,
        _ durations: DurationSummary,
        _ median: Double,
        _ y: Double,
        _ scale: LogScale,
        _ drawing: inout Drawing
    ) {
        let p90 = scale.place(Self.seconds(durations.p90))
        let text = words.duration(durations.p90)
        drawing.box("bar-late", Box(x: limit, y: y - 3.5, width: max(1, p90 - limit), height: 7))
        let half = TextMeasure.width(words.duration(durations.p50), size: 11.5, isBold: true) / 2
        let isNear = median + half > p90 - 6
        let tip = Point(x: p90, y: isNear ? y + 4.5 : y - 4.5)
        if isNear {
            drawing.path("bar-late", .pointingUp(at: tip, size: 9))
        } else {
            drawing.path("bar-late", .pointingDown(at: tip, size: 9))
        }
        let width = TextMeasure.width(text, size: 11.5, isBold: true)
        let fits = p90 + 8 + width <= scale.end + 20
        let base = isNear ? y + 14 : y - 5
        drawing.text(
            "small bad halo",
            text,
            at: Point(x: fits ? p90 + 7 : p90 - 7, y: base),
            anchor: fits ? .start : .end
        )
    }

    private static func seconds(_ duration: Duration) -> Double { Double(duration.wholeMicroseconds) / 1_000_000 }

    // MARK: - Table

    private func table(_ all: [StageStatistics.Stage]) -> PageTable {
        var table = PageTable(
            caption: words("Stages in figures", "各阶段数字"),
            columns: [
                .text(words("stage", "阶段")), .text(words("agency", "单位")), .number(words("times", "次数")),
                .number("p10"), .number(words("median", "中位")), .number("p90"), .number("p99"),
                .number(words("limit", "时限")), .number(words("over it", "超限")),
                .number(words("missing", "缺失")), .number(words("impossible", "不可能")),
            ]
        )
        for stage in all {
            table.rows.append(
                row(stage, words("all", "全部"), stage.all, stage.limit)
                    + [.number(stage.missing), .number(stage.impossible)]
            )
            for entry in stage.agencies {
                table.rows.append(
                    row(stage, words.name(entry.agency), entry.durations, entry.limit) + [.text(""), .text("")]
                )
            }
        }
        return table
    }

    private func row(
        _ stage: StageStatistics.Stage,
        _ agency: String,
        _ durations: DurationSummary,
        _ limit: StageStatistics.StageLimit?
    ) -> [PageTable.Cell] {
        let head: [PageTable.Cell] = [.text(words[stage.words]), .text(agency), .number(durations.count)]
        let times: [PageTable.Cell] =
            durations.count > 0
            ? [durations.p10, durations.p50, durations.p90, durations.p99].map { .duration($0) }
            : Array(repeating: .missing(words("none", "无")), count: 4)
        let limits: [PageTable.Cell] =
            limit.map { [.duration($0.limit), .number($0.overruns)] }
            ?? Array(repeating: .text(words("no limit", "无时限")), count: 2)
        return head + times + limits
    }
}
