import TaskQueue

/// The little drawings of the queue's page. They repeat what numbers beside them say.
enum QueuePictures {
    /// What the bars of all agencies are measured by.
    struct Most {
        let ready: Int64
        let leased: Int64

        init(_ agencies: [QueueReport.Agency]) {
            ready = max(1, agencies.map { $0.ready + $0.scheduled }.max() ?? 1)
            leased = max(1, agencies.map { max($0.leased, Int64($0.limit.concurrency ?? 0)) }.max() ?? 1)
        }
    }

    private static let width = 100.0
    /// Places with workers that are drawn one by one.
    private static let slots: Int64 = 12

    /// With a limit a row of places, those that are taken filled; without one a bar. Beside it what waits, and what comes
    /// later.
    static func load(_ agency: QueueReport.Agency, _ most: Most) -> Fields {
        var places: [Fields] = []
        let limit = Int64(agency.limit.concurrency ?? 0)
        if limit > 0, limit <= slots {
            let step = width / Double(limit)
            for place in 0..<limit {
                places.append([
                    "x": text(Double(place) * step), "w": text(step - 2),
                    "class": place < agency.leased ? "taken" : "free",
                ])
            }
        } else {
            if limit > 0 { places.append(["x": "0", "w": text(width), "class": "free"]) }
            let share = Double(agency.leased) / Double(limit > 0 ? limit : most.leased)
            if agency.leased > 0 { places.append(["x": "0", "w": text(bar(share)), "class": "taken"]) }
        }
        let ready = bar(Double(agency.ready) / Double(most.ready))
        let later = bar(Double(agency.scheduled) / Double(most.ready))
        return [
            "places": places,
            "readyWidth": agency.ready > 0 ? text(ready) : "0",
            "laterX": text(agency.ready > 0 ? min(ready + 1, width - 2) : 0),
            "laterWidth": agency.scheduled > 0 ? text(later) : "0",
        ]
    }

    /// What was done in each part of the hour, as the points of a line.
    static func pace(_ counts: [Int64]) -> String {
        let most = Double(max(1, counts.max() ?? 1))
        let step = width / Double(max(1, counts.count - 1))
        return counts.enumerated().map { index, count in
            "\(text(Double(index) * step)),\(text(17 - Double(count) / most * 15))"
        }.joined(separator: " ")
    }

    /// What is there is seen, however little it is.
    private static func bar(_ share: Double) -> Double { max(2, min(1, share) * width) }

    private static func text(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
