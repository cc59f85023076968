/// A process map as shapes.
struct MapDrawing {
    enum Flow {
        case rightwards, downwards
    }

    private(set) var drawing: Drawing
    private(set) var hasBackEdges = false

    private static let nameSize = 12.0
    private static let margin = 4.0
    private static let widestStroke = 9.0

    /// What a node shows.
    private struct Face {
        let lines: [String]
        let full: String
        let count: String
        let size: Size
    }

    init(_ map: ProcessMap, _ analysis: HistoryAnalysis, _ words: PageWords, flow: Flow) {
        let faces = map.nodes.map { Self.face(of: $0, analysis, words, flow) }
        let joined = map.edges.filter { !$0.isLoop }
        var graphEdges: [FlowGraph.Edge] = []
        let heaviest = Double(max(1, map.edges.map(\.cases).max() ?? 1))
        for edge in joined {
            // Whatever joins start or end may bend; the ways between activities are what people read.
            let weight = Double(edge.cases) / heaviest * (edge.durations == nil ? 0.3 : 1)
            graphEdges.append(FlowGraph.Edge(from: edge.from, to: edge.to, weight: weight))
        }
        let graph = FlowGraph(nodes: map.nodes.count, edges: graphEdges, last: map.nodes.count - 1)
        let sizes = map.nodes.indices.map { node -> MapLayout.NodeSize in
            let ports = max(joined.filter { $0.from == node }.count, joined.filter { $0.to == node }.count)
            let hasLoop = map.edges.contains { $0.isLoop && $0.from == node }
            let size = faces[node].size
            return switch flow {
            case .rightwards:
                MapLayout.NodeSize(
                    along: size.width,
                    across: max(size.height, Double(ports) * 8 + 8),
                    loop: hasLoop ? 30 : 0
                )
            case .downwards: MapLayout.NodeSize(along: size.height, across: size.width, loop: hasLoop ? 54 : 0)
            }
        }
        let labels = joined.map { edge in
            edge.durations.map { (edge.isSlowest ? "▲ " : "") + words.duration($0.p50) }
        }
        let widest = zip(joined, labels).map { edge, label in
            label.map { MapPen.room(for: $0, edge.isSlowest) } ?? 0
        }
        let spacing =
            switch flow {
            case .rightwards: MapLayout.Spacing(layers: max(58, widest.max() ?? 0), neighbours: 20, ports: 12)
            case .downwards: MapLayout.Spacing(layers: 42, neighbours: 26, ports: 16)
            }
        let layout = MapLayout(graph, sizes: sizes, spacing: spacing)
        let size = flow == .rightwards ? layout.size : Size(width: layout.size.height, height: layout.size.width)
        // Labels may stand beside the outermost edges.
        let extra = flow == .rightwards ? Size(width: 0, height: 16) : Size(width: 52, height: 28)
        drawing = Drawing(
            width: size.width + 2 * Self.margin + extra.width,
            height: size.height + 2 * Self.margin + extra.height
        )
        var pen = MapPen(flow: flow, offset: Point(x: Self.margin, y: Self.margin + extra.height / 2), in: drawing.size)
        hasBackEdges = layout.routes.contains(where: \.isBack)

        let boxes = layout.boxes.map { pen.place($0) }
        for box in boxes { pen.take(box) }
        func stroke(_ edge: ProcessMap.Edge) -> Double { max(1.3, Self.widestStroke * Double(edge.cases) / heaviest) }
        // The heaviest lies lowest.
        let order = joined.indices.sorted {
            (joined[$0].isSlowest ? 1 : 0, joined[$1].cases, $0) < (joined[$1].isSlowest ? 1 : 0, joined[$0].cases, $1)
        }
        for index in order {
            pen.take(layout.routes[index], index, stroke(joined[index]))
            pen.edge(
                layout.routes[index],
                stroke(joined[index]),
                joined[index],
                Self.title(joined[index], map, analysis, words),
                &drawing
            )
        }
        for edge in map.edges where edge.isLoop {
            let text = edge.durations.map { words.duration($0.p50) } ?? ""
            pen.loop(at: boxes[edge.from], stroke(edge), text, edge, Self.title(edge, map, analysis, words), &drawing)
        }
        for (node, box) in boxes.enumerated() { Self.draw(map.nodes[node], faces[node], in: box, flow, &drawing) }
        let labelled = joined.indices.sorted {
            (joined[$0].isSlowest ? 0 : 1, joined[$1].cases, $0) < (joined[$1].isSlowest ? 0 : 1, joined[$0].cases, $1)
        }
        for index in labelled {
            guard let text = labels[index] else { continue }
            pen.label(text, of: layout.routes[index], index, stroke(joined[index]), joined[index].isSlowest, &drawing)
        }
    }

