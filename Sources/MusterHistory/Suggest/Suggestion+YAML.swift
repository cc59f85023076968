/// The mapping as text, with what is in doubt beside it.
extension Suggestion {
    /// - Parameter trial: what became of the file's first rows under this mapping.
    func yaml(trial: SuggestionTrial?) -> String {
        var text = SuggestionText()
        head(&text, trial)
        text.line("name: \(name)")
        text.line("version: 1")
        text.line("title: \(SuggestionText.quoted(title))")
        text.line()
        format(&text)
        text.line()
        time(&text)
        text.line()
        if !nullWords.isEmpty {
            text.doubt(doubts["null-words"])
            let words = ([""] + nullWords).map { SuggestionText.quoted($0) }.joined(separator: ", ")
            text.line("null-words: [\(words)]")
            text.line()
        }
        text.doubt(doubts["case"])
        if let caseColumn { text.line("case: \(SuggestionText.quoted(caseColumn.name.text))") }
        text.doubt(doubts["key"])
        if !keyColumns.isEmpty { text.line("key: \(SuggestionText.list(keyColumns.map(\.name.text)))") }
        activity(&text)
        stages(&text)
        attributes(&text)
        report(&text)
        return text.text
    }

    private var name: String {
        let stem = source.split(separator: ".").first.map(String.init) ?? source
        return ColumnName(stem).slug() ?? "file"
    }

    /// As much of the file's name as a title may have.
    private var title: String {
        var title = ""
        for character in source {
            guard title.utf8.count + character.utf8.count <= 200 else { break }
            title.append(character)
        }
        return title
    }

    private func head(_ text: inout SuggestionText, _ trial: SuggestionTrial?) {
        let extent = sample.isWhole ? "all of its rows (\(sample.rows))" : "its first \(sample.rows) rows"
        text.comment(
            "A first mapping for \(source), made by looking at \(extent). It imports as it stands: save it, and give its"
                + " path as --mapping. Lines that begin with DOUBT are worth a look first."
        )
        if let trial {
            text.comment("Of the first \(trial.rows) rows \(trial.rejected) would be rejected.")
            for (reject, count) in trial.mostFrequent.prefix(8) {
                let column = reject.column.map { " in \(SuggestionText.quoted($0))" } ?? ""
                let line = trial.lines[reject].map { ", first on line \($0)" } ?? ""
                text.comment("  \(count): \(reject.code)\(column)\(line)")
            }
        }
        if reversedRows > 0 {
            text.comment("Rows with a later stage before an earlier one, which are kept and counted: \(reversedRows).")
        }
        if let shipped {
            text.comment("The shipped mapping \(shipped.name) fits this file too.")
        }
        text.line()
    }

    private func format(_ text: inout SuggestionText) {
        text.line("format:")
        text.line("  type: \(guess.format.type.rawValue)")
        if let rows = guess.format.rows { text.line("  rows: \(SuggestionText.quoted(rows))") }
        if let type = guess.format.caseType {
            text.doubt(doubts["case-type"], indent: "  ")
            text.line("  case-type: \(SuggestionText.quoted(type))")
        }
        guard guess.format.type == .csv else { return }
        text.doubt(guess.encodingDoubt, indent: "  ")
        text.line("  encoding: \(guess.format.encoding.rawValue)")
        let delimiter = String(UnicodeScalar(guess.format.delimiter))
        text.line("  delimiter: \(SuggestionText.quoted(delimiter, always: true))")
        text.doubt(guess.headerDoubt, indent: "  ")
        text.line("  header: \(guess.format.columns == nil)")
        if let columns = guess.format.columns { text.line("  columns: \(SuggestionText.list(columns))") }
    }

