import EventSourcing
package import Records

extension ReportTable {
    /// For a terminal: title, note and aligned columns, with bars where they help.
    ///
    /// - Parameter limit: no more rows than this; what is left out is counted.
    package func text(_ language: Language, limit: Int = .max) -> String {
        lines(ReportWords(language: language), limit: limit).map { $0 + "\n" }.joined()
    }

    func lines(_ words: ReportWords, limit: Int) -> [String] {
        var lines = [words[title]]
        if let note { lines.append("  " + words[note]) }
        guard !rows.isEmpty else { return lines + ["  " + words[Words("nothing", zh: "无")]] }
        let shown = rows.prefix(limit)
        var table = TextTable(columns.indices.flatMap(sides))
        table.add(columns.flatMap { $0.hasBars ? [words[$0.words], ""] : [words[$0.words]] })
        let most = columns.indices.map { column in shown.map { Self.length($0[column]) }.max() ?? 0 }
        for row in shown {
            table.add(
                columns.indices.flatMap { column in
                    let text = Self.text(row[column], words)
                    return columns[column].hasBars ? [text, Self.bar(row[column], most: most[column])] : [text]
                }
            )
        }
        lines += table.lines(indent: 2)
        if rows.count > shown.count {
            let rest = words.number(rows.count - shown.count)
            lines.append(
                "  "
                    + words[
                        Words(
                            "and \(rest) more: --query \(query.rawValue)",
                            zh: "另有 \(rest) 行：--query \(query.rawValue)"
                        )
                    ]
            )
        }
        return lines
    }

    /// Words are to the left, numbers to the right, and bars stand behind their numbers.
    private func sides(_ column: Int) -> [TextTable.Side] {
        let areWords = rows.allSatisfy { row in
            switch row[column] {
            case .words, .time, .blank: true
            case .number, .decimal, .duration, .share: false
            }
        }
        let own: TextTable.Side = areWords ? .left : .right
        return columns[column].hasBars ? [own, .left] : [own]
    }

    private static let barWidth = 16

    private static func length(_ cell: Cell) -> Double {
        switch cell {
        case .number(let value): Double(value)
        case .decimal(let value), .share(let value): value
        case .duration(let value): Double(value.wholeMicroseconds)
        case .blank, .words, .time: 0
        }
    }

    /// In eighths of a character.
    private static func bar(_ cell: Cell, most: Double) -> String {
        guard most > 0, length(cell) > 0 else { return "" }
        let eighths = max(1, Int((length(cell) / most * Double(barWidth * 8)).rounded()))
        let part = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
        return String(repeating: "█", count: eighths / 8) + part
    }

    private static func text(_ cell: Cell, _ words: ReportWords) -> String {
        switch cell {
        case .blank: "–"
        case .words(let value): words[value]
        case .number(let value): words.number(value)
        case .decimal(let value): ReportWords.decimal(value, digits: 2)
        case .duration(let value): words.signed(value)
        case .share(let value): words.percent(value)
        case .time(let value): value.rfc3339
        }
    }

    // MARK: - Files

    /// RFC 4180, with a header. Durations are in seconds, shares from 0 to 1, words in the language.
    package func csv(_ language: Language) -> String {
        var text = columns.map(\.name).joined(separator: ",") + "\r\n"
        for row in rows {
            text += row.map { Self.field($0, language) }.joined(separator: ",") + "\r\n"
        }
        return text
    }

    private static func field(_ cell: Cell, _ language: Language) -> String {
        switch cell {
        case .blank: ""
        case .words(let value): quoted(value[language])
        case .number(let value): String(value)
        case .decimal(let value), .share(let value): "\(value)"
        case .duration(let value): seconds(value)
        case .time(let value): value.rfc3339
        }
    }

    /// In quotes where it takes them, and no formula for spreadsheets that would run one.
    private static func quoted(_ text: String) -> String {
        let isFormula = text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
        let text = isFormula ? "'" + text : text
        let needsQuotes = text.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
        }
        return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }

    /// Exact, as many fraction digits as it takes.
    private static func seconds(_ duration: Duration) -> String {
        let microseconds = duration.wholeMicroseconds
        let fraction = String(microseconds.magnitude % 1_000_000)
        var text = (microseconds < 0 ? "-" : "") + String(microseconds.magnitude / 1_000_000)
        guard fraction != "0" else { return text }
        text += "." + String(repeating: "0", count: 6 - fraction.count) + fraction
        while text.last == "0" { text.removeLast() }
        return text
    }

    /// One JSON object: the query, what it is, and its rows as objects.
    package func json() -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("query", query.rawValue)
        writer.name("title")
        writer.words(title)
        writer.name("note")
        if let note { writer.words(note) } else { writer.null() }
        writer.name("rows")
        writeRows(to: &writer)
        writer.endObject()
        return writer.bytes
    }

    func writeRows(to writer: inout JSONWriter) {
        writer.beginArray()
        for row in rows {
            writer.beginObject()
            for (column, cell) in zip(columns, row) {
                writer.name(column.name)
                switch cell {
                case .blank: writer.null()
                case .words(let value): if value.en == value.zh { writer.string(value.en) } else { writer.words(value) }
                case .number(let value): writer.integer(value)
                case .decimal(let value), .share(let value): writer.number(value)
                case .duration(let value): writer.number(Double(value.wholeMicroseconds) / 1_000_000)
                case .time(let value): writer.string(value.rfc3339)
                }
            }
            writer.endObject()
        }
        writer.endArray()
    }
}

extension JSONWriter {
    mutating func words(_ words: Words) {
        beginObject()
        member("en", words.en)
        member("zh", words.zh)
        endObject()
    }
}
