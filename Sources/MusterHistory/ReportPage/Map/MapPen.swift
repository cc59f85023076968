/// Draws routes and their labels, in either direction of the flow.
struct MapPen {
    private static let labelSize = 11.5
    private static let labelHeight = 13.0
    /// How far a label stays from what stands beside it.
    private static let labelGap = 3.0
    private static let tip = 7.0

    private let flow: MapDrawing.Flow
    private let offset: Point
    private var places: LabelPlaces
    /// Where edges run, so that a label keeps off those that it is not of.
    private var lines: [(index: Int, box: Box)] = []

    init(flow: MapDrawing.Flow, offset: Point, in size: Size) {
        self.flow = flow
        self.offset = offset
        places = LabelPlaces(in: Box(x: 0, y: 0, width: size.width, height: size.height))
    }

    func place(_ point: Point) -> Point {
        switch flow {
        case .rightwards: Point(x: point.x + offset.x, y: point.y + offset.y)
        case .downwards: Point(x: point.y + offset.x, y: point.x + offset.y)
        }
    }

    func place(_ box: Box) -> Box {
        let corner = place(Point(x: box.x, y: box.y))
        return flow == .rightwards
            ? Box(x: corner.x, y: corner.y, width: box.width, height: box.height)
            : Box(x: corner.x, y: corner.y, width: box.height, height: box.width)
    }

    mutating func take(_ box: Box) { places.take(box) }

    /// Marks where an edge runs.
    mutating func take(_ route: MapLayout.Route, _ index: Int, _ stroke: Double) {
        for piece in route.pieces {
            let steps = max(2, Int(length(piece) / 8))
            for step in 0...steps {
                let point = place(at(Double(step) / Double(steps), piece))
                let box = Box(x: point.x - stroke / 2, y: point.y - stroke / 2, width: stroke, height: stroke)
                lines.append((index, box))
            }
        }
    }

    mutating func edge(
        _ route: MapLayout.Route,
        _ stroke: Double,
        _ edge: ProcessMap.Edge,
        _ title: String,
        _ drawing: inout Drawing
    ) {
        guard let first = route.pieces.first, let last = route.pieces.last else { return }
        // The tip ends at the node, the line where the tip begins.
        let length = Self.tip + stroke * 0.5
        let direction = route.isBack ? -1.0 : 1.0
        let end = Point(x: last.to.x - direction * length, y: last.to.y)
        var path = Path.from(place(first.from))
        for (index, piece) in route.pieces.enumerated() {
            let to = index == route.pieces.count - 1 ? end : piece.to
            if piece.isStraight {
                path.line(to: place(to))
            } else {
                let middle = (piece.from.x + to.x) / 2
                path.curve(
                    place(Point(x: middle, y: piece.from.y)),
                    place(Point(x: middle, y: to.y)),
                    to: place(to)
                )
            }
        }
        let look = (edge.isSlowest ? " slow" : edge.durations == nil ? " faint" : "")
        drawing.path("edge\(route.isBack ? " back" : "")\(look)", path, width: stroke, title: title)
        let half = 3.2 + stroke * 0.5
        var tip = Path.polyline([
            place(last.to), place(Point(x: end.x - direction * 0.5, y: end.y - half)),
            place(Point(x: end.x - direction * 0.5, y: end.y + half)),
        ])
        tip.close()
        drawing.path("tip\(look)", tip)
    }

    /// An edge from a node to itself, beside the node.
    mutating func loop(
        at box: Box,
        _ stroke: Double,
        _ text: String,
        _ edge: ProcessMap.Edge,
        _ title: String,
        _ drawing: inout Drawing
    ) {
        let width = min(stroke, 4)
        let look = edge.isSlowest ? " slow" : ""
        let centre = box.centre
        let (start, end, first, second, label): (Point, Point, Point, Point, Point)
        switch flow {
        case .rightwards:
            start = Point(x: centre.x + 9, y: box.y)
            end = Point(x: centre.x - 9, y: box.y - 6)
            first = Point(x: centre.x + 20, y: box.y - 22)
            second = Point(x: centre.x - 14, y: box.y - 24)
            label = Point(x: centre.x + 16, y: box.y - 8)
        case .downwards:
            start = Point(x: box.x, y: centre.y + 9)
            end = Point(x: box.x - 6, y: centre.y - 9)
            first = Point(x: box.x - 22, y: centre.y + 20)
            second = Point(x: box.x - 24, y: centre.y - 14)
            label = Point(x: box.x - 8, y: centre.y + 22)
        }
        var path = Path.from(start)
        path.curve(first, second, to: end)
        drawing.path("edge back\(look)", path, width: width, title: title)
        let corner = flow == .rightwards ? Point(x: end.x, y: box.y) : Point(x: box.x, y: end.y)
        let sides =
            flow == .rightwards
            ? [Point(x: end.x - 4, y: end.y - 1), Point(x: end.x + 4, y: end.y - 1)]
            : [Point(x: end.x - 1, y: end.y - 4), Point(x: end.x - 1, y: end.y + 4)]
        var tip = Path.polyline([corner] + sides)
        tip.close()
        drawing.path("tip\(look)", tip)
        let room = TextMeasure.width(text, size: Self.labelSize)
        let at = flow == .rightwards ? label : Point(x: label.x - room, y: label.y)
        places.take(Box(x: at.x, y: at.y - Self.labelHeight + 3, width: room, height: Self.labelHeight))
        drawing.text(edge.isSlowest ? "small bad halo" : "small halo", text, at: at)
    }