    private func time(_ text: inout SuggestionText) {
        text.line("time:")
        if times.needsZone {
            let (zone, doubt) = zone
            text.doubt(doubt, indent: "  ")
            text.line("  zone: \(zone)")
        }
        text.doubt(times.orderDoubt, indent: "  ")
        let formats = times.patterns.map { SuggestionText.quoted($0.text, always: true) }.joined(separator: ", ")
        text.line("  formats: [\(formats)]")
    }

    /// The zone of times that do not say it, and why it may be another.
    private var zone: (name: String, doubt: String?) {
        if times.saysUTC { return ("UTC", nil) }
        if let zone = shipped?.zone { return (zone, nil) }
        let isChinese = columns.contains { column in
            (column.name.text + column.example).unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        }
        let doubt = "times say no zone; name that of the place, as America/New_York or Asia/Shanghai"
        return (isChinese ? "Asia/Shanghai" : "UTC", doubt)
    }

    private func activity(_ text: inout SuggestionText) {
        guard let activity, let at else { return }
        text.line()
        text.comment("Each row is one event of its case.")
        text.line("activity: \(SuggestionText.quoted(activity.name.text))")
        text.line("at: \(SuggestionText.quoted(at.name.text))")
        if let started { text.line("started: \(SuggestionText.quoted(started.name.text))") }
    }

    private func stages(_ text: inout SuggestionText) {
        guard !stages.isEmpty else { return }
        text.line()
        if stages.count > 1 { text.comment("In the order of their median times.") }
        text.doubt(doubts["stages"])
        text.line("stages:")
        for stage in stages {
            let name = SuggestionText.quoted(stage.column.name.text)
            text.line("  \(stage.name): {column: \(name)\(words(stage.name, stage.column))}")
        }
    }

    private func attributes(_ text: inout SuggestionText) {
        if !attributes.isEmpty {
            text.line()
            text.line("attributes:")
            for attribute in attributes {
                let name = SuggestionText.quoted(attribute.column.name.text)
                let type = attribute.kind == "text" ? "" : ", type: \(attribute.kind)"
                text.line("  \(attribute.name): {column: \(name)\(type)\(words(attribute.name, attribute.column))}")
            }
        }
        for (name, reason) in leftOut.prefix(60) {
            text.comment("left out: \(SuggestionText.quoted(name, always: true)): \(reason)")
        }
        roles(&text)
        personal(&text)
    }

    private func roles(_ text: inout SuggestionText) {
        guard roles != Mapping.Roles() else { return }
        text.line()
        text.comment("Who acts, where, until when, and when it was entered: attributes that the analysis looks for.")
        if let agency = roles.agency { text.line("agency: \(agency)") }
        if let resource = roles.resource { text.line("resource: \(resource)") }
        if let place = roles.place { text.line("place: \(place)") }
        if let due = roles.due { text.line("due: \(due)") }
        if let recorded = roles.recorded { text.line("recorded: \(recorded)") }
        if let reading = roles.reading { text.line("reading: \(reading)") }
    }

    private func personal(_ text: inout SuggestionText) {
        var people = attributes.filter { $0.kind != "time" && $0.kind != "integer" && $0.column.name.standsForPerson }
            .map(\.name)
        func isPerson(_ column: ColumnProfile) -> Bool { column.name.standsForPerson || column.name.isPersonal }
        let isShipped = shipped.map { $0.personal.contains(Mapping.personalCase) } ?? false
        if isShipped || caseColumn.map(isPerson) == true { people.append(Mapping.personalCase) }
        if keyColumns.contains(where: isPerson) { people.append(Mapping.personalKey) }
        text.line()
        text.doubt(
            people.isEmpty
                ? "nothing here looks like a person; name what does, `case` where a case is one, and exports have"
                    + " pseudonyms for it"
                : "these look like people, for whom exports have pseudonyms; name all that say something of a person,"
                    + " and `case` where a case is one"
        )
        text.line("personal: [\(people.joined(separator: ", "))]")
    }

