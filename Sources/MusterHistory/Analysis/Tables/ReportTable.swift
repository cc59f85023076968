package import EventSourcing
package import Records

/// One table of an analysis, for terminals, files and programs alike.
package struct ReportTable: Hashable, Sendable {
    package struct Column: Hashable, Sendable {
        /// As CSV and JSON call it; names of durations end in `_seconds`.
        package let name: String
        package let words: Words
        /// Whether a terminal draws its values as bars.
        package var hasBars = false
    }

    typealias Heading = (name: String, words: Words)

    package enum Cell: Hashable, Sendable {
        case blank
        case words(Words)
        case number(Int)
        case decimal(Double)
        /// Microseconds, where half of one says nothing.
        case duration(Duration)
        /// From 0 to 1.
        case share(Double)
        case time(Timestamp)
    }

    package let query: ReportQuery
    package let title: Words
    /// What one has to know to read it; nil when there is nothing.
    package let note: Words?
    package let columns: [Column]
    package let rows: [[Cell]]

    init(
        _ query: ReportQuery,
        _ title: Words,
        note: Words? = nil,
        _ columns: [Heading],
        bars: Set<String> = [],
        _ rows: [[Cell]]
    ) {
        self.query = query
        self.title = title
        self.note = note
        self.columns = columns.map { Column(name: $0.name, words: $0.words, hasBars: bars.contains($0.name)) }
        self.rows = rows
    }
}

extension ReportTable.Cell {
    init(_ label: Label) { self = .words(label.words) }

    init(_ text: String) { self = .words(Words(text, zh: text)) }

    init(_ duration: Duration?) { self = duration.map { .duration($0) } ?? .blank }

    init(share: Double?) { self = share.map { .share($0) } ?? .blank }
}

extension DurationSummary {
    /// The cells of columns p50, p90 and total; none without any duration.
    var cells: [ReportTable.Cell] {
        count == 0 ? [.blank, .blank, .blank] : [.duration(p50), .duration(p90), .duration(total)]
    }
}
