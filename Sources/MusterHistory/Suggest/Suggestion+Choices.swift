/// Which columns are the case, the key, the activity and its times.
extension Suggestion {
    private static let entities = [
        "case", "incident", "ticket", "call", "request", "trace", "contact", "patient", "matter", "complaint", "order",
        "sample", "alert", "案件", "事件", "工单", "报警", "诉求", "病例", "线索",
    ]
    private static let identifiers = [
        "id", "number", "no", "num", "key", "uuid", "guid", "identifier", "reference", "编号", "单号", "流水号", "号",
    ]
    private static let others = [
        "by", "user", "owner", "creator", "author", "team", "location", "parent", "admin", "assigned", "caller",
        "agent",
        "postal", "zip", "district", "area", "source", "station", "problem", "change",
    ]

    /// Longer texts are no identifiers, though those of alerts and feeds are addresses.
    private static let maximumIdentifier = 200

    mutating func chooseCase() {
        let scored = columns.compactMap { column in caseScore(column).map { (column: column, score: $0) } }
        caseColumn = Self.best(scored)
        guard let caseColumn else {
            doubts["case"] =
                "no column names a case, so each row is one of its own; if one does, name it: `case: COLUMN`"
            return
        }
        if caseColumn.filled < sample.rows {
            doubts["case"] = "rows that do not name a case would be rejected: \(sample.rows - caseColumn.filled)"
        } else if scored.count(where: { $0.score >= 60 }) > 1, !caseColumn.name.isOne(of: "case:concept:name") {
            let others = scored.filter { $0.score >= 60 && $0.column.index != caseColumn.index }.map(\.column.name.text)
            doubts["case"] = "it might also be \(others.prefix(4).joined(separator: ", "))"
        }
    }

    private func caseScore(_ column: ColumnProfile) -> Int? {
        guard column.isUsable, !column.isTime, column.filled * 50 >= sample.rows * 49,
            column.averageLength <= Self.maximumIdentifier, !column.isDecimal || column.isInteger
        else { return nil }
        var score = 0
        let name = column.name
        if name.isOne(of: "case:concept:name", "ocel:case") { score = 200 }
        if name.isOne(of: "case id", "case_id", "caseid", "case", "case number") { score = 120 }
        if name.isOne(of: "unique key", "call number", "service_request_id", "sr_number", "identifier") { score = 100 }
        if name.isOne(of: "number", "subject") { score = 70 }
        if score == 0 {
            let isNumber = name.has(Self.identifiers)
            guard isNumber || isNumberedEntity(column) else { return nil }
            score = name.words.count == 1 || name.has("uuid", "guid") ? 40 : 20
            if name.has(Self.entities) { score = 75 }
            if name.has(Self.others) { score -= 50 }
            if name.text.contains("."), !name.has("uuid") { score -= 10 }
        }
        // A row that does not name its case is rejected.
        if column.filled < sample.rows { score -= 20 }
        // Few ids for many rows are kinds or places, not cases.
        if column.distinct < 20, column.distinct * 50 < sample.rows { score -= 60 }
        if column.distinct == 1, sample.rows > 5 { score -= 60 }
        return score > 0 ? score : nil
    }

    /// Whether it is called by what cases are and nothing else, as “ticket”, and its texts are numbers: other such columns
    /// say what kind of a case it is.
    private func isNumberedEntity(_ column: ColumnProfile) -> Bool {
        column.name.words.count == 1 && column.name.has(Self.entities)
            && sample.values[column.index].allSatisfy { $0.isEmpty || $0.contains(where: \.isNumber) }
    }

    mutating func chooseKey() {
        let rows = sample.rows
        // Formats whose rows are numbered within their case, or name the event beside it.
        let counters = ["ocel:eid", "@index", CAPRows.infoCounter] + (guess.format.rows.map { ["\($0).@index"] } ?? [])
        if let caseColumn, let counter = counters.compactMap({ usable($0) }).first,
            isUnique([caseColumn, counter])
        {
            keyColumns = [caseColumn, counter]
            return
        }
        let scored = columns.compactMap { column -> (column: ColumnProfile, score: Int)? in
            guard column.isUsable, !column.isTime, column.isUnique(in: rows),
                column.averageLength <= Self.maximumIdentifier, !column.isDecimal || column.isInteger
            else { return nil }
            let name = column.name
            if name.isOne(of: "rowid", "row_id", "id", "uuid", "ocel:eid", "concept:instance") { return (column, 120) }
            if column.index == caseColumn?.index { return (column, 100) }
            guard name.has(Self.identifiers) || name.isOne(of: "case:concept:name") else { return nil }
            return (column, name.has(Self.others) ? 20 : 60)
        }
        guard let key = Self.best(scored) else {
            doubts["key"] =
                "no column names single rows, so a row is known by its content, and a changed row counts as a new one"
            return
        }
        keyColumns = [key]
        if !sample.isWhole { doubts["key"] = "it differs in the first \(rows) rows; that it does in all was not seen" }
    }

