/// A picture under way: shapes that take their looks from the classes of the page's style, and texts that are escaped.
///
/// Coordinates are written with at most one digit after the point, so that the same shapes are the same bytes.
struct Drawing {
    enum Anchor: String {
        case start, middle, end
    }

    let size: Size
    private var shapes = ""

    init(width: Double, height: Double) { size = Size(width: width, height: height) }

    mutating func line(_ style: String, from: Point, to: Point) {
        shapes += "<path class=\"\(style)\" d=\"M\(Self.pair(from))L\(Self.pair(to))\"/>"
    }

    /// - Parameter width: the stroke's width, where it stands for a number.
    mutating func path(_ style: String, _ path: Path, width: Double? = nil, title: String? = nil) {
        let stroke = width.map { " style=\"stroke-width:\(Self.number($0))\"" } ?? ""
        shapes += "<path class=\"\(style)\"\(stroke) d=\"\(path.text)\"" + Self.end(of: "path", title)
    }

    mutating func box(_ style: String, _ box: Box, round: Double = 0, title: String? = nil) {
        let corners = round > 0 ? " rx=\"\(Self.number(round))\"" : ""
        shapes +=
            "<rect class=\"\(style)\" x=\"\(Self.number(box.x))\" y=\"\(Self.number(box.y))\""
            + " width=\"\(Self.number(max(0, box.width)))\" height=\"\(Self.number(max(0, box.height)))\"\(corners)"
            + Self.end(of: "rect", title)
    }

    mutating func dot(_ style: String, _ centre: Point, radius: Double, title: String? = nil) {
        shapes +=
            "<circle class=\"\(style)\" cx=\"\(Self.number(centre.x))\" cy=\"\(Self.number(centre.y))\""
            + " r=\"\(Self.number(radius))\"" + Self.end(of: "circle", title)
    }

    /// - Parameters:
    ///   - at: where the text's base line begins, has its middle or ends.
    ///   - full: the whole text, where the one shown is a part of it.
    mutating func text(_ style: String, _ text: String, at: Point, anchor: Anchor = .start, full: String? = nil) {
        let place = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
        shapes +=
            "<text class=\"\(style)\" x=\"\(Self.number(at.x))\" y=\"\(Self.number(at.y))\"\(place)>"
            + Markup.escaped(text)
        if let full, full != text { shapes += "<title>\(Markup.escaped(full))</title>" }
        shapes += "</text>"
    }

    /// Shapes that belong together, with one title for all of them.
    mutating func group(_ style: String, title: String? = nil, _ draw: (inout Drawing) -> Void) {
        shapes += "<g class=\"\(style)\">"
        if let title { shapes += "<title>\(Markup.escaped(title))</title>" }
        draw(&self)
        shapes += "</g>"
    }

    /// - Parameters:
    ///   - style: classes of the whole picture.
    ///   - label: what the picture says, for people who do not see it.
    ///   - shrinks: how far it may be made smaller before it is scrolled.
    func svg(_ style: String, label: String, shrinks: Double = 0.85) -> String {
        let (least, most) = (Self.number(size.width * shrinks), Self.number(size.width * 1.12))
        return
            "<svg class=\"\(style)\" style=\"min-width:\(least)px;max-width:\(most)px\" viewBox=\"0 0 \(Self.number(size.width)) \(Self.number(size.height))\""
            + " width=\"\(Self.number(size.width))\" height=\"\(Self.number(size.height))\""
            + " role=\"img\" aria-label=\"\(Markup.escaped(label))\">\(shapes)</svg>"
    }

    private static func end(of element: String, _ title: String?) -> String {
        guard let title else { return "/>" }
        return "><title>\(Markup.escaped(title))</title></\(element)>"
    }

    /// A coordinate as text: no exponent, no digit that nobody sees.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let tenths = Int((min(max(value, -1e7), 1e7) * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
        return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
    }

    static func pair(_ point: Point) -> String { "\(number(point.x)) \(number(point.y))" }
}

/// A line of straight and curved pieces.
struct Path: Hashable {
    private(set) var text = ""

    static func from(_ point: Point) -> Path {
        var path = Path()
        path.text = "M" + Drawing.pair(point)
        return path
    }

    mutating func line(to point: Point) { text += "L" + Drawing.pair(point) }

    mutating func curve(_ first: Point, _ second: Point, to point: Point) {
        text += "C\(Drawing.pair(first)) \(Drawing.pair(second)) \(Drawing.pair(point))"
    }

    mutating func close() { text += "Z" }

    static func polyline(_ points: [Point]) -> Path {
        guard let first = points.first else { return Path() }
        var path = Path.from(first)
        for point in points.dropFirst() { path.line(to: point) }
        return path
    }

    /// A triangle whose lower corner is the point.
    static func pointingDown(at point: Point, size: Double) -> Path { triangle(point, size, size * -0.85) }

    /// A triangle whose upper corner is the point.
    static func pointingUp(at point: Point, size: Double) -> Path { triangle(point, size, size * 0.85) }

    private static func triangle(_ point: Point, _ width: Double, _ height: Double) -> Path {
        var path = Path.polyline([
            point, Point(x: point.x - width / 2, y: point.y + height),
            Point(x: point.x + width / 2, y: point.y + height),
        ])
        path.close()
        return path
    }
}
