import Records

/// Who waits for whom: rows had it, columns were waited for.
struct HandoverFigure {
    private static let wide = 10
    private static let narrow = 5
    private static let rowHeight = 34.0

    private let handovers: HandoverStatistics
    private let words: PageWords

    static func make(_ analysis: HistoryAnalysis, _ words: PageWords) -> Figure? {
        guard let handovers = analysis.handovers, handovers.handovers > 0 else { return nil }
        return HandoverFigure(handovers: handovers, words: words).figure
    }

    /// The longest wait of one agency for another; many small ones together are no agency.
    private var worst: HandoverStatistics.Cell? {
        let rest = handovers.agencies.count > HandoverStatistics.maximumAgencies ? handovers.agencies.count - 1 : -1
        return handovers.cells.first { $0.isHandover && $0.from != rest && $0.to != rest }
    }

    private var figure: Figure {
        var figure = Figure(query: .handovers, title: title)
        figure.keys = [
            Figure.Key(text: words("row hands over, column is waited for", "行移交，列被等待")),
            Figure.Key(text: words("figure: median wait", "数字：等待中位时长")),
            Figure.Key(
                mark:
                    "<rect class=\"s1\" width=\"5\" height=\"10\"/><rect class=\"s3\" x=\"5\" width=\"5\" height=\"10\"/>"
                    + "<rect class=\"s5\" x=\"10\" width=\"5\" height=\"10\"/>",
                text: words("darker: more wait in all", "越深：累计等待越多")
            ),
            Figure.Key(text: words("· never", "· 从未")),
        ]
        let hidden = handovers.agencies.count - shown(Self.wide).count
        if hidden > 0 { figure.note = words("\(hidden) more agencies in the table", "另有 \(hidden) 个单位见下表") }
        figure.picture = Picture(
            title,
            wide: draw(Picture.wideColumn, Self.wide),
            narrow: draw(Picture.telephone, Self.narrow)
        )
        figure.tables = [table]
        return figure
    }

    private var title: String {
        guard let worst else { return words("Who waits for whom", "谁在等谁") }
        let (from, to) = (words.brief(handovers.agencies[worst.from]), words.brief(handovers.agencies[worst.to]))
        let share = words.share(
            Double(worst.wait.values.total) / Double(max(1, handovers.wait.values.total))
        )
        let median = words.duration(worst.wait.p50)
        return words(
            "\(from) waits for \(to): median \(median), \(share) of all waiting between agencies",
            "“\(from)”等“\(to)”：中位 \(median)，占单位间等待的 \(share)"
        )
    }

    /// The agencies that waited or were waited for longest.
    private func shown(_ most: Int) -> [Int] {
        var totals = [Int64](repeating: 0, count: handovers.agencies.count)
        for cell in handovers.cells where cell.isHandover {
            totals[cell.from] &+= cell.wait.values.total
            totals[cell.to] &+= cell.wait.values.total
        }
        let ranked = totals.indices.sorted { (totals[$0], $1) > (totals[$1], $0) }.filter { totals[$0] > 0 }
        return ranked.isEmpty ? Array(totals.indices.prefix(most)) : ranked.prefix(most).sorted()
    }

    private func draw(_ width: Double, _ most: Int) -> Drawing {
        let shown = self.shown(most)
        let names = shown.map { words.name(handovers.agencies[$0]) }
        let widest = names.map { TextMeasure.width($0, size: 13) }.max() ?? 0
        let nameWidth = min(widest + 14, width * (width <= Picture.telephone ? 0.27 : 0.22))
        let cellWidth = min(96, (width - nameWidth) / Double(max(1, shown.count)))
        let heads = names.map { TextMeasure.lines($0, width: cellWidth - 6, size: 11.5, most: 3) }
        let top = Double(heads.map(\.count).max() ?? 1) * 14 + 8
        var drawing = Drawing(width: width, height: top + Double(shown.count) * Self.rowHeight)
        for (column, lines) in heads.enumerated() {
            let x = nameWidth + (Double(column) + 0.5) * cellWidth
            for (index, line) in lines.enumerated() {
                let y = top - 8 - Double(lines.count - 1 - index) * 14
                drawing.text("small", line, at: Point(x: x, y: y), anchor: .middle, full: names[column])
            }
        }
        let worstTotal = worst.map { max(1, $0.wait.values.total) } ?? 1
        for (row, from) in shown.enumerated() {
            let y = top + Double(row) * Self.rowHeight
            let name = TextMeasure.shortened(names[row], to: nameWidth - 10, size: 13)
            drawing.text("row-name", name, at: Point(x: 0, y: y + 22), full: names[row])
            for (column, to) in shown.enumerated() {
                let box = Box(x: nameWidth + Double(column) * cellWidth, y: y, width: cellWidth, height: Self.rowHeight)
                draw(from, to, in: box, worstTotal, &drawing)
            }
        }
        if let worst, let row = shown.firstIndex(of: worst.from), let column = shown.firstIndex(of: worst.to) {
            let box = Box(
                x: nameWidth + Double(column) * cellWidth + 1,
                y: top + Double(row) * Self.rowHeight + 1,
                width: cellWidth - 2,
                height: Self.rowHeight - 2
            )
            drawing.box("worst", box)
        }
        return drawing
    }

    private func draw(_ from: Int, _ to: Int, in box: Box, _ most: Int64, _ drawing: inout Drawing) {
        guard let cell = handovers.cells.first(where: { $0.from == from && $0.to == to }), cell.count > 0 else {
            drawing.text("quiet", "·", at: Point(x: box.centre.x, y: box.centre.y + 4), anchor: .middle)
            return
        }
        // Its own work is no waiting for another: it has a figure, but no shade.
        let share = Double(cell.wait.values.total) / Double(most)
        let level = cell.isHandover ? max(1, min(5, Int((share.squareRoot() * 5).rounded(.up)))) : 0
        let (a, b) = (words.name(handovers.agencies[from]), words.name(handovers.agencies[to]))
        let title = words(
            "\(a) → \(b): \(words.number(cell.count)) times, median \(words.duration(cell.wait.p50)),"
                + " p90 \(words.duration(cell.wait.p90)), in all \(words.total(cell.wait.total))",
            "\(a) → \(b)：\(words.number(cell.count)) 次，中位 \(words.duration(cell.wait.p50))，"
                + "p90 \(words.duration(cell.wait.p90))，累计 \(words.total(cell.wait.total))"
        )
        drawing.group("", title: title) { drawing in
            drawing.box("cell s\(level)", box)
            drawing.text(
                level >= 4 ? "small on-dark" : level == 0 ? "small quiet" : "small on-light",
                words.duration(cell.wait.p50),
                at: Point(x: box.centre.x, y: box.centre.y + 4),
                anchor: .middle
            )
        }
    }

    private var table: PageTable {
        PageTable(
            caption: words("Who waits for whom", "谁在等谁"),
            columns: [
                .text(words("hands over", "移交")), .text(words("is waited for", "被等待")),
                .number(words("times", "次数")), .number(words("median wait", "等待中位")), .number("p90"),
                .number(words("in all", "累计")),
            ],
            rows: handovers.cells.filter(\.isHandover).map { cell in
                [
                    .text(words.name(handovers.agencies[cell.from])), .text(words.name(handovers.agencies[cell.to])),
                    .number(cell.count), .duration(cell.wait.p50), .duration(cell.wait.p90), .total(cell.wait.total),
                ]
            }
        )
    }
}
