import MusterHistory

extension Peer.Mining {
    /// Others must find the same: each way that cases took, each edge of the graph, and percentiles.
    ///
    /// - Throws: what differs.
    func check(by peer: Peer, _ figures: CoreFigures) throws {
        func same(_ what: String, _ theirs: Percentiles, _ ours: DurationSummary) throws {
            for (name, theirs, ours) in [
                ("p50", theirs.p50, ours.p50), ("p90", theirs.p90, ours.p90), ("p99", theirs.p99, ours.p99),
            ] {
                guard let theirs, abs(theirs - ours / .seconds(1)) > 1e-3 else { continue }
                throw BenchError("\(name) of \(what): \(theirs) s by \(peer.rawValue), \(ours) by Muster")
            }
        }
        func same<Key: Hashable>(_ what: String, _ theirs: [Key: Int], _ ours: [Key: Int]) throws {
            for (key, count) in ours where theirs[key] != count {
                throw BenchError("\(what) \(key): \(theirs[key] ?? 0) by \(peer.rawValue), \(count) by Muster")
            }
        }
        let names = figures.activities.map(\.label.name)
        let found = Dictionary(uniqueKeysWithValues: figures.graph.edges.map { ([names[$0.from], names[$0.to]], $0) })
        try same("number of", ["edges": edges.count], ["edges": found.count])
        try same(
            "steps",
            Dictionary(uniqueKeysWithValues: edges.map { ([$0.from, $0.to], $0.count) }),
            found.mapValues(\.count)
        )
        for edge in edges {
            guard let ours = found[[edge.from, edge.to]] else { continue }
            try same("\(edge.from) → \(edge.to)", edge.seconds, ours.durations)
        }
        try same("number of", ["variants": variants.count], ["variants": figures.variants.count])
        try same(
            "cases of",
            Dictionary(uniqueKeysWithValues: variants.map { ($0.activities, $0.cases) }),
            Dictionary(
                uniqueKeysWithValues: figures.variants.list.map { ($0.activities.map { names[$0] }, $0.cases) }
            )
        )
        try same("cases", cases, figures.cases.durations)
    }
}
