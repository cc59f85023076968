/// Which columns are stages, attributes and roles.
extension Suggestion {
    private static let maximumStages = 20
    private static let maximumAttributes = 150

    mutating func chooseStages() {
        var candidates = columns.filter { column in
            column.isUsable && column.isTime && !column.name.isDue && !column.name.isPersonal && !isOfFeed(column)
                && (column.distinct > 1 || sample.rows <= 5 || column.filled < sample.rows)
        }
        // When a row was entered is no step of its case, unless nothing else is known.
        if candidates.contains(where: { !$0.name.isEntry }) { candidates.removeAll(where: \.name.isEntry) }
        // A date beside times of day would be midnight, before everything else of its day.
        let exact = candidates.filter(\.hasTimeOfDay)
        var chosen = exact.isEmpty ? candidates : exact
        if chosen.isEmpty { chosen = columns.filter { $0.isUsable && $0.isTime } }
        var names: Set<String> = []
        stages = inOrder(chosen).prefix(Self.maximumStages).map { column in
            let name = column.name
            let slug = name.slug(droppingTimeWords: true) ?? name.chineseSlug ?? "time-\(column.index + 1)"
            return Stage(name: Self.unused(slug, &names), column: column)
        }
        if stages.count > 1 { countReversed() }
        if reversedRows * 5 > sample.rows {
            doubts["stages"] =
                "many rows have these times in another order; leave those away that are no steps of the case"
        }
    }

    /// Whether it is the feed that says it, and not the entry.
    private func isOfFeed(_ column: ColumnProfile) -> Bool {
        guess.format.type == .atom && column.name.text.hasPrefix("feed.")
    }

    /// Rows that are compared for the order of their times.
    private static let comparedRows = 4_000