    /// Whether each row has its own texts in the columns together, and none is empty.
    private func isUnique(_ columns: [ColumnProfile]) -> Bool {
        guard columns.allSatisfy({ $0.filled == sample.rows }) else { return false }
        var seen: Set<[String]> = []
        return (0..<sample.rows).allSatisfy { row in seen.insert(columns.map { sample.values[$0.index][row] }).inserted
        }
    }

    // MARK: - Activity

    mutating func chooseActivity() {
        let cases = caseNumbers()
        let scored = columns.compactMap { column in
            activityScore(column, cases).map { (column: column, score: $0) }
        }
        guard let found = Self.best(scored), let at = time(of: found, cases) else { return }
        activity = found
        self.at = at
        started = columns.first { column in
            column.isUsable && column.isTime && column.index != at.index
                && column.name.has("start", "started", "begin", "began")
                && !column.name.text.hasPrefix("case:") && share(of: column, isUpTo: at) > 0.95
        }
    }

    private func activityScore(_ column: ColumnProfile, _ cases: [Int]?) -> Int? {
        guard column.isUsable, !column.isTime, column.index != caseColumn?.index,
            column.filled * 100 >= sample.rows * 99,
            column.averageLength <= 120, !column.isDecimal
        else { return nil }
        let name = column.name
        if name.isOne(of: "concept:name", "ocel:activity", "ocel:type") { return 200 }
        var score = 0
        if name.has("activity", "动作", "环节", "活动", "步骤") { score = 90 }
        if score == 0, name.has("action", "task", "step", "event") { score = 65 }
        if score == 0, name.has("state", "status", "stage", "phase", "operation", "状态", "阶段") { score = 60 }
        if score == 0, name.has("type"), guess.format.type != .csv, !name.has("content", "mime") { score = 40 }
        if name.text.hasPrefix("case:") || name.has("id", "number", "count") { score = 0 }
        guard score > 0, column.distinct > 1, column.distinct <= max(200, sample.rows / 5), let cases else {
            return nil
        }
        let change = variation(of: column, cases)
        guard change >= 0.2 else { return nil }
        return score + Int(change * 20)
    }

    /// The column that says when an activity happened.
    private func time(of activity: ColumnProfile, _ cases: [Int]?) -> ColumnProfile? {
        let scored = columns.compactMap { column -> (column: ColumnProfile, score: Int)? in
            guard column.isUsable, column.isTime, column.filled * 100 >= sample.rows * 95 else { return nil }
            let name = column.name
            if name.isOne(of: "time:timestamp", "ocel:timestamp", "ocel:time") { return (column, 300) }
            var score = 20
            if name.isOne(of: "timestamp", "time", "datetime", "event time", "event_time") { score = 100 }
            if name.has("updated", "modified", "occurred", "happened", "performed", "followup") { score = 70 }
            if name.has("end", "ended", "complete", "completed", "finished") { score = 60 }
            if name.has("start", "started", "begin") { score = 10 }
            if name.has("entry", "import", "recorded") { score = 10 }
            if name.isDue || name.text.hasPrefix("case:") { score = 0 }
            if column.hasTimeOfDay { score += 20 }
            if let cases { score += Int(variation(of: column, cases) * 80) }
            if column.filled == sample.rows { score += 20 }
            return (column, score)
        }
        return Self.best(scored)
    }

    // MARK: - Parts

    func usable(_ name: String) -> ColumnProfile? { columns.first { $0.isUsable && $0.name.text == name } }

    /// The one with the highest score; of equals, the first.
    private static func best(_ scored: [(column: ColumnProfile, score: Int)]) -> ColumnProfile? {
        scored.max { ($0.score, $1.column.index) < ($1.score, $0.column.index) }?.column
    }

    /// The number of each row's case; nil when cases have one row each, or there are none.
    private func caseNumbers() -> [Int]? {
        guard let caseColumn, caseColumn.distinct < caseColumn.filled else { return nil }
        var numbers: [String: Int] = [:]
        return sample.values[caseColumn.index].map { text in
            if let number = numbers[text] { return number }
            numbers[text] = numbers.count
            return numbers.count - 1
        }
    }

    /// In how many of the cases with several rows the column has several texts, from 0 to 1.
    private func variation(of column: ColumnProfile, _ cases: [Int]) -> Double {
        var first: [Int: String] = [:]
        var several: Set<Int> = []
        var varied: Set<Int> = []
        for (row, number) in cases.enumerated() {
            let text = sample.values[column.index][row]
            guard let known = first[number] else {
                first[number] = text
                continue
            }
            several.insert(number)
            if known != text { varied.insert(number) }
        }
        return several.isEmpty ? 0 : Double(varied.count) / Double(several.count)
    }

    /// In how many of the rows that have both times the one is not after the other, from 0 to 1.
    private func share(of column: ColumnProfile, isUpTo other: ColumnProfile) -> Double {
        var (both, ordered) = (0, 0)
        for row in 0..<sample.rows {
            guard let from = times.read(sample.values[column.index][row]),
                let to = times.read(sample.values[other.index][row])
            else { continue }
            both += 1
            if from <= to { ordered += 1 }
        }
        return both > 0 ? Double(ordered) / Double(both) : 0
    }
}
