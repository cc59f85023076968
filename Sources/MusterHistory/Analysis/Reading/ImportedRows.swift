import EventSourcing
import Records

/// The rows of one mapping, as columns: what its report counts, its intervals and its due times.
struct ImportedRows {
    /// More distinct values than this are counted together as `…`, so that a column of texts cannot fill the memory.
    private static let maximumValues: Int32 = 10_000

    let mapping: Mapping
    private(set) var files: [MappingReport.File] = []

    /// The unit of each row among all rows of the log.
    private var units: [Int32] = []
    private var cases: [Int32] = []
    private var counted: [(values: NameTable, column: [Int32])]
    private var intervals: [[Int64]]
    private var lateness: [(done: [Int64], due: [Int64])]

    private let countedAttributes: [Int]
    private let intervalStages: [(from: Int, to: Int)]
    private let latenessParts: [(stage: Int, due: Int)]

    init(mapping: Mapping) {
        self.mapping = mapping
        func stage(_ name: String) -> Int { mapping.stages.firstIndex { $0.name == name } ?? -1 }
        func attribute(_ name: String) -> Int { mapping.attributes.firstIndex { $0.name == name } ?? -1 }
        countedAttributes = mapping.plan.counts.map(attribute)
        intervalStages = mapping.plan.intervals.map { (stage($0.from), stage($0.to)) }
        latenessParts = mapping.plan.lateness.map { (stage($0.stage), attribute($0.due)) }
        counted = countedAttributes.map { _ in (NameTable(), []) }
        intervals = intervalStages.map { _ in [] }
        lateness = latenessParts.map { _ in ([], []) }
    }

    mutating func take(_ started: ImportStarted) {
        guard !files.contains(where: { $0.sha256 == started.sha256 }) else { return }
        files.append(
            MappingReport.File(source: started.source, sha256: started.sha256, byteCount: started.byteCount)
        )
    }

    mutating func take(_ finished: ImportFinished) {
        guard let index = files.firstIndex(where: { $0.sha256 == finished.sha256 }) else { return }
        files[index].rows = finished.rows
        files[index].rejects = finished.rejects.map { RejectCount(reason: $0.reason, rows: $0.rows) }
        files[index].changed = finished.changed
    }

    mutating func take(_ row: RowScan, unit: Int32, caseIndex: Int32) throws(Problems) {
        units.append(unit)
        cases.append(caseIndex)
        for (index, attribute) in countedAttributes.enumerated() {
            counted[index].column.append(try Self.value(row, row.attributes[attribute], &counted[index].values))
        }
        for (index, stage) in intervalStages.enumerated() {
            let (from, to) = (row.stages[stage.from], row.stages[stage.to])
            let isKnown = from != EventColumns.unknown && to != EventColumns.unknown
            intervals[index].append(isKnown ? to - from : EventColumns.unknown)
        }
        for (index, part) in latenessParts.enumerated() {
            lateness[index].done.append(row.stages[part.stage])
            let due = row.attributes[part.due]
            lateness[index].due.append(
                try due.map { (range) throws(Problems) in try row.scan.time(range) } ?? EventColumns.unknown
            )
        }
    }

    /// The number of a value, -1 for none, and that of the rest when there are too many.
    private static func value(
        _ row: RowScan,
        _ range: Range<Int>?,
        _ names: inout NameTable
    ) throws(Problems) -> Int32 {
        guard let range else { return -1 }
        if names.count < maximumValues { return try row.scan.number(range, in: &names) }
        return names.known(try row.scan.string(range)) ?? maximumValues
    }

    // MARK: - What it comes to

    /// - Parameters:
    ///   - isGone: by unit, whether a later revision took its place; nil when there is none.
    func report(_ isGone: [Bool]?, _ names: NameTable) -> MappingReport {
        let rows = units.indices.filter { row in !(isGone?[Int(units[row])] ?? false) }
        var sizes: [Int32: Int] = [:]
        for row in rows { sizes[cases[row], default: 0] += 1 }
        return MappingReport(
            mapping: mapping.name,
            version: mapping.version,
            title: mapping.title,
            rowWords: mapping.rowWords,
            caseWords: mapping.caseWords,
            files: files,
            rows: rows.count,
            cases: sizes.count,
            caseSizes: mapping.plan.hasCaseSizes ? caseSizes(sizes, names) : nil,
            counts: counted.indices.map { count($0, rows) },
            intervals: intervals.indices.map { interval($0, rows) },
            lateness: lateness.indices.map { lateness($0, rows) }
        )
    }

    private func caseSizes(_ sizes: [Int32: Int], _ names: NameTable) -> MappingReport.CaseSizes {
        let most = sizes.values.max() ?? 0
        let largest = sizes.filter { $0.value == most }.map { names[$0.key] }.min()
        return MappingReport.CaseSizes(
            several: sizes.values.count { $0 > 1 },
            largest: largest.map { MappingReport.LargestCase(id: $0, rows: most) }
        )
    }

    private func count(_ index: Int, _ rows: [Int]) -> MappingReport.Count {
        var counts = [Int](repeating: 0, count: Int(Self.maximumValues) + 1)
        var missing = 0
        for row in rows {
            let value = counted[index].column[row]
            if value < 0 { missing += 1 } else { counts[Int(value)] += 1 }
        }
        let attribute = mapping.plan.counts[index]
        return MappingReport.Count(
            attribute: attribute,
            words: mapping.attributeWords(attribute),
            values: counts.indices.filter { counts[$0] > 0 }
                .map { value in
                    let isNamed = value < counted[index].values.count
                    return MappingReport.ValueCount(
                        value: isNamed ? counted[index].values[Int32(value)] : "…",
                        rows: counts[value]
                    )
                }
                .sorted { $0.rows == $1.rows ? $0.value < $1.value : $0.rows > $1.rows },
            missing: missing
        )
    }

    private func interval(_ index: Int, _ rows: [Int]) -> IntervalReport {
        let interval = mapping.plan.intervals[index]
        var fold = IntervalFold()
        for row in rows {
            let value = intervals[index][row]
            fold.take(value == EventColumns.unknown ? nil : value)
        }
        return IntervalReport(
            from: interval.from,
            to: interval.to,
            fromWords: mapping.stageWords(interval.from),
            toWords: mapping.stageWords(interval.to),
            durations: fold.durations,
            negative: fold.negative,
            missing: fold.missing
        )
    }

    /// Where a row is one activity, due times are those of the case, and its last row says them.
    private func lateness(_ index: Int, _ rows: [Int]) -> MappingReport.Lateness {
        let (done, due) = lateness[index]
        var decided = rows
        if mapping.activityColumn != nil {
            var last: [Int32: Int] = [:]
            for row in rows { last[cases[row]] = row }
            decided = Array(last.values)
        }
        decided = decided.filter { done[$0] != EventColumns.unknown && due[$0] != EventColumns.unknown }
        let plan = mapping.plan.lateness[index]
        return MappingReport.Lateness(
            stage: plan.stage,
            due: plan.due,
            stageWords: mapping.stageWords(plan.stage),
            dueWords: mapping.attributeWords(plan.due),
            rows: decided.count,
            late: decided.count { done[$0] > due[$0] }
        )
    }
}

extension Mapping {
    func stageWords(_ name: String) -> Words { stages.first { $0.name == name }?.words ?? Words(name, zh: name) }

    func attributeWords(_ name: String) -> Words {
        attributes.first { $0.name == name }?.words ?? Words(name, zh: name)
    }
}
