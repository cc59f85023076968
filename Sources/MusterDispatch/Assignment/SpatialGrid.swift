/// People by place, for looking around a point in rings of growing size.
///
/// Cells are counted in a flat projection around the middle, so that near is near over a city; the distances themselves
/// are taken on the globe by whoever asks.
struct SpatialGrid: Sendable {
    private let origin: (x: Double, y: Double)
    private let cell: Double
    private let columns: Int
    private let rows: Int
    /// Where the people of each cell begin in `people`.
    private let starts: [Int32]
    private let people: [Int32]

    /// - Parameter points: flat places of people, by the numbers that `people` holds.
    init(_ people: [Int32], at points: [FlatPoint]) {
        let xs = people.map { points[Int($0)].x }
        let ys = people.map { points[Int($0)].y }
        let (left, right) = (xs.min() ?? 0, xs.max() ?? 0)
        let (bottom, top) = (ys.min() ?? 0, ys.max() ?? 0)
        origin = (left, bottom)
        // About two people in a cell, and no cell so small that the number of cells runs away.
        let side = max(right - left, top - bottom, 0.001)
        let width = max(1, Int((Double(max(people.count, 1)) / 2).squareRoot()))
        let cell = side / Double(width)
        self.cell = cell
        let columns = min(width, Int((right - left) / cell)) + 1
        let rows = min(width, Int((top - bottom) / cell)) + 1
        (self.columns, self.rows) = (columns, rows)
        let cells = zip(xs, ys).map { x, y in
            min(rows - 1, Int((y - bottom) / cell)) * columns + min(columns - 1, Int((x - left) / cell))
        }
        var counts = [Int32](repeating: 0, count: columns * rows + 1)
        for cell in cells { counts[cell + 1] += 1 }
        for index in 1..<counts.count { counts[index] += counts[index - 1] }
        starts = counts
        var places = counts
        var sorted = people
        for (person, cell) in zip(people, cells) {
            sorted[Int(places[cell])] = person
            places[cell] += 1
        }
        self.people = sorted
    }

    /// The people around a point: all within the smallest square of cells that holds at least `count`, and the ring
    /// after it, whose cells may be nearer than the corners.
    func around(_ point: FlatPoint, count: Int) -> [Int32] {
        let column = max(-1, min(columns, Int(((point.x - origin.x) / cell).rounded(.down))))
        let row = max(-1, min(rows, Int(((point.y - origin.y) / cell).rounded(.down))))
        var found: [Int32] = []
        var last = Int.max
        var ring = 0
        while ring <= last, ring <= max(columns, rows) + 2 {
            for y in (row - ring)...(row + ring) where y >= 0 && y < rows {
                let isEdge = abs(y - row) == ring
                let step = isEdge || ring == 0 ? 1 : 2 * ring
                var x = column - ring
                while x <= column + ring {
                    if x >= 0, x < columns {
                        let cell = y * columns + x
                        found += people[Int(starts[cell])..<Int(starts[cell + 1])]
                    }
                    x += step
                }
            }
            if found.count >= count, last == Int.max { last = ring + 1 }
            ring += 1
        }
        return found
    }
}

/// A place in a flat projection, in kilometres.
struct FlatPoint: Hashable, Sendable {
    let x: Double
    let y: Double
}
