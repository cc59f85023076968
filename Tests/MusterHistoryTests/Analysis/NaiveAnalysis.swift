@testable import MusterHistory

/// The same figures as the engine's, computed the plain way from lists and dictionaries.
struct NaiveAnalysis {
    private(set) var sequences: [String: [LogTables.Event]] = [:]

    init(_ events: [LogTables.Event]) {
        for event in events { sequences[event.caseID, default: []].append(event) }
        for key in sequences.keys {
            let list = sequences[key] ?? []
            sequences[key] = list.enumerated()
                .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
                .map(\.element)
        }
    }

    struct Pair: Hashable {
        let from: String
        let to: String
    }

    var edges: [Pair: [Int64]] {
        var edges: [Pair: [Int64]] = [:]
        for list in sequences.values {
            for (a, b) in zip(list, list.dropFirst()) {
                edges[Pair(from: a.activity, to: b.activity), default: []].append(b.time - a.time)
            }
        }
        return edges
    }

    var variants: [[String]: Int] {
        var variants: [[String]: Int] = [:]
        for list in sequences.values { variants[list.map(\.activity), default: 0] += 1 }
        return variants
    }

    var durations: [Int64] { sequences.values.map { ($0.last?.time ?? 0) - ($0.first?.time ?? 0) } }

    /// Cases with an activity more than once.
    var repeatedCases: Int {
        sequences.values.count { Set($0.map(\.activity)).count < $0.count }
    }

    /// Neighbours of a case that both have an agency.
    var handovers: [Pair: [Int64]] {
        var found: [Pair: [Int64]] = [:]
        for list in sequences.values {
            for (a, b) in zip(list, list.dropFirst()) {
                guard let from = a.agency, let to = b.agency else { continue }
                found[Pair(from: from, to: to), default: []].append(b.time - a.time)
            }
        }
        return found
    }

    static func nearestRank(_ percent: Int, _ values: [Int64]) -> Int64 {
        let sorted = values.sorted()
        return sorted[max(1, (percent * sorted.count + 99) / 100) - 1]
    }

    /// Twice the median, so that it is whole.
    static func twiceMedian(_ values: [Int64]) -> Int64 {
        let sorted = values.sorted()
        return sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]
    }
}
