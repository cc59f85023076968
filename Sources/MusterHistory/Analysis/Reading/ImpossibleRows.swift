import EventSourcing
import Records

/// Gathers the rows of imports that cannot be, with where each stands in its file.
struct ImpossibleRows {
    /// More are not kept, so that a mapping that names the wrong times cannot fill the memory.
    static let maximumRows = 100_000

    private struct Entry {
        let caseIndex: Int32
        let unit: Int32
        let from: Label
        let to: Label
        let fromTime: Int64
        let toTime: Int64
        let file: Int32
        let line: Int
    }

    /// By number of mapping: its stages, and those that are held against each other.
    private var stages: [[Label]] = []
    private var pairs: [[(from: Int, to: Int)]] = []
    private var files = NameTable()
    private var entries: [Entry] = []

    mutating func add(_ mapping: Mapping) {
        stages.append(mapping.stages.map { Label($0.name, words: $0.words) })
        pairs.append(mapping.stagePairs)
    }

    /// Takes in one row, which is seldom impossible.
    ///
    /// - Parameter trueAt: microseconds; what happened later is not known.
    mutating func take(
        _ row: RowScan,
        _ event: RecordedEvent,
        unit: Int32,
        caseIndex: Int32,
        trueAt: Int64
    ) throws(Problems) {
        guard entries.count < Self.maximumRows else { return }
        var found: [(from: Label, to: Label, times: (from: Int64, to: Int64))] = []
        for pair in pairs[row.mapping] {
            let (from, to) = (row.stages[pair.from], row.stages[pair.to])
            guard from != EventColumns.unknown, to != EventColumns.unknown, to < from, from <= trueAt else { continue }
            found.append((stages[row.mapping][pair.from], stages[row.mapping][pair.to], (from, to)))
        }
        let at = event.occurredAt.microseconds
        if let began = row.began, let activity = row.activity, began > at, began <= trueAt {
            found.append((Self.begun, Label(try row.scan.string(activity)), (began, at)))
        }
        guard !found.isEmpty else { return }
        let place = try Self.place(event.data)
        let file = files.index(of: place.file)
        for (from, to, times) in found {
            entries.append(
                Entry(
                    caseIndex: caseIndex,
                    unit: unit,
                    from: from,
                    to: to,
                    fromTime: times.from,
                    toTime: times.to,
                    file: file,
                    line: place.line
                )
            )
        }
    }

    private static let begun = Label("started", words: Words("its beginning", zh: "开始"))

    /// The file of a row, and its line there.
    private static func place(_ data: [UInt8]) throws(Problems) -> (file: String, line: Int) {
        var scan = JSONScan(data)
        var place = (file: "", line: 0)
        try scan.object { (scan, name) throws(Problems) in
            if scan.holds(name, "source") {
                place.file = try scan.string(scan.text())
            } else if scan.holds(name, "row"), let line = try scan.plainValue() {
                place.line = Int(try scan.integer(line))
            } else {
                try scan.skip()
            }
        }
        return place
    }

    /// In the order of the log.
    ///
    /// - Parameters:
    ///   - isGone: by unit, whether a later revision took its place; nil when there is none.
    ///   - isChosen: by number of case, which ones the filters choose; nil: all.
    func list(_ names: NameTable, isGone: [Bool]?, isChosen: [Bool]?) -> [ImpossibleRow] {
        entries.filter { entry in
            !(isGone?[Int(entry.unit)] ?? false) && (isChosen?[Int(entry.caseIndex)] ?? true)
        }.map { entry in
            ImpossibleRow(
                caseID: names[entry.caseIndex],
                from: entry.from,
                to: entry.to,
                fromTime: Timestamp(microseconds: entry.fromTime),
                toTime: Timestamp(microseconds: entry.toTime),
                file: files[entry.file],
                line: entry.line,
                isOfActivity: entry.from == Self.begun
            )
        }
    }
}