    private static func title(
        _ edge: ProcessMap.Edge,
        _ map: ProcessMap,
        _ analysis: HistoryAnalysis,
        _ words: PageWords
    ) -> String {
        func name(_ node: Int) -> String {
            switch map.nodes[node] {
            case .start: words("start", "开始")
            case .end: words("end", "结束")
            case .activity(let index): words.name(analysis.activities[index].label)
            }
        }
        let way = "\(name(edge.from)) → \(name(edge.to)): \(words.number(edge.cases)) \(words.cases)"
        guard let durations = edge.durations else { return way }
        return way
            + words(
                ", \(words.number(durations.count)) times, median \(words.duration(durations.p50)),"
                    + " p90 \(words.duration(durations.p90)), in all \(words.total(durations.total))",
                "，\(words.number(durations.count)) 次，中位 \(words.duration(durations.p50))，"
                    + "p90 \(words.duration(durations.p90))，累计 \(words.total(durations.total))"
            )
    }

    private static func face(
        of node: ProcessMap.Node,
        _ analysis: HistoryAnalysis,
        _ words: PageWords,
        _ flow: Flow
    ) -> Face {
        switch node {
        case .start, .end:
            let name = node == .start ? words("start", "开始") : words("end", "结束")
            return Face(
                lines: [name],
                full: name,
                count: "",
                size: flow == .rightwards ? Size(width: 20, height: 34) : Size(width: 34, height: 20)
            )
        case .activity(let index):
            let statistics = analysis.activities[index]
            let name = words.name(statistics.label)
            let lines = TextMeasure.lines(
                name,
                width: flow == .rightwards ? 118 : 128,
                size: nameSize,
                isBold: true,
                most: 3
            )
            let count = words.number(statistics.cases)
            let widest = lines.map { TextMeasure.width($0, size: nameSize, isBold: true) }.max() ?? 0
            let width = max(72, widest + 18, TextMeasure.width(count, size: 11) + 18)
            return Face(
                lines: lines,
                full: name,
                count: count,
                size: Size(width: width, height: Double(lines.count) * 14.5 + 28)
            )
        }
    }

    private static func draw(_ node: ProcessMap.Node, _ face: Face, in box: Box, _ flow: Flow, _ drawing: inout Drawing)
    {
        let centre = box.centre
        switch node {
        case .start, .end:
            let middle = Point(x: centre.x, y: centre.y)
            drawing.dot(node == .start ? "terminal" : "terminal-ring", middle, radius: 7)
            if node == .end { drawing.dot("terminal", middle, radius: 3.5) }
            // Above the start of a flow that goes down, where no edge leaves.
            let isAbove = node == .start && flow == .downwards
            let base = isAbove ? centre.y - 12 : centre.y + 20
            drawing.text("small quiet halo", face.full, at: Point(x: centre.x, y: base), anchor: .middle)
        case .activity:
            drawing.group("", title: "\(face.full): \(face.count)") { drawing in
                drawing.box("node", box, round: 3)
                let height = Double(face.lines.count) * 14.5 + 14
                var base = centre.y - height / 2 + 11
                for line in face.lines {
                    drawing.text("node-name", line, at: Point(x: centre.x, y: base), anchor: .middle)
                    base += 14.5
                }
                drawing.text("node-count", face.count, at: Point(x: centre.x, y: base), anchor: .middle)
            }
        }
    }
}
