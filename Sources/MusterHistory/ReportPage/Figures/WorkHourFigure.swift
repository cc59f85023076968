import Records

/// Who works at which hour of the day: agencies, or persons where the log names no agencies.
struct WorkHourFigure {
    private static let rows = 12
    private static let nameWidth = 120.0

    static func make(_ analysis: HistoryAnalysis, _ words: PageWords) -> Figure? {
        let workload = analysis.workload
        let workers = workload.agencies.isEmpty ? workload.resources : workload.agencies
        let shown = Array(workers.prefix(rows))
        guard let first = shown.first else { return nil }
        let busiest = first.hours.indices.max { (first.hours[$0], $1) < (first.hours[$1], $0) } ?? 0
        let title = words(
            "\(words.name(first.label)) does most at \(words.hour(busiest))",
            "\(words.name(first.label))在 \(words.hour(busiest)) 最忙"
        )
        var figure = Figure(query: .workloadByHour, title: title, place: .right)
        figure.keys = [
            HourHeat.key(words("darker: more of the row's own events", "越深：占该行事件越多")),
            Figure.Key(text: analysis.source.zone),
        ]
        let hidden = workers.count - shown.count
        if hidden > 0 { figure.note = words("\(hidden) more in the table", "另有 \(hidden) 个见下表") }
        let heat = HourHeat(rows: shown.map { (words.name($0.label), $0.hours) }) { shown[$0].hours.max() ?? 0 }
        figure.picture = Picture(title, width: Picture.narrowColumn) { width in
            let height = Double(shown.count) * HourHeat.rowHeight
            let plot = Box(x: nameWidth, y: 4, width: width - nameWidth, height: height)
            var drawing = Drawing(width: width, height: plot.bottom + 24)
            heat.draw(in: plot, words, &drawing)
            return drawing
        }
        figure.tables = [
            PageTable(
                caption: words("By hour", "按时刻"),
                columns: [.text(words("name", "名称"))] + (0..<24).map { .number("\($0)") },
                rows: workers.map { worker in [.text(words.name(worker.label))] + worker.hours.map { .number($0) } }
            )
        ]
        return figure
    }
}