    /// By the median times between them: what most often comes before most others is first. Columns that few rows have
    /// are compared with the others in those rows alone.
    private func inOrder(_ columns: [ColumnProfile]) -> [ColumnProfile] {
        let rows = stride(from: 0, to: sample.rows, by: max(1, sample.rows / Self.comparedRows))
        let read = columns.map { column in rows.map { times.read(sample.values[column.index][$0]) } }
        var scores = Array(repeating: 0, count: columns.count)
        for first in columns.indices {
            for second in columns.indices.dropFirst(first + 1) {
                let gaps = zip(read[first], read[second]).compactMap { from, to -> Int64? in
                    guard let from, let to else { return nil }
                    return to - from
                }.sorted()
                guard !gaps.isEmpty else { continue }
                let order = gaps[gaps.count / 2].signum() + gaps[(gaps.count - 1) / 2].signum()
                scores[first] += Int(order)
                scores[second] -= Int(order)
            }
        }
        return columns.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }.map { columns[$0] }
    }

    private mutating func countReversed() {
        for row in 0..<sample.rows {
            var last = Int64.min
            for stage in stages {
                guard let time = times.read(sample.values[stage.column.index][row]) else { continue }
                if time < last {
                    reversedRows += 1
                    break
                }
                last = time
            }
        }
    }

    mutating func chooseAttributes() {
        var used: Set<Int> = []
        for column in [caseColumn, activity, at, started].compactMap({ $0 }) + stages.map(\.column) + keyColumns {
            used.insert(column.index)
        }
        var names: Set<String> = []
        for column in columns where !used.contains(column.index) && column.filled > 0 {
            let text = column.name.text
            // A counter that the reader adds says nothing of the row.
            if guess.format.type != .csv, text.hasSuffix("@index") { continue }
            if !column.isUsable {
                leftOut.append(
                    (text, text.isEmpty ? "it has no name" : "its name is not its own, or cannot be written")
                )
            } else if column.name.isPersonal {
                leftOut.append((text, "it looks personal; take it only for a purpose that needs it"))
            } else if attributes.count == Self.maximumAttributes {
                leftOut.append((text, "there are more than \(Self.maximumAttributes)"))
            } else {
                let slug = column.name.slug() ?? column.name.chineseSlug ?? "column-\(column.index + 1)"
                attributes.append(Attribute(name: Self.unused(slug, &names), column: column, kind: kind(column)))
            }
        }
    }

    private func kind(_ column: ColumnProfile) -> String {
        if column.isTime, column.notTimes == 0 { return "time" }
        let isQuantity = column.name.has(
            "count",
            "costs",
            "cost",
            "amount",
            "age",
            "sequence",
            "quantity",
            "total",
            "数量",
            "次数",
            "金额"
        )
        // Only where all rows were seen: one text in a column of numbers would reject its row.
        if column.isInteger, isQuantity, sample.isWhole { return "integer" }
        let isChoice = column.distinct <= 60 || column.distinct * 20 <= column.filled
        return isChoice && column.averageLength <= 60 ? "choice" : "text"
    }

    private static func unused(_ name: String, _ names: inout Set<String>) -> String {
        var candidate = name
        var number = 2
        while !names.insert(candidate).inserted {
            candidate = "\(name.prefix(36))-\(number)"
            number += 1
        }
        return candidate
    }

    // MARK: - Roles

    mutating func chooseRoles() {
        let texts = attributes.filter { $0.kind == "choice" || $0.kind == "text" }
        roles.agency = Self.role(texts, in: sample.rows) { name in
            if name.isOne(of: "org:group") { return 200 }
            if name.isOne(of: "agency", "department", "assignment_group", "承办单位") { return 100 }
            if name.has("agency", "department", "dept", "承办", "单位", "部门") { return 70 }
            return name.has("group", "organization", "organisation", "team", "sender") && !name.has("type") ? 50 : 0
        }
        roles.resource = Self.role(texts.filter { $0.name != roles.agency }, in: sample.rows) { name in
            if name.isOne(of: "org:resource") { return 200 }
            if name.isOne(of: "resource", "assigned_to", "assignee", "unit id", "经办人") { return 100 }
            if name.has("resource", "assignee", "handler", "operator", "officer", "经办", "处理人") { return 70 }
            if name.has("unit", "user", "worker", "responsible", "performer"), !name.has("type", "agency", "department")
            {
                return 50
            }
            return name.has("team") ? 40 : 0
        }
        roles.place = Self.role(texts, in: sample.rows) { name in
            if name.isOne(of: "borough", "township", "district", "neighborhood", "neighbourhood", "place") {
                return 100
            }
            if name.has("neighborhood", "neighborhooods", "neighbourhood", "borough", "township", "街道", "社区", "辖区") {
                return 90
            }
            if name.has("district", "precinct", "ward", "city", "area", "区") { return 60 }
            return name.has("address", "location", "place", "site", "地址", "地点") ? 50 : 0
        }
        roles.due =
            attributes.filter { $0.kind == "time" && $0.column.name.isDue }
            .max { Self.dueScore($0) < Self.dueScore($1) }?.name
        roles.recorded = attributes.first { $0.kind == "time" && $0.column.name.isEntry }?.name
        roles.reading =
            attributes.first { attribute in
                attribute.column.name.isReading && (attribute.column.isDecimal || attribute.column.isInteger)
            }?.name
    }

    private static func dueScore(_ attribute: Attribute) -> Int {
        attribute.column.name.has("due", "deadline", "期限", "截止") ? 1 : 0
    }

    /// The attribute that a name fits best, among those that say something about most rows and differ.
    private static func role(_ attributes: [Attribute], in rows: Int, _ score: (ColumnName) -> Int) -> String? {
        var best: (name: String, score: Int)?
        for attribute in attributes {
            let column = attribute.column
            guard column.distinct > 1 || rows <= 5, column.filled * 4 >= rows, !column.isDecimal else { continue }
            let score = score(column.name) - (attribute.kind == "text" ? 5 : 0)
            if score > max(0, best?.score ?? 0) { best = (attribute.name, score) }
        }
        return best?.name
    }
}
