/// Which share was late, by the hour in which the limit was met or missed.
struct LateHourFigure {
    /// With fewer clocks a share says little; it is drawn pale and never called the peak.
    private static let enough = 20
    /// A peak is at least so many times the share of the day.
    private static let peak = 1.25

    private let onTime: OnTimeStatistics
    private let words: PageWords

    static func make(_ analysis: HistoryAnalysis, _ words: PageWords) -> Figure? {
        guard let onTime = analysis.onTime, onTime.all.late > 0, onTime.hours.contains(where: { $0.late > 0 }) else {
            return nil
        }
        return LateHourFigure(onTime: onTime, words: words).figure
    }

    private var clocks: Int { onTime.hours.reduce(0) { $0 + $1.clocks } }
    private var share: Double { Double(onTime.hours.reduce(0) { $0 + $1.late }) / Double(max(1, clocks)) }

    /// The worst hour with enough clocks, if it stands out.
    private var worst: OnTimeStatistics.ByHour? {
        let known = onTime.hours.filter { $0.clocks >= Self.enough }
        guard let worst = known.max(by: { ($0.share ?? 0) < ($1.share ?? 0) }), let share = worst.share,
            share > self.share * Self.peak
        else { return nil }
        return worst
    }

    private var figure: Figure {
        var figure = Figure(query: .lateByHour, title: title, place: .right)
        figure.note = words(
            "\(words.number(clocks)) clocks, hour in which the limit was met or missed",
            "\(words.number(clocks)) 个时钟，按时限达成或届满的时刻"
        )
        figure.keys = [
            Figure.Key(
                mark: "<path class=\"limit\" d=\"M0 5H16\"/>",
                text: words("whole day \(words.share(share))", "全天 \(words.share(share))")
            )
        ]
        if onTime.hours.contains(where: { (1..<Self.enough).contains($0.clocks) }) {
            figure.keys.append(
                Figure.Key(
                    mark: "<rect class=\"bar-b\" x=\"3\" y=\"0\" width=\"10\" height=\"10\"/>",
                    text: words("fewer than \(Self.enough) clocks", "不足 \(Self.enough) 个时钟")
                )
            )
        }
        figure.picture = Picture(title, width: Picture.narrowColumn, draw: draw)
        figure.tables = [table]
        return figure
    }

    private var title: String {
        let whole = words.share(share)
        guard let worst, let share = worst.share else {
            return words("\(whole) are late, at no hour much more than at others", "逾期 \(whole)，各时段相近")
        }
        return words(
            "At \(words.hour(worst.hour)), \(words.share(share)) are late; over the day \(whole)",
            "\(words.hour(worst.hour)) 逾期 \(words.share(share))，全天 \(whole)"
        )
    }

    private func draw(_ width: Double) -> Drawing {
        var drawing = Drawing(width: width, height: 260)
        let plot = Box(x: 30, y: 34, width: width - 30, height: 176)
        let most = onTime.hours.compactMap(\.share).max() ?? 1
        let scale = LinearScale(from: 0, to: most * 100, at: plot.bottom, plot.y, isRounded: true, ticks: 4)
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
        drawing.text("axis-head", words("% late", "逾期 %"), at: Point(x: 0, y: 11))
        let step = plot.width / 24
        for hour in onTime.hours where (0..<24).contains(hour.hour) {
            let x = plot.x + Double(hour.hour) * step
            guard let share = hour.share else {
                let box = Box(x: x + 1.5, y: plot.bottom - 12, width: step - 3, height: 12)
                drawing.box(
                    "bar-missing",
                    box,
                    title: words("\(words.hour(hour.hour)): no clocks", "\(words.hour(hour.hour))：无时钟")
                )
                continue
            }
            let y = scale.place(share * 100)
            let isWorst = hour.hour == worst?.hour
            let style = isWorst ? "bar-late" : hour.clocks < Self.enough ? "bar-b" : "bar-a"
            let title =
                "\(words.hour(hour.hour)): \(words.number(hour.late)) / \(words.number(hour.clocks)), \(words.share(share))"
            drawing.box(style, Box(x: x + 1.5, y: y, width: step - 3, height: plot.bottom - y), title: title)
            if isWorst {
                let label = "▲ " + words.share(share)
                drawing.text(
                    "small bad halo",
                    label,
                    at: Point(x: min(x + step / 2, width - 24), y: y - 5),
                    anchor: .middle
                )
            }
        }
        let mean = scale.place(share * 100)
        drawing.line("limit", from: Point(x: plot.x, y: mean), to: Point(x: plot.right, y: mean))
        HourAxis.draw(plot, words, &drawing)
        drawing.text("axis", words("hour of the day", "时刻"), at: Point(x: plot.x, y: plot.bottom + 35))
        return drawing
    }

    private var table: PageTable {
        PageTable(
            caption: words("Late by hour", "各时段逾期"),
            columns: [
                .text(words("hour", "时刻")), .number(words("clocks", "时钟")), .number(words("late", "逾期")),
                .number(words("share late", "逾期占比")),
            ],
            rows: onTime.hours.map { hour in
                [
                    .text(words.hour(hour.hour)), .number(hour.clocks), .number(hour.late),
                    hour.share.map { .share($0) } ?? .missing(words("no clocks", "无时钟")),
                ]
            }
        )
    }
}

/// The hours of a day under a plot.
enum HourAxis {
    static func draw(_ plot: Box, _ words: PageWords, _ drawing: inout Drawing) {
        let step = plot.width / 24
        for hour in stride(from: 0, to: 24, by: step < 14 ? 6 : 4) {
            drawing.text(
                "axis",
                words.hour(hour),
                at: Point(x: plot.x + (Double(hour) + 0.5) * step, y: plot.bottom + 17),
                anchor: hour == 0 ? .start : .middle
            )
        }
    }
}
