import Records

/// When events happen: by weekday and hour as shades, and cases that began by month.
struct SeasonFigure {
    private let season: Seasonality
    private let words: PageWords

    static func make(_ analysis: HistoryAnalysis, _ words: PageWords) -> Figure? {
        let season = analysis.seasonality
        guard season.weekHours.count == 7, season.weekHours.allSatisfy({ $0.count == 24 }),
            season.hours.contains(where: { $0 > 0 })
        else { return nil }
        return SeasonFigure(season: season, words: words).figure(analysis)
    }

    private func figure(_ analysis: HistoryAnalysis) -> Figure {
        var figure = Figure(query: .seasonality, title: title, place: .right)
        figure.keys = [
            HourHeat.key(words("darker: more events, most \(words.number(most))", "越深事件越多，最多 \(words.number(most))")),
            Figure.Key(text: analysis.source.zone),
        ]
        figure.picture = Picture(title, width: Picture.narrowColumn, draw: draw)
        figure.tables = tables
        return figure
    }

    private var most: Int { season.weekHours.flatMap(\.self).max() ?? 0 }

    private var title: String {
        let hours = season.hours
        let busiest = hours.indices.max { (hours[$0], $1) < (hours[$1], $0) } ?? 0
        let weekdays = season.weekdays
        let day = weekdays.indices.max { (weekdays[$0], $1) < (weekdays[$1], $0) } ?? 0
        return words(
            "Most happens at \(words.hour(busiest)) and on \(words.weekday(day))",
            "\(words.hour(busiest)) 与\(words.weekday(day))最忙"
        )
    }

    private func draw(_ width: Double) -> Drawing {
        let hasMonths = season.months.count > 1
        let plot = Box(x: 40, y: 4, width: width - 40, height: 7 * HourHeat.rowHeight)
        var drawing = Drawing(width: width, height: plot.bottom + 40 + (hasMonths ? 150 : 0))
        let heat = HourHeat(rows: season.weekHours.enumerated().map { (words.weekday($0), $1) }, most: { _ in most })
        heat.draw(in: plot, words, &drawing)
        if hasMonths { months(in: Box(x: 40, y: plot.bottom + 62, width: width - 40, height: 92), &drawing) }
        return drawing
    }

    private func months(in plot: Box, _ drawing: inout Drawing) {
        let months = season.months
        let scale = LinearScale(
            from: 0,
            to: Double(max(1, months.map(\.cases).max() ?? 1)),
            at: plot.bottom,
            plot.y,
            isRounded: true,
            ticks: 3
        )
        drawing.text(
            "axis-head",
            words("\(words.cases) that began, by month", "每月新增\(words.cases)"),
            at: Point(x: plot.x, y: plot.y - 9)
        )
        for tick in scale.ticks(3) where tick == tick.rounded() {
            let y = scale.place(tick)
            drawing.line("grid-line", from: Point(x: plot.x, y: y), to: Point(x: plot.right, y: y))
            drawing.text("axis", words.number(Int(tick)), at: Point(x: plot.x - 6, y: y + 4), anchor: .end)
        }
        let step = plot.width / Double(months.count)
        for (index, month) in months.enumerated() {
            let x = plot.x + Double(index) * step
            let y = scale.place(Double(month.cases))
            let gap = min(1.5, step * 0.15)
            let box = Box(x: x + gap, y: y, width: max(0.5, step - 2 * gap), height: plot.bottom - y)
            drawing.box("bar-a", box, title: "\(words.month(month.month)): \(words.number(month.cases))")
        }
        let labels = MonthAxis.labels(months.map(\.month), words, within: plot.x...plot.right) { index in
            plot.x + (Double(index) + 0.5) * step
        }
        for label in labels {
            drawing.text(
                "axis",
                label.text,
                at: Point(x: label.x, y: plot.bottom + 17),
                anchor: .middle,
                full: label.full
            )
        }
    }

    private var tables: [PageTable] {
        let months = PageTable(
            caption: words("By month", "按月"),
            columns: [.text(words("month", "月份")), .number(words("began", "新增")), .number(words("events", "事件"))],
            rows: season.months.map { [.text(words.month($0.month)), .number($0.cases), .number($0.events)] }
        )
        let hours = PageTable(
            caption: words("By hour", "按时刻"),
            columns: [.text(words("hour", "时刻")), .number(words("events", "事件"))],
            rows: season.hours.enumerated().map { [.text(words.hour($0)), .number($1)] }
        )
        return [months, hours]
    }
}
