import Testing

@testable import MusterHistory

@Suite("The layout of the process map")
struct MapLayoutTests {
    private static let spacing = MapLayout.Spacing(layers: 50, neighbours: 20, ports: 10)

    /// A graph by chance, always the same for the same seed.
    private static func graph(nodes: Int, edges: Int, seed: UInt64) -> FlowGraph {
        var state = seed
        func random(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        return FlowGraph(
            nodes: nodes,
            edges: (0..<edges).map { _ in
                FlowGraph.Edge(from: random(nodes), to: random(nodes), weight: Double(random(1_000)) / 1_000 + 0.001)
            }
        )
    }

    private static func layout(_ graph: FlowGraph) -> MapLayout {
        MapLayout(
            graph,
            sizes: (0..<graph.nodes).map {
                MapLayout.NodeSize(along: 60 + Double($0 % 5) * 20, across: 40, loop: Double($0 % 3) * 10)
            },
            spacing: spacing
        )
    }

    @Test("puts no node on another, draws each edge from node to node, and stays inside", arguments: 0..<40)
    func sound(seed: Int) {
        let graph = Self.graph(nodes: 3 + seed, edges: 2 + seed * 2, seed: UInt64(seed))
        let layout = Self.layout(graph)
        let bounds = Box(x: -0.1, y: -0.1, width: layout.size.width + 0.2, height: layout.size.height + 0.2)
        for (index, box) in layout.boxes.enumerated() {
            #expect(bounds.contains(box), "node \(index)")
            for other in layout.boxes[(index + 1)...] { #expect(!box.overlaps(other)) }
        }
        #expect(layout.routes.count == graph.edges.count)
        for (edge, route) in zip(graph.edges, layout.routes) {
            let (from, to) = (layout.boxes[edge.from], layout.boxes[edge.to])
            let (begin, end) = (route.pieces[0].from, route.pieces[route.pieces.count - 1].to)
            #expect(
                abs(begin.x - (route.isBack ? from.x : from.right)) < 0.1 && (from.y...from.bottom).contains(begin.y)
            )
            #expect(abs(end.x - (route.isBack ? to.right : to.x)) < 0.1 && (to.y...to.bottom).contains(end.y))
            for (piece, next) in zip(route.pieces, route.pieces.dropFirst()) { #expect(piece.to == next.from) }
        }
    }

    @Test("lets no edge pass through a node", arguments: 0..<40)
    func clear(seed: Int) {
        let graph = Self.graph(nodes: 4 + seed / 2, edges: 3 + seed * 2, seed: UInt64(seed) &+ 99)
        let layout = Self.layout(graph)
        for route in layout.routes {
            for piece in route.pieces where piece.isStraight {
                let (left, right) = (min(piece.from.x, piece.to.x), max(piece.from.x, piece.to.x))
                let line = Box(x: left + 0.01, y: piece.from.y - 0.5, width: max(0, right - left - 0.02), height: 1)
                #expect(!layout.boxes.contains { $0.overlaps(line) })
            }
            // Curves lie between layers, where no node is.
            for piece in route.pieces where !piece.isStraight {
                let (left, right) = (min(piece.from.x, piece.to.x), max(piece.from.x, piece.to.x))
                let box = Box(
                    x: left + 0.01,
                    y: min(piece.from.y, piece.to.y),
                    width: right - left - 0.02,
                    height: abs(piece.from.y - piece.to.y)
                )
                #expect(!layout.boxes.contains { $0.overlaps(box) })
            }
        }
    }

    @Test("is the same each time")
    func deterministic() {
        let graph = Self.graph(nodes: 20, edges: 50, seed: 7)
        let (first, second) = (Self.layout(graph), Self.layout(graph))
        #expect(first.boxes == second.boxes)
        #expect(first.routes == second.routes)
    }

    @Test("goes with the flow: a chain has one layer for each node, and only its return goes back")
    func chain() {
        let graph = FlowGraph(
            nodes: 5,
            edges: [(0, 1), (1, 2), (2, 3), (3, 4), (3, 1)].map {
                FlowGraph.Edge(from: $0, to: $1, weight: $0 == 3 && $1 == 1 ? 0.2 : 1)
            }
        )
        let layout = Self.layout(graph)
        #expect(layout.layerCount == 5)
        #expect(layout.routes.map(\.isBack) == [false, false, false, false, true])
        #expect(layout.routes[0].pieces.allSatisfy { $0.isStraight })
    }

    @Test("does not cross what need not cross")
    func planar() {
        // Two chains side by side, their nodes given in turns.
        let graph = FlowGraph(
            nodes: 8,
            edges: [(0, 3), (3, 4), (4, 7), (1, 2), (2, 5), (5, 6)].map { FlowGraph.Edge(from: $0, to: $1, weight: 1) }
        )
        let layers = LayerOrder.ordered(Layers(graph))
        for row in layers.rows { #expect(row.count == 2) }
        let sides = [0, 3, 4, 7].map { node in layers.rows.firstIndex { $0.first == node } != nil }
        #expect(Set(sides).count == 1)
    }

    @Test("of one node or none is not more than that")
    func tiny() {
        let one = Self.layout(FlowGraph(nodes: 1, edges: []))
        #expect(one.boxes.count == 1)
        #expect(one.size.width == 60)
        let none = MapLayout(FlowGraph(nodes: 0, edges: []), sizes: [], spacing: Self.spacing)
        #expect(none.size == Size(width: 0, height: 0))
    }

    @Test("keeps order and distance where wishes conflict, and grants them where they do not")
    func fit() {
        #expect(AcrossPlacement.fit([(0, 1), (100, 1)], [0, 10]) == [0, 100])
        #expect(AcrossPlacement.fit([(5, 1), (5, 1)], [0, 10]) == [0, 10])
        #expect(AcrossPlacement.fit([(20, 1), (0, 1)], [0, 10]) == [5, 15])
        let places = AcrossPlacement.fit([(0, 3), (0, 1), (0, 1)], [0, 10, 10])
        #expect(places == [-6, 4, 14])
        #expect(AcrossPlacement.fit([], []).isEmpty)
    }

    @Test("draws what most cases take, and the slowest way even if it is rare")
    func choice() throws {
        var analysis = try SampleAnalyses.log(of: (1...60).map { "a\($0)" }, cases: 2_000)
        let slow = analysis.graph.edges.count - 1
        let edge = analysis.graph.edges[slow]
        analysis.graph.edges[slow] = DirectlyFollowsGraph.Edge(
            from: edge.from,
            to: edge.to,
            count: edge.count,
            cases: edge.cases,
            durations: SampleAnalyses.durations(9_000_000, 3)
        )
        let map = ProcessMap(analysis, activities: 16)
        #expect(map.nodes.count == 18)
        #expect(map.nodes.first == .start && map.nodes.last == .end)
        #expect(map.edges.filter(\.isSlowest).count == 1)
        #expect(map.activitiesLeftOut == 44)
        #expect(map.shareOfSteps > 0 && map.shareOfSteps < 1)
        // Nothing stands alone.
        for node in map.nodes.indices { #expect(map.edges.contains { $0.from == node || $0.to == node }) }
    }
}
