/// What of the graph is drawn: the activities and ways that most cases took, and the way on which most time is lost.
struct ProcessMap {
    enum Node: Hashable {
        case start
        /// Index of the activity.
        case activity(Int)
        case end
    }

    struct Edge: Hashable {
        /// Indices of nodes.
        let from: Int
        let to: Int
        let cases: Int
        /// Nil where it joins a terminal.
        let durations: DurationSummary?
        /// On it most time is lost.
        let isSlowest: Bool

        var isLoop: Bool { from == to }
    }

    /// Start and end first and last; activities in the order in which cases usually come to them.
    let nodes: [Node]
    let edges: [Edge]
    /// Of all steps from one event to the next.
    let shareOfSteps: Double
    let activitiesLeftOut: Int
    let waysLeftOut: Int

    /// Activities beyond this share of all events are left out; so are ways beyond theirs.
    private static let eventShare = 0.99
    private static let stepShare = 0.985
    /// An activity that fewer of the cases came to is left out, and a way that fewer of them took too, unless it alone joins
    /// an activity to the others.
    private static let leastShare = 0.03

    /// - Parameter activities: at most so many are drawn.
    init(_ analysis: HistoryAnalysis, activities most: Int) {
        let graph = analysis.graph.edges
        let slowest = Self.slowest(graph)
        let kept = Self.activities(analysis, most, slowest)
        nodes = [.start] + kept.map { .activity($0) } + [.end]
        var place: [Int: Int] = [:]
        for (index, activity) in kept.enumerated() { place[activity] = index + 1 }
        let end = nodes.count - 1

        var candidates: [Edge] = []
        for edge in graph {
            guard let from = place[edge.from], let to = place[edge.to] else { continue }
            let isSlowest = slowest.map { edge.from == $0.from && edge.to == $0.to } ?? false
            candidates.append(
                Edge(from: from, to: to, cases: edge.cases, durations: edge.durations, isSlowest: isSlowest)
            )
        }
        for (index, activity) in kept.enumerated() {
            let statistics = analysis.activities[activity]
            for (from, to, cases) in [(0, index + 1, statistics.starts), (index + 1, end, statistics.ends)]
            where cases > 0 {
                candidates.append(Edge(from: from, to: to, cases: cases, durations: nil, isSlowest: false))
            }
        }
        edges = Self.ways(candidates, nodes: nodes.count, cases: analysis.counts.cases)

        let steps = graph.reduce(0) { $0 + $1.count }
        let drawn = edges.reduce(0) { $0 + ($1.durations?.count ?? 0) }
        shareOfSteps = steps == 0 ? 1 : Double(drawn) / Double(steps)
        activitiesLeftOut = analysis.activities.count - kept.count
        waysLeftOut = graph.count - edges.filter { $0.durations != nil }.count
    }

    /// The way on which most time was lost in all, if any was.
    static func slowest(_ graph: [DirectlyFollowsGraph.Edge]) -> DirectlyFollowsGraph.Edge? {
        var best: DirectlyFollowsGraph.Edge?
        for edge in graph where edge.total > (best?.total ?? .zero) { best = edge }
        return best
    }

    /// Indices of activities, in the order in which cases come to them first.
    private static func activities(
        _ analysis: HistoryAnalysis,
        _ most: Int,
        _ slowest: DirectlyFollowsGraph.Edge?
    ) -> [Int] {
        let all = analysis.activities
        let ranked = all.indices.sorted { (all[$0].cases, $1) > (all[$1].cases, $0) }
        let events = all.reduce(0) { $0 + $1.count }
        var kept = [slowest?.from, slowest?.to].compactMap(\.self).reduce(into: [Int]()) { list, activity in
            if !list.contains(activity) { list.append(activity) }
        }
        var covered = kept.reduce(0) { $0 + all[$1].count }
        for activity in ranked where !kept.contains(activity) {
            let isCovered = Double(covered) >= eventShare * Double(events)
            let isRare = Double(all[activity].cases) < leastShare * Double(analysis.counts.cases)
            if kept.count >= max(most, 2) || kept.count > 2 && (isCovered || isRare) { break }
            kept.append(activity)
            covered += all[activity].count
        }
        let usual = usualPlaces(analysis.variants, count: all.count)
        return kept.sorted { (usual[$0], $0) < (usual[$1], $1) }
    }

    /// Where in a case an activity comes first, on the average.
    private static func usualPlaces(_ variants: VariantStatistics, count: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: count)
        var cases = sums
        for variant in variants.list {
            var seen: Set<Int> = []
            for (place, activity) in variant.activities.enumerated()
            where activity < count && seen.insert(activity).inserted {
                sums[activity] += Double(place * variant.cases)
                cases[activity] += Double(variant.cases)
            }
        }
        return zip(sums, cases).map { $1 > 0 ? $0 / $1 : .greatestFiniteMagnitude }
    }

    /// The heaviest way to and from each activity, the slowest way, and then the heaviest until they are nearly all, or
    /// more than can be read.
    private static func ways(_ candidates: [Edge], nodes: Int, cases: Int) -> [Edge] {
        let ranked = candidates.indices.sorted { (candidates[$0].cases, $1) > (candidates[$1].cases, $0) }
        var kept: Set<Int> = []
        for node in 0..<nodes {
            let ways = ranked.filter { !candidates[$0].isLoop }
            if let way = ways.first(where: { candidates[$0].to == node }) { kept.insert(way) }
            if let way = ways.first(where: { candidates[$0].from == node }) { kept.insert(way) }
        }
        kept.formUnion(candidates.indices.filter { candidates[$0].isSlowest })
        let least = leastShare * Double(cases)
        let all = candidates.reduce(0) { $0 + $1.cases }
        var covered = kept.reduce(0) { $0 + candidates[$1].cases }
        for way in ranked where !kept.contains(way) {
            if Double(covered) >= stepShare * Double(all) || kept.count >= nodes * 8 / 5 + 6 { break }
            if Double(candidates[way].cases) < least { break }
            kept.insert(way)
            covered += candidates[way].cases
        }
        return kept.sorted().map { candidates[$0] }
    }
}