    /// Writes a label near to its edge: where nothing is, else where no node and no other label is, else not at all.
    mutating func label(
        _ text: String,
        of route: MapLayout.Route,
        _ index: Int,
        _ stroke: Double,
        _ isStrong: Bool,
        _ drawing: inout Drawing
    ) {
        let width = Self.labelWidth(text, isStrong)
        let boxes = candidates(route, width, stroke)
        let free = boxes.filter { places.isFree($0) }
        func crosses(_ box: Box, _ isOther: Bool) -> Bool {
            lines.contains { (!isOther || $0.index != index) && $0.box.overlaps(box) }
        }
        let plain = free.first { !crosses($0, false) } ?? free.first { !crosses($0, true) }
        guard let box = plain ?? free.first else { return }
        places.take(box)
        // Where it stands on a line, it has a ground of its own.
        if lines.contains(where: { $0.box.overlaps(box) }) { drawing.box("ground", box, round: Self.labelGap) }
        drawing.text(
            isStrong ? "small bad halo" : "small halo",
            text,
            at: Point(x: box.centre.x, y: box.bottom - 3),
            anchor: .middle
        )
    }

    private static func labelWidth(_ text: String, _ isStrong: Bool) -> Double {
        TextMeasure.width(text, size: labelSize, isBold: isStrong) + 2
    }

    /// How far nodes stand apart, so that a label fits between them.
    static func room(for text: String, _ isStrong: Bool) -> Double { labelWidth(text, isStrong) + 2 * labelGap }

    private func candidates(_ route: MapLayout.Route, _ width: Double, _ stroke: Double) -> [Box] {
        let height = Self.labelHeight
        // Straight pieces first, then longer ones: near a node it is not plain whose label it is.
        let pieces = route.pieces.enumerated().sorted {
            let (a, b) = ($0.element, $1.element)
            if a.isStraight != b.isStraight { return a.isStraight }
            return length(a) != length(b) ? length(a) > length(b) : $0.offset < $1.offset
        }.map(\.element)
        let away = stroke / 2 + 2
        var boxes: [Box] = []
        for share in [0.5, 0.38, 0.62, 0.26, 0.74] {
            for piece in pieces.prefix(4) {
                let point = place(at(share, piece))
                let (left, right) = (point.x - away - 3 - width, point.x + away + 3)
                let (above, below) = (point.y - away - height, point.y + away)
                let (middleX, middleY) = (point.x - width / 2, point.y - height / 2)
                let beside = [(right, middleY), (left, middleY)]
                let over = [(middleX, above), (middleX, below)]
                let corners = [
                    (right, above + away), (left, above + away), (right, below - away), (left, below - away),
                ]
                let spots = flow == .rightwards ? over + corners + beside : beside + corners + over
                boxes += spots.map { Box(x: $0.0, y: $0.1, width: width, height: height) }
            }
        }
        for piece in pieces.prefix(4) {
            let point = place(piece.middle)
            boxes.append(Box(x: point.x - width / 2, y: point.y - height / 2, width: width, height: height))
        }
        return boxes
    }

    /// A point of the piece as it is drawn.
    private func at(_ t: Double, _ piece: MapLayout.Piece) -> Point {
        let ease = t * t * (3 - 2 * t)
        let along = 1.5 * t * (1 - t) * (1 - t) + 1.5 * t * t * (1 - t) + t * t * t
        return Point(
            x: piece.from.x + (piece.to.x - piece.from.x) * (piece.isStraight ? t : along),
            y: piece.from.y + (piece.to.y - piece.from.y) * (piece.isStraight ? t : ease)
        )
    }

    private func length(_ piece: MapLayout.Piece) -> Double {
        abs(piece.to.x - piece.from.x) + abs(piece.to.y - piece.from.y)
    }
}
