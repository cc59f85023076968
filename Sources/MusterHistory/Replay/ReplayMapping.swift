import Records

/// How the rows of a replay's log say what they say: the names of their stages and of what was due.
struct ReplayMapping {
    /// The name of the mapping of every replay.
    static let name = "replay"
    static let maximumStages = 200

    private struct Stage {
        let name: String
        let words: Words
    }

    /// A kind of deadline.
    struct Due {
        /// The stage that is due.
        let stage: String
        let attribute: String
    }

    private var stages: [Stage] = []
    /// By number of kind; nil for kinds without any deadline.
    private(set) var dues: [Due?] = []
    /// What each label is called as an activity.
    private(set) var activities: [String] = []
    private let replay: HistoryReplay

    init(_ replay: HistoryReplay) throws(ReplayError) {
        self.replay = replay
        let draft = replay.changed.draft
        if draft.shape == .stages {
            stages = draft.stages.map { Stage(name: $0.name, words: $0.words) }
        } else {
            // Incidents' steps have names for people; activities of an import are their own.
            activities = draft.labels.map { draft.incidents.isEmpty && replay.playbook == nil ? $0.name : add($0) }
        }
        var isUsed = [Bool](repeating: false, count: replay.changed.kinds.count)
        for deadline in replay.changed.deadlines { isUsed[Int(deadline.kind)] = true }
        dues = replay.changed.kinds.enumerated().map { number, kind in
            guard isUsed[number] else { return nil }
            let stage = draft.shape == .stages ? self.stage(of: kind, draft) : add(kind)
            let attribute = "due-\(stage)"
            return Due(stage: stage, attribute: attribute.utf8.count <= 40 ? attribute : "due-\(number)")
        }
        guard stages.count <= Self.maximumStages else { throw .tooManyStages(stages.count) }
    }

    /// The stage that a kind of deadline is for: the one of its name, or the last.
    private func stage(of kind: Label, _ draft: ReplayDraft) -> String {
        if stages.contains(where: { $0.name == kind.name }) { return kind.name }
        return draft.lastStages.max().map { stages[Int($0)].name } ?? stages[stages.count - 1].name
    }

    /// Adds a stage, once for each name.
    private mutating func add(_ label: Label) -> String {
        let name = Self.slug(label.name)
        if let known = stages.first(where: { $0.name == name && $0.words == label.words }) { return known.name }
        var unique = name
        var number = 2
        while stages.contains(where: { $0.name == unique }) {
            unique = "\(name.prefix(36))-\(number)"
            number += 1
        }
        stages.append(Stage(name: unique, words: label.words))
        return unique
    }

    /// A name as mappings allow it.
    private static func slug(_ name: String) -> String {
        var text = ""
        for character in name.lowercased() {
            let isPlain = character.isASCII && (character.isLetter || character.isNumber)
            if isPlain { text.append(character) } else if !text.isEmpty, text.last != "-" { text.append("-") }
        }
        while text.last == "-" { text.removeLast() }
        return text.isEmpty ? "stage" : String(text.prefix(40))
    }

    // MARK: - As YAML

    /// The text of the mapping, as the log keeps it and reports read it.
    var yaml: String {
        let (source, draft) = (replay.source, replay.changed.draft)
        var lines = [
            "# Made by muster replay: what the rows of this log say.",
            "name: \(Self.name)", "version: \(HistoryReplay.version)",
            "title: \(Self.flow(Words("\(source.title.en), replayed", zh: "\(source.title.zh)（重演）")))",
            "rows: \(Self.flow(source.rowWords ?? Words("steps", zh: "步骤")))",
            "cases: \(Self.flow(source.caseWords))",
            "format: {type: csv}",
            "time: {zone: \(Self.quoted(source.zone)), formats: [\"yyyy-MM-dd'T'HH:mm:ss.SXXX\", \"yyyy-MM-dd'T'HH:mm:ssXXX\"]}",
            "case: case", "key: row",
        ]
        if draft.shape == .activities { lines += ["activity: activity", "at: at", "started: started"] }
        if !stages.isEmpty {
            lines.append("stages:")
            lines += stages.map { stage in
                "  \(stage.name): {column: \(stage.name), en: \(Self.quoted(stage.words.en)),"
                    + " zh: \(Self.quoted(stage.words.zh))}"
            }
        }
        lines += [
            "attributes:",
            "  agency: {column: agency, type: choice, en: agency, zh: 部门}",
            "  resource: {column: resource, type: choice, en: person or unit, zh: 人员}",
            "  place: {column: place, type: choice, en: place, zh: 地点}",
        ]
        let used = dues.compactMap(\.self)
        lines += used.map { "  \($0.attribute): {column: \($0.attribute), type: time}" }
        lines += ["agency: agency", "resource: resource", "place: place"]
        lines += ["personal: [\(replay.personalRoles.joined(separator: ", "))]", "report:", "  case-size: true"]
        if !used.isEmpty {
            lines.append("  late:")
            lines += used.map { "    - {stage: \($0.stage), due: \($0.attribute)}" }
        }
        let intervals = replay.intervals.filter { pair in
            [pair.from, pair.to].allSatisfy { name in stages.contains { $0.name == name } }
        }
        if draft.shape == .stages, !intervals.isEmpty {
            lines.append("  intervals:")
            lines += intervals.map { "    - {from: \($0.from), to: \($0.to)}" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func flow(_ words: Words) -> String { "{en: \(quoted(words.en)), zh: \(quoted(words.zh))}" }

    /// A text of YAML in double quotes, no longer than a mapping's texts may be.
    private static func quoted(_ text: String) -> String {
        var short = ""
        for character in text {
            guard short.utf8.count + character.utf8.count <= 180 else { break }
            short.append(character.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } ? character : " ")
        }
        let escaped = short.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }
}
