import EventSourcing
import Records

extension LogReading {
    /// Analyses what was read, by the choice it was read with.
    func analysis(_ choice: AnalysisChoice) -> HistoryAnalysis {
        let marks = choice.attributeFilters
        var context = ColumnContext(source: source(choice))
        let zone = context.source.zone
        context.kinds = kinds
        context.endsAreAssumed = endsAreAssumed
        context.isChosen = columns.chosen(by: choice.filters, marks: marks, zone: zone, in: places)
        context.path = choice.path
        context.sides = choice.sides.map { side in
            (side.words, columns.chosen(by: side, marks: marks, zone: zone, in: places))
        }
        context.rows = isGone.map { gone in gone.count { !$0 } } ?? rowCount
        context.rejected = rejected
        context.impossible = impossible.list(columns.caseNames, isGone: isGone, isChosen: context.isChosen)
        context.activityWords = activityWords
        context.identicalInARow = choice.identicalInARow
        if imports.allSatisfy({ $0.mapping.activityColumn == nil }) {
            for stage in imports.flatMap(\.mapping.stages) where !context.stages.contains(stage.name) {
                context.stages.append(stage.name)
            }
        }
        var analysis = HistoryAnalysis(columns, context)
        if choice.category == "incident", choice.path.isEmpty {
            let durations = CaseTable(columns, isChosen: context.isChosen).durationsByCase
            if let kept = steps.conformance(to: choice.playbook, duration: { durations[$0] }) {
                analysis.replaceConformance(with: kept)
            }
        }
        return analysis
    }

    /// Words of activities and stages by their names.
    var activityWords: [String: Words] {
        var words = EventWords.byName
        for stage in imports.flatMap(\.mapping.stages) { words[stage.name] = stage.words }
        return words
    }

    func source(_ choice: AnalysisChoice) -> AnalysisSource {
        let mapping = imports.first?.mapping
        let isSingle = imports.count == 1
        let words = imports.isEmpty ? EventWords.cases(of: choice.category) : mapping?.caseWords
        return AnalysisSource(
            log: log,
            mode: mode,
            position: position,
            title: isSingle
                ? mapping?.title ?? Words(log.rawValue, zh: log.rawValue) : Words(log.rawValue, zh: log.rawValue),
            caseWords: words ?? Words("cases", zh: "案件"),
            rowWords: mapping?.rowWords,
            mapping: mapping?.name,
            zone: choice.zone ?? mapping?.zone ?? (imports.isEmpty ? AnalysisChoice.standardZone : "UTC"),
            filters: choice.filters.map(\.words),
            asKnownAt: choice.asKnownAt,
            asTrueAt: choice.asTrueAt,
            asOf: asOf(choice),
            arguments: ([log.rawValue] + choice.arguments).map(Self.quoted).joined(separator: " ")
        )
    }

    /// An import ends with its last event, whenever the file came; but never after it came, so that a mistyped year does
    /// not make everything overdue.
    func asOf(_ choice: AnalysisChoice) -> Timestamp? {
        if let asTrueAt = choice.asTrueAt { return asTrueAt }
        guard let last, let lastRecorded else { return nil }
        if imports.isEmpty { return choice.asKnownAt ?? lastRecorded }
        let latest = columns.times.max().map { Timestamp(microseconds: $0) } ?? last
        return min(latest, lastRecorded)
    }

    private var rejected: [AnalysisCounts.Rejected] {
        var rows: [String: Int] = [:]
        for file in imports.flatMap(\.files) {
            for reject in file.rejects { rows[reject.reason, default: 0] += reject.rows }
        }
        return rows.map { AnalysisCounts.Rejected(reason: $0.key, rows: $0.value) }
            .sorted { $0.rows == $1.rows ? $0.reason < $1.reason : $0.rows > $1.rows }
    }

    /// An argument as a shell takes it.
    private static func quoted(_ argument: String) -> String {
        let isPlain = argument.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-_./:=,@+".utf8.contains(byte)
            }
        }
        return isPlain && !argument.isEmpty ? argument : "'" + argument.replacing("'", with: "'\\''") + "'"
    }
}

extension CaseTable {
    /// By number of case.
    var durationsByCase: [Int32: Int64] {
        var durations: [Int32: Int64] = [:]
        for index in 0..<count { durations[cases[index]] = duration(index) }
        return durations
    }
}

extension HistoryAnalysis {
    fileprivate mutating func replaceConformance(with conformance: ConformanceStatistics) {
        self.conformance = conformance
        findings = FindingWriter(self).findings
    }

    /// The command that prints a table of this analysis.
    package func command(_ query: ReportQuery) -> String {
        "muster report \(source.arguments) --query \(query.rawValue)"
    }
}
