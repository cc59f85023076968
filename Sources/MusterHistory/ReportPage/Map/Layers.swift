/// Nodes in layers, so that each edge goes from an earlier layer to a later one, with dummy nodes where it passes through
/// layers between them.
struct Layers {
    /// A place in a layer: of a node, or of an edge that passes.
    struct Item: Hashable {
        /// Nil for a dummy.
        let node: Int?
        let layer: Int
    }

    /// One edge as a chain of items, from the earlier layer to the later.
    struct Chain: Hashable {
        /// Index of the graph's edge.
        let edge: Int
        /// Its end lies in an earlier layer than its begin: the chain goes the other way than the edge.
        let isBack: Bool
        var items: [Int]
        let weight: Double
    }

    private(set) var items: [Item] = []
    private(set) var chains: [Chain] = []
    /// Indices of items, in the order in which they stand beside each other.
    var rows: [[Int]]

    init(_ graph: FlowGraph) {
        let layers = Self.assign(graph)
        rows = Array(repeating: [], count: (layers.max() ?? -1) + 1)
        for node in 0..<graph.nodes {
            rows[layers[node]].append(items.count)
            items.append(Item(node: node, layer: layers[node]))
        }
        for (index, edge) in graph.edges.enumerated() {
            let isBack = layers[edge.from] > layers[edge.to]
            let (first, last) = isBack ? (edge.to, edge.from) : (edge.from, edge.to)
            var chain = [first]
            for layer in layers[first] + 1..<max(layers[last], layers[first] + 1) {
                rows[layer].append(items.count)
                chain.append(items.count)
                items.append(Item(node: nil, layer: layer))
            }
            chain.append(last)
            chains.append(Chain(edge: index, isBack: isBack, items: chain, weight: edge.weight))
        }
    }

    /// For each pair of neighbouring items of a chain, both ways.
    func neighbours() -> (before: [[(item: Int, weight: Double)]], after: [[(item: Int, weight: Double)]]) {
        var before = [[(item: Int, weight: Double)]](repeating: [], count: items.count)
        var after = before
        for chain in chains {
            for (left, right) in zip(chain.items, chain.items.dropFirst()) {
                after[left].append((right, chain.weight))
                before[right].append((left, chain.weight))
            }
        }
        return (before, after)
    }

    /// The layer of each node: as far behind as its edges force it, then as near to its heavier side as they let it.
    private static func assign(_ graph: FlowGraph) -> [Int] {
        let order = graph.flowOrder()
        var rank = [Int](repeating: 0, count: graph.nodes)
        for (index, node) in order.enumerated() { rank[node] = index }
        var before = [[(node: Int, weight: Double)]](repeating: [], count: graph.nodes)
        var after = before
        for edge in graph.edges {
            let (first, last) = rank[edge.from] < rank[edge.to] ? (edge.from, edge.to) : (edge.to, edge.from)
            after[first].append((last, edge.weight))
            before[last].append((first, edge.weight))
        }
        var layers = [Int](repeating: 0, count: graph.nodes)
        for node in order { layers[node] = before[node].map { layers[$0.node] + 1 }.max() ?? 0 }
        for _ in 0..<graph.nodes {
            var hasMoved = false
            for node in order.reversed() {
                let pull = after[node].reduce(0) { $0 + $1.weight } - before[node].reduce(0) { $0 + $1.weight }
                let earliest = before[node].map { layers[$0.node] + 1 }.max() ?? layers[node]
                let latest = after[node].map { layers[$0.node] - 1 }.min() ?? layers[node]
                let wanted = pull > 0 ? latest : pull < 0 ? earliest : layers[node]
                if wanted != layers[node] {
                    layers[node] = wanted
                    hasMoved = true
                }
            }
            if !hasMoved { break }
        }
        if let last = graph.last, let latest = layers.max(), after[last].isEmpty { layers[last] = latest }
        // A layer that all nodes have left is no layer.
        let used = Set(layers).sorted()
        return layers.map { layer in used.firstIndex(of: layer) ?? 0 }
    }
}
