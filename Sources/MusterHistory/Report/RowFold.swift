import EventSourcing
import Records

/// Gathers the rows of one mapping.
struct RowFold {
    /// More distinct values than this are counted together as `…`, so that a column of texts cannot fill the memory.
    private static let maximumValues = 10_000

    private(set) var mapping: Mapping
    private var files: [MappingReport.File] = []
    private(set) var rows = 0
    private var cases: [String: Int] = [:]
    private var counts: [[String: Int]]
    private var missing: [Int]
    private var intervals: [IntervalFold]
    private var late: [(rows: Int, late: Int)]

    init(mapping: Mapping) {
        self.mapping = mapping
        counts = Array(repeating: [:], count: mapping.plan.counts.count)
        missing = Array(repeating: 0, count: mapping.plan.counts.count)
        intervals = Array(repeating: IntervalFold(), count: mapping.plan.intervals.count)
        late = Array(repeating: (0, 0), count: mapping.plan.lateness.count)
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
        files[index].rejected = finished.rejects.reduce(0) { $0 + $1.rows }
        files[index].changed = finished.changed
    }

    mutating func take(_ row: RowEvent, of stream: StreamName) throws(Problems) {
        rows += 1
        cases[String(stream.id), default: 0] += 1
        for (index, name) in mapping.plan.counts.enumerated() {
            guard let value = row.attributes[name] else {
                missing[index] += 1
                continue
            }
            let isKnown = counts[index][value] != nil || counts[index].count < Self.maximumValues
            counts[index][isKnown ? value : "…", default: 0] += 1
        }
        for (index, interval) in mapping.plan.intervals.enumerated() {
            if let from = row.stages[interval.from], let to = row.stages[interval.to] {
                intervals[index].take(to.microseconds - from.microseconds)
            } else {
                intervals[index].take(nil)
            }
        }
        for (index, lateness) in mapping.plan.lateness.enumerated() {
            guard let done = row.stages[lateness.stage], let text = row.attributes[lateness.due] else { continue }
            let due = try RowEvent.time(text)
            late[index].rows += 1
            if done > due { late[index].late += 1 }
        }
    }

    var report: MappingReport {
        MappingReport(
            mapping: mapping.name,
            version: mapping.version,
            title: mapping.title,
            rowWords: mapping.rowWords,
            caseWords: mapping.caseWords,
            files: files,
            rows: rows,
            cases: cases.count,
            caseSizes: mapping.plan.hasCaseSizes ? caseSizes : nil,
            counts: countReports,
            intervals: zip(mapping.plan.intervals, intervals).map { interval, fold in
                IntervalReport(
                    from: interval.from,
                    to: interval.to,
                    fromWords: stageWords(interval.from),
                    toWords: stageWords(interval.to),
                    durations: fold.durations,
                    negative: fold.negative,
                    missing: fold.missing
                )
            },
            lateness: zip(mapping.plan.lateness, late).map { lateness, count in
                MappingReport.Lateness(
                    stage: lateness.stage,
                    due: lateness.due,
                    stageWords: stageWords(lateness.stage),
                    dueWords: attributeWords(lateness.due),
                    rows: count.rows,
                    late: count.late
                )
            }
        )
    }

    private var caseSizes: MappingReport.CaseSizes {
        let largest = cases.max { $0.value == $1.value ? $0.key > $1.key : $0.value < $1.value }
        return MappingReport.CaseSizes(
            several: cases.values.count { $0 > 1 },
            largest: largest.map { MappingReport.LargestCase(id: $0.key, rows: $0.value) }
        )
    }

    private var countReports: [MappingReport.Count] {
        mapping.plan.counts.indices.map { index in
            MappingReport.Count(
                attribute: mapping.plan.counts[index],
                words: attributeWords(mapping.plan.counts[index]),
                values: counts[index]
                    .sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
                    .map { MappingReport.ValueCount(value: $0.key, rows: $0.value) },
                missing: missing[index]
            )
        }
    }

    private func stageWords(_ name: String) -> Words {
        mapping.stages.first { $0.name == name }?.words ?? Words(name, zh: name)
    }

    private func attributeWords(_ name: String) -> Words {
        mapping.attributes.first { $0.name == name }?.words ?? Words(name, zh: name)
    }
}
