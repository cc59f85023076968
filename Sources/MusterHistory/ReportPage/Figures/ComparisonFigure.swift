import Records

/// Two sides: each measure's change with its 95 % interval, so that noise is not sold as change.
struct ComparisonFigure {
    private static let rowHeight = 38.0

    private let comparison: Comparison
    private let words: PageWords

    static func make(_ analysis: HistoryAnalysis, _ words: PageWords) -> Figure? {
        guard let comparison = analysis.comparison, !comparison.measures.isEmpty else { return nil }
        return ComparisonFigure(comparison: comparison, words: words).figure
    }

    private var figure: Figure {
        let (left, right) = (words[comparison.left], words[comparison.right])
        var figure = Figure(query: .comparison, title: title)
        figure.keys = [
            Figure.Key(mark: "<circle class=\"median\" cx=\"8\" cy=\"5\" r=\"4.500\"/>", text: words("change", "变化")),
            Figure.Key(mark: "<path class=\"interval\" d=\"M0 5H16\"/>", text: words("95 % interval", "95 % 区间")),
            Figure.Key(text: words("hollow: may be chance", "空心：可能只是偶然")),
        ]
        figure.note = words(
            "\(left) (\(words.number(comparison.leftCases))) against \(right) (\(words.number(comparison.rightCases)));"
                + " bootstrap, \(words.number(comparison.resamples)) resamples, seed \(comparison.seed)",
            "\(left)（\(words.number(comparison.leftCases))）对比 \(right)（\(words.number(comparison.rightCases))）；"
                + "自助法 \(words.number(comparison.resamples)) 次，种子 \(comparison.seed)"
        )
        figure.picture = Picture(title, width: Picture.wideColumn, draw: draw)
        figure.tables = [table]
        return figure
    }

    private var title: String {
        let (left, right) = (words[comparison.left], words[comparison.right])
        let clear = comparison.measures.filter(\.isClear)
        guard let first = clear.first else {
            return words("\(left) and \(right): no clear difference", "\(left)与\(right)：无明确差异")
        }
        let name = words.name(first.label)
        let (was, `is`) = (value(first.left, first.unit), value(first.right, first.unit))
        return words(
            "\(name.capitalizedFirst): \(was) in \(left), \(`is`) in \(right)",
            "\(name)：\(left)为 \(was)，\(right)为 \(`is`)"
        )
    }

    private func value(_ value: Double, _ unit: Comparison.Unit) -> String {
        switch unit {
        case .seconds: (value < 0 ? "−" : "") + words.duration(seconds: value.magnitude)
        case .share: (value < 0 ? "−" : "") + words.share(value.magnitude)
        case .number: words.decimal(Int((value * 10).rounded()))
        }
    }

    /// A measure's change and interval, as parts of the left side; shares in points of a hundred.
    private func relative(_ measure: Comparison.Measure) -> (change: Double, low: Double, high: Double)? {
        let whole = measure.unit == .share ? 1 : measure.left
        guard whole > 0 else { return nil }
        return (measure.difference / whole, measure.low / whole, measure.high / whole)
    }