    /// The words of a name that a column has in another form.
    private func words(_ name: String, _ column: ColumnProfile) -> String {
        column.name.slug() == nil ? ", en: \(SuggestionText.quoted(column.name.text))" : ""
    }

    /// The few attributes whose values are worth counting: kinds and states before others.
    private var countedAttributes: [Attribute] {
        let possible = attributes.filter { attribute in
            attribute.kind == "choice" && (2...25).contains(attribute.column.distinct)
                && (attribute.column.isInteger || !attribute.column.isDecimal)
                && attribute.column.filled * 4 >= sample.rows
        }
        func isKind(_ attribute: Attribute) -> Bool {
            let name = attribute.column.name
            if [roles.agency, roles.place].contains(attribute.name) { return true }
            return name.has(
                "status",
                "state",
                "type",
                "category",
                "priority",
                "severity",
                "result",
                "outcome",
                "channel"
            )
                || name.has("classification", "kind", "状态", "类型", "类别", "等级", "结果", "渠道")
        }
        return Array((possible.filter(isKind) + possible.filter { !isKind($0) }).prefix(4))
    }

    private func report(_ text: inout SuggestionText) {
        let counted = countedAttributes
        let hasCaseSizes = caseColumn.map { $0.distinct < $0.filled } ?? false
        guard !counted.isEmpty || stages.count > 1 || hasCaseSizes else { return }
        text.line()
        text.line("report:")
        if !counted.isEmpty { text.line("  counts: [\(counted.map(\.name).joined(separator: ", "))]") }
        if stages.count > 1, let first = stages.first, let last = stages.last {
            text.line("  intervals:")
            for (from, to) in zip(stages, stages.dropFirst()) {
                text.line("    - {from: \(from.name), to: \(to.name)}")
            }
            if stages.count > 2 { text.line("    - {from: \(first.name), to: \(last.name)}") }
            let done = stages.last { $0.column.name.isEnd } ?? last
            if let due = roles.due { text.line("  late: [{stage: \(done.name), due: \(due)}]") }
        }
        if hasCaseSizes { text.line("  case-size: true") }
    }
}

/// Lines of YAML.
struct SuggestionText {
    private(set) var text = ""

    private static let maximumWidth = 110

    mutating func line(_ line: String = "") { text += line + "\n" }

    /// Comments are about the file, whose words must not end them.
    mutating func comment(_ words: String, indent: String = "") {
        var line = "\(indent)#"
        for word in words.split(omittingEmptySubsequences: false, whereSeparator: { $0 == " " || $0.isNewline }) {
            if line.count + word.count + 1 > Self.maximumWidth {
                self.line(line)
                line = "\(indent)#"
            }
            line += " " + word.filter { !$0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } }
        }
        self.line(line)
    }

    mutating func doubt(_ words: String?, indent: String = "") {
        if let words { comment("DOUBT: \(words).", indent: indent) }
    }

    /// One text alone, or a list of several.
    static func list(_ texts: [String]) -> String {
        texts.count == 1 ? quoted(texts[0]) : "[\(texts.map { quoted($0) }.joined(separator: ", "))]"
    }

    /// A text as YAML reads it, in quotes unless it is plainly a text.
    static func quoted(_ text: String, always: Bool = false) -> String {
        let isPlain =
            text.first.map { $0.isLetter } == true && text.last != " "
            && text.unicodeScalars.allSatisfy { scalar in
                (scalar.properties.isAlphabetic && scalar.value != 0x85) || ("0"..."9").contains(scalar)
                    || scalar == " " || scalar == "_" || scalar == "-" || scalar == "."
            }
            && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
        if isPlain, !always { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\t": quoted += "\\t"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            default:
                if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value == 0xFEFF
                    || (0x2028...0x2029).contains(scalar.value)
                {
                    let digits = String(scalar.value, radix: 16)
                    quoted += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
                } else {
                    quoted.unicodeScalars.append(scalar)
                }
            }
        }
        return quoted + "\""
    }
}
