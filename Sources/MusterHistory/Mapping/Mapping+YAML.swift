import Records

extension Mapping {
    /// Reads a mapping from YAML.
    ///
    /// - Throws: the first thing that is wrong, with its line and key.
    package init(yaml text: String) throws(MappingError) {
        let root = try MappingNode(yaml: text)
        let members = try root.members([
            "name", "version", "title", "rows", "cases", "format", "time", "null-words", "case", "key", "required",
            "activity", "at", "started", "stages", "attributes", "agency", "resource", "place", "due", "recorded",
            "reading", "personal", "report",
        ])
        self.text = try Self.storable(text)
        name = try members.required("name").name()
        version = try members.required("version").integer(1...32_767)
        title = try members["title"]?.bothLanguages() ?? Words(name, zh: name)
        rowWords = try members["rows"]?.bothLanguages() ?? Words("rows", zh: "行")
        caseWords = try members["cases"]?.bothLanguages() ?? Words("cases", zh: "案件")

        format = try Format(members.required("format"))
        (zone, patterns) = try Self.time(members["time"])
        nullWords = try Self.nullWords(members["null-words"])
        caseColumns = try members["case"]?.texts() ?? []
        keyColumns = try members["key"]?.texts() ?? []
        requiredColumns = try members["required"]?.texts() ?? []
        (activityColumn, atColumn, startedColumn) = try Self.activity(members)
        stages =
            if activityColumn != nil, members["stages"] == nil { [] } else {
                try Self.stages(members.required("stages"))
            }
        attributes = try Self.attributes(members["attributes"])
        roles = try Roles(members, attributes: attributes)
        let named = try Self.personal(members["personal"], roles, attributes)
        personal = Self.personal(named, attributes, format, case: caseColumns, key: keyColumns)
        plan = try Self.plan(members["report"], stages: stages, attributes: attributes)

        if let node = members["case"], caseColumns.isEmpty {
            throw node.error(Words("must name a column", zh: "必须指定一列"))
        }
        if let columns = format.columns, let unknown = usedColumns.first(where: { !columns.contains($0) }) {
            throw root.error(
                Words(
                    "uses the column “\(unknown)”, which format.columns does not name",
                    zh: "使用了 format.columns 中没有的列“\(unknown)”"
                )
            )
        }
    }

    /// Every column that the mapping names, once.
    var usedColumns: [String] {
        var columns: [String] = []
        let events = [activityColumn, atColumn, startedColumn].compactMap { $0 } + stages.map(\.column)
        let parts = requiredColumns.compactMap(partCounter)
        for column in caseColumns + keyColumns + requiredColumns + parts + events + attributes.map(\.column)
        where !columns.contains(column) {
            columns.append(column)
        }
        return columns
    }

    /// The text as an event can hold it: YAML has no use for control characters.
    private static func storable(_ text: String) throws(MappingError) -> String {
        let codec = Codec<String>.prose(MappingNode.maximumTextBytes)
        do throws(Problems) {
            return try codec.decode(codec.encode(text))
        } catch {
            throw MappingError(error.list.first?.words ?? Words("cannot be stored", zh: "无法保存"))
        }
    }

    /// The columns of an activity, of its time and of its beginning.
    private static func activity(
        _ members: MappingMembers
    ) throws(MappingError) -> (activity: String?, at: String?, started: String?) {
        guard let activity = members["activity"] else {
            if let member = members["at"] ?? members["started"] {
                throw member.error(
                    Words("is for rows with an activity; name its column too", zh: "仅用于有 activity 的行；请同时指定其列")
                )
            }
            return (nil, nil, nil)
        }
        return try (activity.text(), members.required("at").text(), members["started"]?.text())
    }

