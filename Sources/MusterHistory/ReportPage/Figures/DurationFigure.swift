import EventSourcing
import Records

/// How long whole cases took: a histogram on a scale of round durations.
struct DurationFigure {
    private let cases: CaseDurations
    private let words: PageWords

    static func make(_ analysis: HistoryAnalysis, _ words: PageWords) -> Figure? {
        guard analysis.cases.durations.count > 0, analysis.cases.durations.maximum > .zero else { return nil }
        return DurationFigure(cases: analysis.cases, words: words).figure
    }

    private var figure: Figure {
        let (p50, p90) = (words.duration(cases.durations.p50), words.duration(cases.durations.p90))
        var figure = Figure(
            query: .durations,
            title: words(
                "Half of \(words.cases) take over \(p50), one in ten over \(p90)",
                "半数\(words.cases)超过 \(p50)，十分之一超过 \(p90)"
            ),
            place: .right
        )
        figure.note = words(
            "First to last event, \(words.number(cases.durations.count)) \(words.cases); steps of round length",
            "自首个至末个事件，\(words.number(cases.durations.count)) 个\(words.cases)；取整分级"
        )
        if cases.histogram.count > 1 {
            figure.picture = Picture(figure.title, width: Picture.narrowColumn, draw: draw)
        }
        if !cases.longest.isEmpty { figure.tables = [table] }
        return figure
    }

    private func draw(_ width: Double) -> Drawing {
        var drawing = Drawing(width: width, height: 212)
        let plot = Box(x: 44, y: 30, width: width - 46, height: 140)
        let bins = cases.histogram
        let scale = LinearScale(
            from: 0,
            to: Double(bins.map(\.count).max() ?? 1),
            at: plot.bottom,
            plot.y,
            isRounded: true,
            ticks: 3
        )
        for tick in scale.ticks(3) where tick == tick.rounded() {
            let y = scale.place(tick)
            drawing.line("grid-line", from: Point(x: plot.x, y: y), to: Point(x: plot.right, y: y))
            drawing.text("axis", words.number(Int(tick)), at: Point(x: plot.x - 6, y: y + 4), anchor: .end)
        }
        drawing.text("axis-head", words.cases, at: Point(x: 0, y: 11))
        let step = plot.width / Double(bins.count)
        var lastLabel = -Double.infinity
        for (index, bin) in bins.enumerated() {
            let x = plot.x + Double(index) * step
            let y = scale.place(Double(bin.count))
            let title = words(
                "\(words.duration(bin.from)) to \(words.duration(bin.to)): \(words.number(bin.count)) \(words.cases)",
                "\(words.duration(bin.from)) 至 \(words.duration(bin.to))：\(words.number(bin.count)) 个"
            )
            drawing.box("bar-a", Box(x: x + 1, y: y, width: max(1, step - 2), height: plot.bottom - y), title: title)
            let label = words.duration(bin.from)
            let half = TextMeasure.width(label, size: 11.5) / 2
            if x - half > lastLabel + 10 || index == 0 {
                drawing.line("zero", from: Point(x: x, y: plot.bottom), to: Point(x: x, y: plot.bottom + 4))
                drawing.text("axis", label, at: Point(x: x, y: plot.bottom + 17), anchor: .middle)
                lastLabel = x + half
            }
        }
        drawing.line("zero", from: Point(x: plot.x, y: plot.bottom), to: Point(x: plot.right, y: plot.bottom))
        marks(plot, step, &drawing)
        return drawing
    }

    private func marks(_ plot: Box, _ step: Double, _ drawing: inout Drawing) {
        var labels: [(text: String, place: Double, half: Double)] = []
        for (name, duration) in [(words("median", "中位"), cases.durations.p50), ("p90", cases.durations.p90)] {
            guard let index = cases.histogram.firstIndex(where: { $0.from <= duration && duration < $0.to }) else {
                continue
            }
            let bin = cases.histogram[index]
            let (from, to) = (Double(bin.from.wholeMicroseconds), Double(bin.to.wholeMicroseconds))
            let share = to > from ? (Double(duration.wholeMicroseconds) - from) / (to - from) : 0
            let x = plot.x + (Double(index) + share) * step
            drawing.line("limit", from: Point(x: x, y: plot.y - 6), to: Point(x: x, y: plot.bottom))
            let text = "\(name) \(words.duration(duration))"
            labels.append((text, x, TextMeasure.width(text, size: 11.5, isBold: true) / 2))
        }
        let centres = LabelLine.centres(of: labels.map { ($0.place, $0.half) }, within: plot.x...plot.right)
        for (label, centre) in zip(labels, centres) {
            drawing.text("small strong halo", label.text, at: Point(x: centre, y: plot.y - 10), anchor: .middle)
        }
        drawing.text("axis", words("duration", "时长"), at: Point(x: plot.x, y: plot.bottom + 36))
    }

    private var table: PageTable {
        PageTable(
            caption: words("The longest", "最长的\(words.cases)"),
            columns: [
                .text(words("id", "编号")), .number(words("duration", "时长")), .number(words("events", "事件")),
            ],
            rows: cases.longest.map { [.text($0.id), .duration($0.duration), .number($0.events)] }
        )
    }
}