    private func draw(_ width: Double) -> Drawing {
        let isNarrow = width <= Picture.telephone
        let measures = comparison.measures
        let head = 26.0
        let pitch = isNarrow ? 58.0 : Self.rowHeight
        var drawing = Drawing(width: width, height: head + pitch * Double(measures.count) + 22)
        let names = measures.map { TextMeasure.width(words.name($0.label), size: 13) }.max() ?? 0
        let nameWidth = isNarrow ? 0 : min(names + 14, width * 0.36)
        let valueWidth = isNarrow ? 0 : 168.0
        let plot = Box(
            x: nameWidth + 16,
            y: head,
            width: width - nameWidth - valueWidth - 32,
            height: drawing.size.height - head - 22
        )
        let bounds = measures.compactMap(relative).flatMap { [abs($0.low), abs($0.high), abs($0.change)] }
        let most = min(max(bounds.max() ?? 0.1, 0.02), 3)
        let scale = LinearScale(from: -most, to: most, at: plot.x, plot.right)
        for tick in scale.ticks(isNarrow ? 4 : 6) {
            let x = scale.place(tick)
            let isZero = abs(tick) < 1e-9
            drawing.line(
                isZero ? "limit" : "grid-line",
                from: Point(x: x, y: plot.y - 4),
                to: Point(x: x, y: plot.bottom)
            )
            let percent = Int((tick * 100).rounded())
            let sign = percent > 0 ? "+" : percent < 0 ? "−" : ""
            drawing.text("axis", "\(sign)\(abs(percent))", at: Point(x: x, y: plot.bottom + 17), anchor: .middle)
        }
        drawing.text("axis-head", words("change in %, shares in points", "变化 %，占比为百分点"), at: Point(x: plot.x, y: 12))
        for (index, measure) in measures.enumerated() {
            let y = plot.y + Double(index) * pitch
            row(measure, y, y + (isNarrow ? 40 : pitch / 2), plot, scale, nameWidth, width, &drawing)
        }
        return drawing
    }

    private func row(
        _ measure: Comparison.Measure,
        _ top: Double,
        _ y: Double,
        _ plot: Box,
        _ scale: LinearScale,
        _ nameWidth: Double,
        _ width: Double,
        _ drawing: inout Drawing
    ) {
        let isNarrow = nameWidth == 0
        let name = words.name(measure.label)
        let values = "\(value(measure.left, measure.unit)) → \(value(measure.right, measure.unit))"
        let room = isNarrow ? width - TextMeasure.width(values, size: 12, isBold: true) - 12 : nameWidth - 10
        let textY = isNarrow ? top + 18 : y + 4
        drawing.text("row-name", TextMeasure.shortened(name, to: room, size: 13), at: Point(x: 0, y: textY), full: name)
        drawing.text(measure.isClear ? "strong" : "quiet", values, at: Point(x: width, y: textY), anchor: .end)
        guard let relative = relative(measure) else {
            drawing.box("bar-missing", Box(x: plot.x, y: y - 6, width: 26, height: 12))
            drawing.text("small quiet", words("nothing to compare with", "无从比较"), at: Point(x: plot.x + 32, y: y + 4))
            return
        }
        let title = words(
            "\(name): \(values), 95 % from \(value(measure.low, measure.unit)) to \(value(measure.high, measure.unit))",
            "\(name)：\(values)，95 % 区间 \(value(measure.low, measure.unit)) 至 \(value(measure.high, measure.unit))"
        )
        drawing.group("", title: title) { drawing in
            let (low, high) = (scale.place(relative.low), scale.place(relative.high))
            drawing.line("interval", from: Point(x: low, y: y), to: Point(x: high, y: y))
            drawing.line("interval", from: Point(x: low, y: y - 4), to: Point(x: low, y: y + 4))
            drawing.line("interval", from: Point(x: high, y: y - 4), to: Point(x: high, y: y + 4))
            let place = Point(x: scale.place(relative.change), y: y)
            drawing.dot(measure.isClear ? "median" : "terminal-ring", place, radius: 5)
        }
    }

    private var table: PageTable {
        PageTable(
            caption: words("Comparison", "比较"),
            columns: [
                .text(words("measure", "指标")), .text(words[comparison.left]), .text(words[comparison.right]),
                .text(words("difference", "差")), .text(words("95 % interval", "95 % 区间")),
                .text(words("verdict", "判断")),
            ],
            rows: comparison.measures.map { measure in
                [
                    .text(words.name(measure.label)), .text(value(measure.left, measure.unit)),
                    .text(value(measure.right, measure.unit)), .text(value(measure.difference, measure.unit)),
                    .text("\(value(measure.low, measure.unit)) … \(value(measure.high, measure.unit))"),
                    .text(measure.isClear ? words("clear", "明确") : words("may be chance", "可能偶然")),
                ]
            }
        )
    }
}