    private static func time(_ node: MappingNode?) throws(MappingError) -> (zone: String?, patterns: [TimePattern]) {
        guard let node else { return (nil, standardPatterns) }
        let members = try node.members(["zone", "formats"])
        let formats = try members.required("formats")
        var patterns: [TimePattern] = []
        for entry in try formats.list() {
            guard let pattern = TimePattern(try entry.text()) else {
                throw entry.error(
                    Words(
                        "is not a time format; formats are made of yyyy MM dd HH hh mm ss S a XXX,"
                            + " as MM/dd/yyyy hh:mm:ss a",
                        zh: "不是时间格式；可用 yyyy MM dd HH hh mm ss S a XXX，例如 MM/dd/yyyy hh:mm:ss a"
                    )
                )
            }
            patterns.append(pattern)
        }
        guard (1...8).contains(patterns.count) else {
            throw formats.error(Words("must name 1 to 8 time formats", zh: "应列出 1 到 8 种时间格式"))
        }
        let zone = try members["zone"]?.text()
        if let zone, LocalClock(zone: zone) == nil {
            throw try members.required("zone").error(
                Words(
                    "“\(zone)” is no IANA time zone, as America/New_York or UTC",
                    zh: "“\(zone)”不是 IANA 时区，例如 America/New_York 或 UTC"
                )
            )
        }
        if zone == nil, let pattern = patterns.first(where: { !$0.hasOffset }) {
            throw node.error(
                Words(
                    "zone is missing: times of the form “\(pattern.text)” say no offset",
                    zh: "缺少 zone：形如“\(pattern.text)”的时间没有时区"
                )
            )
        }
        return (zone, patterns)
    }

    private static func nullWords(_ node: MappingNode?) throws(MappingError) -> [String] {
        var words: [String] = []
        for entry in try node?.list() ?? [] { words.append(try entry.anyText()) }
        return words
    }

    private static func stages(_ node: MappingNode) throws(MappingError) -> [Stage] {
        var stages: [Stage] = []
        for (name, value) in try node.members(nil).members {
            if value.isText {
                stages.append(Stage(name: name, words: Words(name, zh: name), column: try value.text()))
                continue
            }
            let members = try value.members(["column", "en", "zh"])
            let column = try members.required("column").text()
            stages.append(Stage(name: name, words: try words(members, or: name), column: column))
        }
        guard (1...200).contains(stages.count) else {
            throw node.error(Words("must name 1 to 200 stages", zh: "应列出 1 到 200 个阶段"))
        }
        return stages
    }

    private static func attributes(_ node: MappingNode?) throws(MappingError) -> [Attribute] {
        guard let node else { return [] }
        var attributes: [Attribute] = []
        for (name, value) in try node.members(nil).members {
            if value.isText {
                let words = Words(name, zh: name)
                attributes.append(Attribute(name: name, words: words, column: try value.text(), kind: .text))
                continue
            }
            let members = try value.members(["column", "type", "values", "before", "after", "en", "zh"])
            let column = try members.required("column").text()
            let kind = try kind(members)
            let words = try words(members, or: name)
            let part = try part(members)
            attributes.append(Attribute(name: name, words: words, column: column, kind: kind, part: part))
        }
        guard attributes.count <= 250 else {
            throw node.error(Words("must name at most 250 attributes", zh: "最多 250 个属性"))
        }
        return attributes
    }

    /// Without a word about it whoever acts is taken for a person.
    private static func personal(
        _ node: MappingNode?,
        _ roles: Roles,
        _ attributes: [Attribute]
    ) throws(MappingError) -> [String] {
        guard let node else { return [roles.resource].compactMap(\.self) }
        var names: [String] = []
        for entry in try node.list() {
            let name = try entry.name()
            guard !names.contains(name) else { continue }
            guard [personalCase, personalKey].contains(name) || attributes.contains(where: { $0.name == name }) else {
                throw entry.error(
                    Words(
                        "“\(name)” is no attribute, nor is it case or key",
                        zh: "“\(name)”不是属性，也不是 case 或 key"
                    )
                )
            }
            names.append(name)
        }
        return names
    }

    /// The columns that tell which case a row is of. Object-centric files tell it in the lists of objects too.
    private static func columnsOfCase(_ format: Format, _ caseColumns: [String], _ keyColumns: [String]) -> [String] {
        let objects = format.caseType.map { ["ocel:objects", "ocel:type:\($0)"] } ?? []
        return (caseColumns.isEmpty ? keyColumns : caseColumns) + objects
    }

    /// Attributes that tell which case a row is of. They are personal where cases of their log are, by whatever mapping.
    var attributesOfCase: [String] {
        let columns = Self.columnsOfCase(format, caseColumns, keyColumns)
        return attributes.filter { columns.contains($0.column) }.map(\.name)
    }

