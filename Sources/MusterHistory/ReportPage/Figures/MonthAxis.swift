/// Months under a plot: the first one and every January with its year, the others where there is room.
enum MonthAxis {
    struct Label {
        let text: String
        let full: String
        let x: Double
    }

    private static let size = 11.5
    private static let gap = 8.0

    /// - Parameters:
    ///   - bounds: labels stay inside.
    ///   - place: where the month with an index is.
    static func labels(
        _ months: [Month],
        _ words: PageWords,
        within bounds: ClosedRange<Double>,
        at place: (Int) -> Double
    ) -> [Label] {
        let first = months.indices.prefix(1)
        let years = months.indices.filter { months[$0].month == 1 }
        var labels: [Label] = []
        for index in Array(first) + years + Array(months.indices) {
            let month = months[index]
            let text =
                index == 0
                ? words.month(month) : month.month == 1 ? String(month.year) : words.shortMonth(month)
            let half = TextMeasure.width(text, size: size) / 2
            let x = min(
                max(place(index), bounds.lowerBound + half),
                max(bounds.upperBound - half, bounds.lowerBound + half)
            )
            let isFree = labels.allSatisfy { abs($0.x - x) >= half + TextMeasure.width($0.text, size: size) / 2 + gap }
            if isFree { labels.append(Label(text: text, full: words.month(month), x: x)) }
        }
        return labels
    }
}
