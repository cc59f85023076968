/// A layered drawing of a graph. The flow goes along x, layers stand across it along y; a drawing from top to bottom
/// exchanges the two.
struct MapLayout {
    struct NodeSize {
        /// In the direction of the flow, and across it.
        let along: Double
        let across: Double
        /// Room beside the node, before it across the flow, for an edge to itself.
        var loop = 0.0
    }

    struct Spacing {
        /// Between layers: room for labels.
        let layers: Double
        /// Between neighbours in a layer.
        let neighbours: Double
        /// Between two edges at a node.
        let ports: Double
    }

    /// A piece of an edge: straight, or curved with its ends in the direction of the flow.
    struct Piece: Hashable {
        let from: Point
        let to: Point

        var isStraight: Bool { abs(from.y - to.y) < 0.05 }
        /// Halfway, on the curve.
        var middle: Point { Point(x: (from.x + to.x) / 2, y: (from.y + to.y) / 2) }
    }

    /// An edge from its begin to its end.
    struct Route: Hashable {
        /// Against the flow.
        let isBack: Bool
        let pieces: [Piece]
    }

    let size: Size
    /// One for each node.
    let boxes: [Box]
    /// One for each edge of the graph.
    let routes: [Route]
    let layerCount: Int

    init(_ graph: FlowGraph, sizes: [NodeSize], spacing: Spacing) {
        precondition(sizes.count == graph.nodes, "each node has a size")
        let layers = LayerOrder.ordered(Layers(graph))
        let rooms = layers.items.map { item -> AcrossPlacement.Room in
            guard let node = item.node else { return AcrossPlacement.Room(before: 5, after: 5) }
            return AcrossPlacement.Room(
                before: sizes[node].across / 2 + sizes[node].loop,
                after: sizes[node].across / 2
            )
        }
        let across = AcrossPlacement.places(layers, rooms: rooms, gap: spacing.neighbours)
        let bands = Self.bands(layers, sizes, across, spacing)

        boxes = layers.items.prefix(graph.nodes).enumerated().map { node, item in
            let band = bands[item.layer]
            let size = sizes[node]
            return Box(
                x: band.lowerBound + (band.upperBound - band.lowerBound - size.along) / 2,
                y: across[node] - size.across / 2,
                width: size.along,
                height: size.across
            )
        }
        let ports = Ports(layers, across, sizes, spacing.ports)
        let boxes = self.boxes
        var routes = [Route?](repeating: nil, count: graph.edges.count)
        for (index, chain) in layers.chains.enumerated() {
            let (first, last) = (chain.items[0], chain.items[chain.items.count - 1])
            var pieces: [Piece] = []
            // Straight on until the layer is left: beside a narrow node a wider one may stand.
            var place = Point(x: boxes[first].right, y: across[first] + ports.begin[index])
            func go(to point: Point) {
                // What is no pixel is the rounding of sums.
                guard abs(point.x - place.x) + abs(point.y - place.y) > 0.01 else { return }
                pieces.append(Piece(from: place, to: point))
                place = point
            }
            go(to: Point(x: bands[layers.items[first].layer].upperBound, y: place.y))
            for item in chain.items.dropFirst().dropLast() {
                let band = bands[layers.items[item].layer]
                go(to: Point(x: band.lowerBound, y: across[item]))
                go(to: Point(x: band.upperBound, y: across[item]))
            }
            let arrival = across[last] + ports.end[index]
            go(to: Point(x: bands[layers.items[last].layer].lowerBound, y: arrival))
            go(to: Point(x: boxes[last].x, y: arrival))
            if chain.isBack { pieces = pieces.reversed().map { Piece(from: $0.to, to: $0.from) } }
            routes[chain.edge] = Route(isBack: chain.isBack, pieces: pieces)
        }
        self.routes = routes.compactMap(\.self)
        layerCount = layers.rows.count
        let bottom = zip(across, rooms).map { $0 + $1.after }.max() ?? 0
        size = Size(width: bands.last?.upperBound ?? 0, height: bottom)
    }

    /// From where to where each layer reaches in the direction of the flow. Steep edges get more room than flat ones.
    private static func bands(
        _ layers: Layers,
        _ sizes: [NodeSize],
        _ across: [Double],
        _ spacing: Spacing
    ) -> [Range<Double>] {
        let after = layers.neighbours().after
        var start = 0.0
        return layers.rows.map { row in
            let thickness = row.compactMap { layers.items[$0].node.map { sizes[$0].along } }.max() ?? 0
            let band = start..<start + thickness
            let steepest = row.flatMap { item in after[item].map { abs(across[$0.item] - across[item]) } }.max() ?? 0
            start = band.upperBound + max(spacing.layers, min(steepest * 0.3, spacing.layers * 1.6))
            return band
        }
    }
}

/// Where edges leave and reach their nodes, from the middle of the node's side: in the order in which they come, the
/// heaviest in the middle, so that the main flow is straight.
private struct Ports {
    /// For each chain.
    var begin: [Double]
    var end: [Double]

    init(_ layers: Layers, _ across: [Double], _ sizes: [MapLayout.NodeSize], _ spacing: Double) {
        begin = [Double](repeating: 0, count: layers.chains.count)
        end = begin
        var leaving: [Int: [Int]] = [:]
        var reaching: [Int: [Int]] = [:]
        for (index, chain) in layers.chains.enumerated() {
            leaving[chain.items[0], default: []].append(index)
            reaching[chain.items[chain.items.count - 1], default: []].append(index)
        }
        for node in sizes.indices {
            let room = sizes[node].across / 2 - 5
            let begins = Self.spread(leaving[node] ?? [], room, spacing, layers) { across[layers.chains[$0].items[1]] }
            for (chain, offset) in begins { begin[chain] = offset }
            let ends = Self.spread(reaching[node] ?? [], room, spacing, layers) { chain in
                across[layers.chains[chain].items[layers.chains[chain].items.count - 2]]
            }
            for (chain, offset) in ends { end[chain] = offset }
        }
    }

    private static func spread(
        _ chains: [Int],
        _ room: Double,
        _ spacing: Double,
        _ layers: Layers,
        by place: (Int) -> Double
    ) -> [(Int, Double)] {
        let ordered = chains.sorted { (place($0), $0) < (place($1), $1) }
        guard ordered.count > 1 else { return ordered.map { ($0, 0) } }
        let heaviest =
            ordered.indices.max { layers.chains[ordered[$0]].weight < layers.chains[ordered[$1]].weight } ?? 0
        let longest = max(heaviest, ordered.count - 1 - heaviest)
        let step = min(spacing, room / Double(max(1, longest)))
        return ordered.enumerated().map { index, chain in (chain, Double(index - heaviest) * step) }
    }
}