    /// All that says something of a person: what is named, and what shares a column with it.
    private static func personal(
        _ named: [String],
        _ attributes: [Attribute],
        _ format: Format,
        case caseColumns: [String],
        key keyColumns: [String]
    ) -> [String] {
        var columns = Set(attributes.filter { named.contains($0.name) }.map(\.column))
        if named.contains(personalCase) { columns.formUnion(columnsOfCase(format, caseColumns, keyColumns)) }
        if named.contains(personalKey) { columns.formUnion(keyColumns) }
        var personal = named
        personal += attributes.filter { columns.contains($0.column) && !named.contains($0.name) }.map(\.name)
        // A row without key columns is named by all that it says, and a case without columns by its row.
        let isKey = keyColumns.isEmpty ? !named.isEmpty : keyColumns.contains(where: columns.contains)
        let isCase = caseColumns.isEmpty ? isKey : caseColumns.contains(where: columns.contains)
        if isCase, !named.contains(personalCase) { personal.append(personalCase) }
        if isKey, !named.contains(personalKey) { personal.append(personalKey) }
        return personal
    }

    private static func kind(_ members: MappingMembers) throws(MappingError) -> Attribute.Kind {
        let type = members["type"]
        let values = members["values"]
        let word = try type?.text() ?? "text"
        if let values, word != "choice" {
            throw values.error(Words("is for type choice", zh: "仅用于 choice 类型"))
        }
        switch word {
        case "text": return .text
        case "integer": return .integer
        case "choice": return .choice(try values?.texts() ?? [])
        case "time": return .time
        default:
            throw (type ?? members.parent).error(
                Words("must be text, integer, choice or time", zh: "应为 text、integer、choice 或 time")
            )
        }
    }

    private static func part(_ members: MappingMembers) throws(MappingError) -> Attribute.Part {
        guard let before = members["before"] else {
            guard let after = members["after"] else { return .whole }
            return .after(try after.text())
        }
        if let after = members["after"] {
            throw after.error(Words("cannot stand beside “before”", zh: "不能与 before 同时使用"))
        }
        return .before(try before.text())
    }

    private static func words(_ members: MappingMembers, or name: String) throws(MappingError) -> Words {
        let en = try members["en"]?.text() ?? name
        return Words(en, zh: try members["zh"]?.text() ?? en)
    }

    private static func plan(
        _ node: MappingNode?,
        stages: [Stage],
        attributes: [Attribute]
    ) throws(MappingError) -> Plan {
        var plan = Plan()
        guard let node else { return plan }
        let members = try node.members(["counts", "intervals", "late", "case-size"])
        for entry in try members["counts"]?.list() ?? [] {
            let name = try entry.name()
            switch attributes.first(where: { $0.name == name })?.kind {
            case .choice, .integer: plan.counts.append(name)
            case .text, .time, nil:
                throw entry.error(
                    Words(
                        "“\(name)” is no attribute of type choice or integer",
                        zh: "“\(name)”不是 choice 或 integer 类型的属性"
                    )
                )
            }
        }
        for entry in try members["intervals"]?.list() ?? [] {
            let ends = try entry.members(["from", "to"])
            plan.intervals.append(
                Plan.Interval(
                    from: try stage(ends.required("from"), among: stages),
                    to: try stage(ends.required("to"), among: stages)
                )
            )
        }
        for entry in try members["late"]?.list() ?? [] {
            let ends = try entry.members(["stage", "due"])
            let due = try ends.required("due").name()
            guard attributes.contains(where: { $0.name == due && $0.kind == .time }) else {
                throw try ends.required("due").error(
                    Words("“\(due)” is no attribute of type time", zh: "“\(due)”不是 time 类型的属性")
                )
            }
            plan.lateness.append(
                Plan.Lateness(stage: try stage(ends.required("stage"), among: stages), due: due)
            )
        }
        plan.hasCaseSizes = try members["case-size"]?.boolean() ?? false
        return plan
    }

    private static func stage(_ node: MappingNode, among stages: [Stage]) throws(MappingError) -> String {
        let name = try node.name()
        guard stages.contains(where: { $0.name == name }) else {
            throw node.error(Words("“\(name)” is no stage", zh: "“\(name)”不是阶段"))
        }
        return name
    }
}
