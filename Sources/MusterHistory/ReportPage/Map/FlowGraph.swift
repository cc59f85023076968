/// A directed graph to be laid out: nodes by index, with edges between different ones.
struct FlowGraph: Hashable {
    struct Edge: Hashable {
        let from: Int
        let to: Int
        /// How much goes this way; heavy edges are kept short and straight.
        let weight: Double
    }

    let nodes: Int
    let edges: [Edge]
    /// Stands in the last layer, wherever its edges come from.
    let last: Int?

    /// Edges from a node to itself, and to nodes that there are not, are left out.
    init(nodes: Int, edges: [Edge], last: Int? = nil) {
        self.nodes = nodes
        self.last = last
        self.edges = edges.filter {
            $0.from != $0.to && (0..<nodes).contains($0.from) && (0..<nodes).contains($0.to)
        }
    }

    /// All nodes in a row, so that little goes from right to left: the greedy way of Eades, Lin and Smyth (1993), with
    /// weights. Where it could go either way, the node with the lower index comes first.
    func flowOrder() -> [Int] {
        var incoming = [Double](repeating: 0, count: nodes)
        var outgoing = [Double](repeating: 0, count: nodes)
        var left = Set(0..<nodes)
        var (head, tail): ([Int], [Int]) = ([], [])
        for edge in edges {
            outgoing[edge.from] += edge.weight
            incoming[edge.to] += edge.weight
        }
        // Sums of the same weights in another order differ in the last digit; what is nearly nothing is nothing.
        func take(_ node: Int) {
            left.remove(node)
            for edge in edges where edge.from == node { incoming[edge.to] -= edge.weight }
            for edge in edges where edge.to == node { outgoing[edge.from] -= edge.weight }
        }
        while !left.isEmpty {
            let ordered = left.sorted()
            if let source = ordered.first(where: { incoming[$0] < 1e-6 }) {
                head.append(source)
                take(source)
            } else if let sink = ordered.last(where: { outgoing[$0] < 1e-6 }) {
                tail.append(sink)
                take(sink)
            } else {
                var best = ordered[0]
                for node in ordered.dropFirst()
                where outgoing[node] - incoming[node] > outgoing[best] - incoming[best] + 1e-6 { best = node }
                head.append(best)
                take(best)
            }
        }
        return head + tail.reversed()
    }
}
