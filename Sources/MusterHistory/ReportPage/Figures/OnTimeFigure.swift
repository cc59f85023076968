import Records

/// The honest rate beside the usual one, and both by month (R14.3).
struct OnTimeFigure {
    private static let barHeight = 22.0

    private let onTime: OnTimeStatistics
    private let words: PageWords

    static func make(_ analysis: HistoryAnalysis, _ words: PageWords) -> Figure? {
        guard let onTime = analysis.onTime, onTime.all.honest != nil else { return nil }
        return OnTimeFigure(onTime: onTime, words: words).figure
    }

    private var figure: Figure {
        var figure = Figure(query: .onTime, title: title, place: .right)
        let tally = onTime.all
        var notes = [words("Formula \(onTime.formula), R14.3", "公式 \(onTime.formula)，R14.3")]
        if tally.openWithin > 0 {
            let open = words.number(tally.openWithin)
            notes.append(words("\(open) are open within their limit and in neither", "\(open) 个仍在时限内，均不计"))
        }
        if onTime.endsAreAssumed {
            notes.append(
                words("the log does not say when a case is closed: its last event was taken", "日志未载结案时间，以最后事件代之")
            )
        }
        figure.note = notes.joined(separator: words("; ", "；"))
        figure.picture = Picture(title, width: Picture.narrowColumn, draw: draw)
        figure.tables = tables
        return figure
    }

    private var title: String {
        let tally = onTime.all
        let (honest, usual) = (tally.honest ?? 0, tally.usual ?? 0)
        let points = Int(((usual - honest) * 100).rounded())
        if tally.overdueOpen > 0, points > 0 {
            return words(
                "Leaving out what is open and overdue flatters by \(points) \(points == 1 ? "point" : "points")",
                "不计逾期未结，虚高 \(points) 个百分点"
            )
        }
        let share = words.share(honest)
        if tally.closedLate == 0, tally.overdueOpen == 0 { return words("All were on time", "全部按时") }
        let late = words.duration(onTime.lateness.p50)
        guard tally.closedLate > 0 else { return words("\(share) were on time", "\(share) 按时") }
        return words(
            "\(share) were on time; half of the late ones by more than \(late)",
            "\(share) 按时；逾期者半数迟于 \(late)"
        )
    }

    private func draw(_ width: Double) -> Drawing {
        let months = onTime.months
        let hasMonths = months.filter { $0.tally.honest != nil }.count > 1
        let legend = legendLines(width)
        let top = 100.0 + Double(legend.count) * 17
        var drawing = Drawing(width: width, height: hasMonths ? top + 230 : top)
        let tally = onTime.all
        let whole = Double(max(1, tally.closed + tally.overdueOpen))
        let room = width - 92
        func rate(_ y: Double, _ name: String, _ share: Double?, _ parts: [(String, Int)]) {
            drawing.text("", name, at: Point(x: 0, y: y - 6))
            var x = 0.0
            for (style, count) in parts where count > 0 {
                let length = Double(count) / whole * room
                drawing.box(style, Box(x: x, y: y, width: max(1, length - 1.5), height: Self.barHeight))
                x += length
            }
            let text = share.map(words.share) ?? "–"
            drawing.text("big", text, at: Point(x: width, y: y + 20), anchor: .end)
        }
        rate(
            18,
            words("as usually counted: in time / closed", "通常算法：按时 / 已结"),
            tally.usual,
            [("bar-a", tally.inTime), ("bar-late", tally.closedLate)]
        )
        rate(
            68,
            words("honest: in time / (closed + overdue open)", "如实算法：按时 /（已结＋逾期未结）"),
            tally.honest,
            [("bar-a", tally.inTime), ("bar-late", tally.closedLate), ("bar-open", tally.overdueOpen)]
        )
        for (line, entries) in legend.enumerated() {
            for entry in entries {
                let y = 100 + Double(line) * 17
                drawing.box(entry.style, Box(x: entry.x, y: y, width: 10, height: 10))
                drawing.text("small", entry.text, at: Point(x: entry.x + 15, y: y + 9.5))
            }
        }
        if hasMonths {
            let lines = MonthLines(months: months, words: words)
            lines.draw(in: Box(x: 0, y: top + 30, width: width, height: 196), &drawing)
        }
        return drawing
    }

    private func legendLines(_ width: Double) -> [[(x: Double, style: String, text: String)]] {
        let tally = onTime.all
        let entries = [
            ("bar-a", words("in time \(words.number(tally.inTime))", "按时 \(words.number(tally.inTime))"), tally.inTime),
            (
                "bar-late",
                words("closed late \(words.number(tally.closedLate))", "逾期办结 \(words.number(tally.closedLate))"),
                tally.closedLate
            ),
            (
                "bar-open",
                words("overdue, open \(words.number(tally.overdueOpen))", "逾期未结 \(words.number(tally.overdueOpen))"),
                tally.overdueOpen
            ),
        ]
        var lines: [[(x: Double, style: String, text: String)]] = [[]]
        var x = 0.0
        for (style, text, _) in entries {
            let length = TextMeasure.width(text, size: 11.5) + 34
            if x > 0, x + length > width {
                lines.append([])
                x = 0
            }
            lines[lines.count - 1].append((x, style, text))
            x += length
        }
        return lines
    }

