import EventSourcing
import Mustache
import Records

/// A table of the page: what it shows, and what it sorts by.
struct PageTable {
    enum Cell {
        case text(String)
        case number(Int)
        case decimal(Double)
        case duration(Duration)
        /// The time of many cases together.
        case total(Duration)
        /// From 0 to 1; drawn as a bar too.
        case share(Double)
        /// What is not there and why, in a word.
        case missing(String)
    }

    struct Column {
        let title: String
        let isNumber: Bool

        static func text(_ title: String) -> Column { Column(title: title, isNumber: false) }
        static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
    }

    /// What the table lists, above it.
    let caption: String
    let columns: [Column]
    var rows: [[Cell]] = []
    /// All there are, where only the first are listed.
    var total: Int?
    /// Shown at once, not only when asked for.
    var isOpen = false

    /// A page that anybody can open holds no more rows of one table than this.
    static let maximumRows = 200
    /// Texts up to this width stay in one line.
    private static let shortText = 180.0

    func fields(_ words: PageWords) -> [String: Any] {
        let shown = rows.prefix(Self.maximumRows)
        let all = max(total ?? 0, rows.count)
        let count =
            shown.count < all
            ? words(
                "the first \(words.number(shown.count)) of \(words.number(all))",
                "共 \(words.number(all)) 行，列出前 \(words.number(shown.count)) 行"
            )
            : words(rows.count == 1 ? "1 row" : "\(words.number(rows.count)) rows", "\(words.number(rows.count)) 行")
        return [
            "caption": caption, "count": count, "isOpen": isOpen,
            "columns": columns.map { ["title": $0.title, "isNumber": $0.isNumber] as [String: Any] },
            "rows": shown.map { row in
                [
                    "cells": zip(columns, row).enumerated().map { index, pair in
                        cell(pair.1, isHead: index == 0, isNumber: pair.0.isNumber, words)
                    }
                ] as [String: Any]
            },
        ]
    }

    private func cell(_ cell: Cell, isHead: Bool, isNumber: Bool, _ words: PageWords) -> [String: Any] {
        var fields: [String: Any] = ["isHead": isHead, "isNumber": isNumber, "isMissing": false, "isShort": false]
        switch cell {
        case .text(let text):
            let shown = TextMeasure.shortened(text, to: 420, size: 13)
            fields["text"] = shown
            fields["isShort"] = TextMeasure.width(shown, size: 13) < Self.shortText
            if shown != text { fields["full"] = text }
        case .number(let value):
            fields["text"] = words.number(value)
            fields["value"] = String(value)
        case .decimal(let value):
            fields["text"] = words.decimal(Int((value * 10).rounded()))
            fields["value"] = Self.sortable(value)
        case .duration(let duration):
            fields["text"] = words.duration(duration)
            fields["value"] = String(duration.wholeMicroseconds)
            fields["full"] = words.exact(duration)
        case .total(let duration):
            fields["text"] = words.total(duration)
            fields["value"] = String(duration.wholeMicroseconds)
            fields["full"] = words.exact(duration)
        case .share(let share):
            fields["text"] = words.share(share)
            fields["value"] = Self.sortable(share)
            fields["bar"] = ["width": Drawing.number(min(max(share, 0), 1) * 100)]
        case .missing(let word):
            fields["text"] = word
            fields["isMissing"] = true
        }
        return fields
    }

    /// Without an exponent.
    private static func sortable(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let millionths = Int64((min(max(value, -1e9), 1e9) * 1_000_000).rounded())
        return String(millionths)
    }
}
