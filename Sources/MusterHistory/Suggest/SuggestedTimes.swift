/// The formats of a file's times, and what is in doubt about them.
struct SuggestedTimes {
    private(set) var patterns: [TimePattern] = []
    /// Why day and month may be the wrong way round.
    private(set) var orderDoubt: String?

    private static let maximumPatterns = 8

    init(_ columns: [ColumnProfile]) {
        var shapes: [String: ColumnProfile.ShapeCount] = [:]
        for (pattern, count) in columns.flatMap(\.shapes) {
            shapes[pattern, default: ColumnProfile.ShapeCount()].add(count)
        }
        // What one form leaves open another of the same date may tell.
        var dates: [String: ColumnProfile.ShapeCount] = [:]
        for (pattern, count) in shapes where count.isOrderOpen {
            dates[Self.date(pattern), default: ColumnProfile.ShapeCount()].add(count)
        }
        for (pattern, count) in shapes.sorted(by: { ($1.value.rows, $0.key) < ($0.value.rows, $1.key) })
            .prefix(Self.maximumPatterns)
        {
            let isDayFirst = dates[Self.date(pattern)].map { self.isDayFirst($0, pattern) } ?? false
            let text = TimeShape.pattern(pattern, isPadded: count.isPadded, isDayFirst: isDayFirst)
            if let pattern = TimePattern(text) { patterns.append(pattern) }
        }
    }

    /// Whether a mapping must name a zone for them.
    var needsZone: Bool { patterns.contains { !$0.hasOffset } }

    /// Whether the texts without an offset say that they are UTC.
    var saysUTC: Bool {
        patterns.allSatisfy { $0.hasOffset || $0.text.hasSuffix("'UTC'") || $0.text.hasSuffix("'GMT'") }
    }

    /// Microseconds since 1970, as if local times were UTC; nil for what is no time.
    func read(_ text: String) -> Int64? {
        guard !text.isEmpty else { return nil }
        let bytes = Array(text.utf8)
        for pattern in patterns {
            guard let reading = pattern.read(bytes.span) else { continue }
            return (reading.seconds - (reading.offsetSeconds ?? 0)) * 1_000_000 + reading.microseconds
        }
        return nil
    }

    private static func date(_ pattern: String) -> String {
        String(pattern.prefix { $0 != " " && $0 != "'" })
    }

    private mutating func isDayFirst(_ count: ColumnProfile.ShapeCount, _ pattern: String) -> Bool {
        guard count.isOrderOpen else { return false }
        switch (count.maximumFirst > 12, count.maximumSecond > 12) {
        case (true, false): return true
        case (false, true): return false
        case (true, true):
            orderDoubt = "some dates have the day first and some the month, so that others may be read wrong"
            return !pattern.contains("/")
        case (false, false):
            orderDoubt = "no date has a number above 12, so day and month may be the other way round"
            return !pattern.contains("/")
        }
    }
}

extension ColumnProfile.ShapeCount {
    fileprivate mutating func add(_ other: Self) {
        rows += other.rows
        isPadded = isPadded && other.isPadded
        isOrderOpen = isOrderOpen || other.isOrderOpen
        maximumFirst = max(maximumFirst, other.maximumFirst)
        maximumSecond = max(maximumSecond, other.maximumSecond)
    }
}
