/// Events by the hour of the day as shades, a row for each of something.
struct HourHeat {
    static let rowHeight = 19.0

    /// Each with its name and 24 counts.
    let rows: [(name: String, hours: [Int])]
    /// What the darkest shade of a row stands for.
    let most: (Int) -> Int

    /// What the shades mean.
    static func key(_ text: String) -> Figure.Key {
        Figure.Key(
            mark:
                "<rect class=\"s1\" width=\"5\" height=\"10\"/><rect class=\"s3\" x=\"5\" width=\"5\" height=\"10\"/>"
                + "<rect class=\"s5\" x=\"10\" width=\"5\" height=\"10\"/>",
            text: text
        )
    }

    /// Draws the cells in `plot`, names to the left of it, and hours below.
    func draw(in plot: Box, _ words: PageWords, _ drawing: inout Drawing) {
        let step = plot.width / 24
        for (index, row) in rows.enumerated() {
            let y = plot.y + Double(index) * Self.rowHeight
            let name = TextMeasure.shortened(row.name, to: plot.x - 6, size: 11.5)
            drawing.text("axis", name, at: Point(x: 0, y: y + 14), full: name == row.name ? nil : row.name)
            let most = Double(max(1, most(index)))
            for (hour, events) in row.hours.enumerated() {
                let level = events == 0 ? 0 : max(1, min(5, Int((Double(events) / most * 5).rounded(.up))))
                drawing.box(
                    "cell s\(level)",
                    Box(x: plot.x + Double(hour) * step, y: y, width: step, height: Self.rowHeight),
                    title: "\(row.name) \(words.hour(hour)): \(words.number(events))"
                )
            }
        }
        HourAxis.draw(plot, words, &drawing)
    }
}
