/// What the rows that were looked at say about a column.
struct ColumnProfile {
    let index: Int
    let name: ColumnName
    /// Whether a mapping can name the column: it has a name, which no other column has.
    let isUsable: Bool
    /// Rows that say something.
    private(set) var filled = 0
    /// How many different texts there are.
    private(set) var distinct = 0
    private(set) var isInteger = true
    private(set) var isDecimal = true
    private(set) var averageLength = 0
    /// A text of the column, to show.
    private(set) var example = ""
    /// Forms of times, with the texts that have them; empty for a column of no times.
    private(set) var shapes: [String: ShapeCount] = [:]
    /// How many filled rows are no time.
    private(set) var notTimes = 0
    /// Texts that say that nothing is known, in a column of times: what is no time, again and again.
    private(set) var oddWords: [String] = []

    struct ShapeCount: Hashable {
        var rows = 0
        var isPadded = true
        var isOrderOpen = false
        var maximumFirst = 0
        var maximumSecond = 0
    }

    /// - Parameters:
    ///   - values: one text for each row; null words are empty already.
    ///   - isUsable: whether a mapping can name it.
    init(index: Int, name: String, values: [String], isUsable: Bool) {
        self.index = index
        self.name = ColumnName(name)
        self.isUsable = isUsable
        var counts: [String: Int] = [:]
        var length = 0
        for value in values where !value.isEmpty {
            counts[value, default: 0] += 1
            length += value.utf8.count
            filled += 1
        }
        distinct = counts.count
        averageLength = filled > 0 ? length / filled : 0
        example = values.first { !$0.isEmpty } ?? ""
        for value in counts.keys {
            if isInteger { isInteger = Self.isInteger(value) }
            if isDecimal { isDecimal = Double(value)?.isFinite == true }
        }
        if filled == 0 { (isInteger, isDecimal) = (false, false) }
        if averageLength <= 40 { findTimes(counts) }
    }

    var isTime: Bool { !shapes.isEmpty }

    /// Whether its times say hour and minute.
    var hasTimeOfDay: Bool { shapes.keys.contains { TimePattern($0)?.hasTimeOfDay == true } }

    /// Whether each row has its own text.
    func isUnique(in rows: Int) -> Bool { distinct == rows && filled == rows && rows > 0 }

    private mutating func findTimes(_ counts: [String: Int]) {
        var found: [String: ShapeCount] = [:]
        var odd: [(word: String, rows: Int)] = []
        var (tried, failed) = (0, 0)
        for (value, rows) in counts {
            tried += 1
            guard let shape = TimeShape(value), !shape.isDigitsAlone || isNamedTime else {
                failed += 1
                odd.append((value, rows))
                // Most columns are no times, which some tries tell.
                if tried >= 40, failed * 10 > tried * 5 { return }
                continue
            }
            var count = found[shape.pattern] ?? ShapeCount()
            count.rows += rows
            count.isPadded = count.isPadded && shape.isPadded
            count.isOrderOpen = shape.order == .dayOrMonthFirst
            count.maximumFirst = max(count.maximumFirst, shape.first)
            count.maximumSecond = max(count.maximumSecond, shape.second)
            found[shape.pattern] = count
        }
        let times = found.values.reduce(0) { $0 + $1.rows }
        // One word again and again beside times says that there is none.
        let words = odd.count <= 2 ? odd.filter { Self.isWord($0.word) && ($0.rows > 1 || times > 20) }.map(\.word) : []
        let others = odd.filter { !words.contains($0.word) }.reduce(0) { $0 + $1.rows }
        guard times > 0, others * 20 <= times, words.isEmpty || times * 10 > filled else { return }
        shapes = found
        notTimes = others
        oddWords = words.sorted()
    }

    private static func isWord(_ text: String) -> Bool {
        text.utf8.count <= 40 && text.unicodeScalars.allSatisfy { $0.value >= 0x20 }
    }

    private var isNamedTime: Bool {
        name.has("date", "time", "timestamp", "datetime", "dttm", "at", "ts", "day", "日期", "时间", "时刻")
            || name.has("created", "updated", "opened", "closed", "received")
    }

    private static func isInteger(_ text: String) -> Bool {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        guard (1...15).contains(digits.count), digits.count == 1 || digits.first != UInt8(ascii: "0") else {
            return false
        }
        return digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