    private var tables: [PageTable] {
        func table(_ caption: String, _ first: String) -> PageTable {
            PageTable(
                caption: caption,
                columns: [
                    .text(first), .number(words("honest", "如实")), .number(words("usual", "通常")),
                    .number(words("in time", "按时")), .number(words("closed late", "逾期办结")),
                    .number(words("overdue open", "逾期未结")), .number(words("open within", "时限内未结")),
                ]
            )
        }
        func cells(_ name: String, _ tally: OnTimeStatistics.Tally) -> [PageTable.Cell] {
            let none = PageTable.Cell.missing(words("none due", "无到期"))
            return [
                .text(name), tally.honest.map { .share($0) } ?? none, tally.usual.map { .share($0) } ?? none,
                .number(tally.inTime), .number(tally.closedLate), .number(tally.overdueOpen), .number(tally.openWithin),
            ]
        }
        var tables: [PageTable] = []
        if !onTime.agencies.isEmpty {
            var agencies = table(words("On time by agency", "各单位按时率"), words("agency", "单位"))
            agencies.rows = onTime.agencies.map { cells(words.name($0.agency), $0.tally) }
            tables.append(agencies)
        }
        if onTime.kinds.count > 1 {
            var kinds = table(words("On time by limit", "各时限按时率"), words("limit", "时限"))
            kinds.rows = onTime.kinds.map { cells(words.name($0.label), $0.tally) }
            tables.append(kinds)
        }
        if onTime.months.count > 1 {
            var months = table(words("On time by month", "各月按时率"), words("month", "月份"))
            months.rows = onTime.months.map { cells(words.month($0.month), $0.tally) }
            tables.append(months)
        }
        return tables
    }
}

/// Both rates by month, as lines that are named at their ends. A month in which nothing was due is a gap.
private struct MonthLines {
    let months: [OnTimeStatistics.ByMonth]
    let words: PageWords

    func draw(in box: Box, _ drawing: inout Drawing) {
        let shares = months.flatMap { [$0.tally.honest, $0.tally.usual] }.compactMap { $0.map { $0 * 100 } }
        let lowest = max(0, ((shares.min() ?? 0) / 10 - 0.3).rounded(.down) * 10)
        let highest = min(100, ((shares.max() ?? 100) / 10 + 0.1).rounded(.up) * 10)
        let labels = 96.0
        let plot = Box(x: box.x + 30, y: box.y, width: box.width - 30 - labels, height: box.height - 24)
        let scale = LinearScale(from: lowest, to: max(highest, lowest + 10), at: plot.bottom, plot.y)
        for tick in scale.ticks(4) {
            let y = scale.place(tick)
            drawing.line("grid-line", from: Point(x: plot.x, y: y), to: Point(x: plot.right, y: y))
            drawing.text(
                "axis",
                words.decimal(Int((tick * 10).rounded())),
                at: Point(x: plot.x - 6, y: y + 4),
                anchor: .end
            )
        }
        let step = plot.width / Double(max(1, months.count - 1))
        func x(_ index: Int) -> Double { plot.x + Double(index) * step }
        gaps(x, step, plot, &drawing)
        line("usual", \.usual, x, scale, &drawing)
        line("honest", \.honest, x, scale, &drawing)
        axis(x, plot, &drawing)
        names(plot, scale, &drawing)
        drawing.text("axis-head", words("% by month in which it was due", "按到期月份，%"), at: Point(x: 0, y: box.y - 9))
    }

    private func gaps(_ x: (Int) -> Double, _ step: Double, _ plot: Box, _ drawing: inout Drawing) {
        for (index, month) in months.enumerated() where month.tally.honest == nil {
            let width = min(step * 0.8, 8)
            let bar = Box(x: x(index) - width / 2, y: plot.y, width: width, height: plot.height)
            let title = words("\(words.month(month.month)): nothing due", "\(words.month(month.month))：无到期")
            drawing.box("bar-missing", bar, title: title)
        }
    }

    private func line(
        _ style: String,
        _ share: KeyPath<OnTimeStatistics.Tally, Double?>,
        _ x: (Int) -> Double,
        _ scale: LinearScale,
        _ drawing: inout Drawing
    ) {
        var run: [Point] = []
        func end() {
            if run.count > 1 { drawing.path(style, Path.polyline(run)) }
            // A month that stands alone is a dot.
            if run.count == 1 { drawing.dot("\(style)-dot", run[0], radius: 2.5) }
            run = []
        }
        for (index, month) in months.enumerated() {
            guard let value = month.tally[keyPath: share] else {
                end()
                continue
            }
            run.append(Point(x: x(index), y: scale.place(value * 100)))
        }
        end()
    }

    private func axis(_ x: (Int) -> Double, _ plot: Box, _ drawing: inout Drawing) {
        let labels = MonthAxis.labels(months.map(\.month), words, within: plot.x...plot.right + 30, at: x)
        for label in labels {
            drawing.text(
                "axis",
                label.text,
                at: Point(x: label.x, y: plot.bottom + 18),
                anchor: .middle,
                full: label.full
            )
        }
    }

    private func names(_ plot: Box, _ scale: LinearScale, _ drawing: inout Drawing) {
        guard let last = months.last(where: { $0.tally.honest != nil })?.tally, let honest = last.honest else { return }
        var honestY = scale.place(honest * 100) + 4
        if let usual = last.usual {
            var usualY = scale.place(usual * 100) + 4
            if abs(usualY - honestY) < 15 {
                let middle = (usualY + honestY) / 2
                (usualY, honestY) = (middle - 8, middle + 8)
            }
            let text = words("usual \(words.share(usual))", "通常 \(words.share(usual))")
            drawing.text("quiet", text, at: Point(x: plot.right + 8, y: usualY))
        }
        let text = words("honest \(words.share(honest))", "如实 \(words.share(honest))")
        drawing.text("strong", text, at: Point(x: plot.right + 8, y: honestY))
    }
}
