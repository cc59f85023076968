import EventSourcing
import Records

/// The parts of one `RowImported`, as ranges of its bytes and times; used again for row after row.
struct RowScan {
    private(set) var scan = JSONScan([])
    /// The number among the known mappings; -1 when the row's mapping is none of them.
    private(set) var mapping = -1
    private(set) var key: Range<Int>?
    /// From 1.
    private(set) var revision: Int32 = 1
    private(set) var activity: Range<Int>?
    private(set) var began: Int64?
    /// By the mapping's order of stages: microseconds, or `EventColumns.unknown`.
    private(set) var stages: [Int64] = []
    /// By the mapping's order of attributes.
    private(set) var attributes: [Range<Int>?] = []

    /// A mapping's names as the JSON of its rows has them.
    struct Names {
        let mapping: [UInt8]
        let stages: [[UInt8]]
        let attributes: [[UInt8]]

        init(_ mapping: Mapping) {
            self.mapping = Array(mapping.name.utf8)
            stages = mapping.stages.map { Array($0.name.utf8) }
            attributes = mapping.attributes.map { Array($0.name.utf8) }
        }
    }

    mutating func read(_ data: [UInt8], _ known: [Names]) throws(Problems) {
        var scan = JSONScan(data)
        (mapping, key, revision, activity, began) = (-1, nil, 1, nil, nil)
        var hasMapping = false
        // Muster writes the mapping before the others. Where it does not stand there, these are read once more.
        var (stagesAt, attributesAt): (Int?, Int?) = (nil, nil)
        try scan.object { (scan, name) throws(Problems) in
            if scan.holds(name, "stages") {
                if mapping >= 0 { return try readStages(&scan, known[mapping].stages) }
                stagesAt = scan.index
                try scan.skip()
            } else if scan.holds(name, "attributes") {
                if mapping >= 0 { return try readAttributes(&scan, known[mapping].attributes) }
                attributesAt = scan.index
                try scan.skip()
            } else if scan.holds(name, "mapping") {
                hasMapping = true
                try readMapping(&scan, known)
                if mapping >= 0 { clear(known[mapping]) }
            } else if scan.holds(name, "key") {
                key = try scan.text()
            } else if scan.holds(name, "activity") {
                activity = try scan.text()
            } else if scan.holds(name, "started") {
                began = try scan.time(scan.text())
            } else if scan.holds(name, "revision") {
                let value = try scan.plainValue()
                if let value { revision = Int32(clamping: try scan.integer(value)) }
            } else {
                try scan.skip()
            }
        }
        self.scan = scan
        guard hasMapping else { throw Problems("required", Words("names no mapping", zh: "没有 mapping")) }
        guard mapping >= 0 else { return }
        var again = scan
        if let stagesAt {
            again.index = stagesAt
            try readStages(&again, known[mapping].stages)
        }
        if let attributesAt {
            again.index = attributesAt
            try readAttributes(&again, known[mapping].attributes)
        }
    }

    private mutating func clear(_ names: Names) {
        stages.removeAll(keepingCapacity: true)
        attributes.removeAll(keepingCapacity: true)
        for _ in names.stages { stages.append(EventColumns.unknown) }
        for _ in names.attributes { attributes.append(nil) }
    }

    private mutating func readMapping(_ scan: inout JSONScan, _ known: [Names]) throws(Problems) {
        try scan.object { (scan, name) throws(Problems) in
            guard scan.holds(name, "name") else { return try scan.skip() }
            let text = try scan.text()
            mapping = known.firstIndex { scan.holds(text, $0.mapping) } ?? -1
        }
    }

    private mutating func readStages(_ scan: inout JSONScan, _ names: [[UInt8]]) throws(Problems) {
        var expected = 0
        try scan.object { (scan, name) throws(Problems) in
            let index = Self.index(of: name, in: names, from: expected, scan)
            let text = try scan.text()
            guard let index else { return }
            stages[index] = try scan.time(text)
            expected = index + 1
        }
    }

    private mutating func readAttributes(_ scan: inout JSONScan, _ names: [[UInt8]]) throws(Problems) {
        var expected = 0
        try scan.object { (scan, name) throws(Problems) in
            let index = Self.index(of: name, in: names, from: expected, scan)
            let value = try scan.plainValue()
            guard let index else { return }
            attributes[index] = value
            expected = index + 1
        }
    }

    /// Names come in the mapping's order, so that the one behind the last is nearly always it.
    private static func index(
        of name: Range<Int>,
        in names: [[UInt8]],
        from expected: Int,
        _ scan: JSONScan
    ) -> Int? {
        for index in expected..<max(expected, names.count) where scan.holds(name, names[index]) { return index }
        for index in 0..<min(expected, names.count) where scan.holds(name, names[index]) { return index }
        return nil
    }
}
