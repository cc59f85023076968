/// Bars beside each other's names, the longest first, with what they say written at their ends.
struct BarRows {
    struct Row {
        let name: String
        let value: Double
        /// At the bar's end.
        let text: String
        /// Under the name; empty for none.
        var remark = ""
        var isWorst = false
        var title: String?
    }

    let rows: [Row]
    /// What the length stands for, over the bars.
    let head: String

    func draw(_ width: Double) -> Drawing {
        let isNarrow = width <= Picture.telephone
        let hasRemarks = rows.contains { !$0.remark.isEmpty }
        // On a telephone the names stand over the bars.
        let pitch = isNarrow ? (hasRemarks ? 50.0 : 38.0) : hasRemarks ? 40.0 : 27.0
        let top = 20.0
        var drawing = Drawing(width: width, height: top + pitch * Double(rows.count) + 2)
        let names =
            rows.map { max(TextMeasure.width($0.name, size: 13), TextMeasure.width($0.remark, size: 11.5)) }.max() ?? 0
        let nameWidth = isNarrow ? 0 : min(names + 12, width * 0.46)
        let texts = rows.map { TextMeasure.width($0.text, size: 12, isBold: true) }.max() ?? 0
        let most = max(rows.map(\.value).max() ?? 0, .leastNormalMagnitude)
        let room = max(20, width - nameWidth - texts - 12)
        drawing.text("axis-head", head, at: Point(x: nameWidth, y: 11))
        drawing.line("zero", from: Point(x: nameWidth, y: 16), to: Point(x: nameWidth, y: drawing.size.height))
        for (index, row) in rows.enumerated() {
            let y = top + Double(index) * pitch
            let nameRoom = (isNarrow ? width : nameWidth) - 10
            let name = TextMeasure.shortened(row.name, to: nameRoom, size: 13)
            let remark = TextMeasure.shortened(row.remark, to: nameRoom, size: 11.5)
            let nameX = isNarrow ? 6.0 : 0.0
            let bar = Box(
                x: nameWidth,
                y: isNarrow ? y + (hasRemarks ? 31 : 19) : y + (hasRemarks ? 6 : 5),
                width: max(row.value > 0 ? 1.5 : 0, row.value / most * room),
                height: isNarrow ? 11 : 15
            )
            drawing.group("", title: row.title) { drawing in
                drawing.text(
                    "row-name",
                    name,
                    at: Point(x: nameX, y: y + 14 + (hasRemarks || isNarrow ? 0 : 3)),
                    full: row.name
                )
                if !remark.isEmpty {
                    drawing.text(
                        "small quiet",
                        remark,
                        at: Point(x: nameX, y: y + (isNarrow ? 27 : 30)),
                        full: row.remark
                    )
                }
                drawing.box(row.isWorst ? "bar-late" : "bar-a", bar)
                drawing.text(
                    row.isWorst ? "bad" : "strong",
                    row.text,
                    at: Point(x: bar.right + 6, y: bar.centre.y + 4)
                )
            }
        }
        return drawing
    }
}
