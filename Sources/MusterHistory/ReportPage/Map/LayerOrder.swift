/// Puts the items of each layer in an order with few crossings: by the barycentres of their neighbours, to and fro, then
/// by exchanging neighbours.
struct LayerOrder {
    private static let sweeps = 24
    private static let exchanges = 8

    private var layers: Layers
    private let before: [[(item: Int, weight: Double)]]
    private let after: [[(item: Int, weight: Double)]]

    static func ordered(_ layers: Layers) -> Layers {
        var order = LayerOrder(layers)
        order.run()
        return order.layers
    }

    private init(_ layers: Layers) {
        self.layers = layers
        (before, after) = layers.neighbours()
    }

    private mutating func run() {
        var best = layers.rows
        var fewest = crossings
        for sweep in 0..<Self.sweeps where fewest > 0 || sweep < 2 {
            let indices = Array(layers.rows.indices)
            for row in sweep.isMultiple(of: 2) ? indices : indices.reversed() {
                arrange(row, by: sweep.isMultiple(of: 2) ? before : after)
            }
            if crossings < fewest || sweep == 0 {
                fewest = crossings
                best = layers.rows
            }
        }
        layers.rows = best
        for _ in 0..<Self.exchanges {
            var hasImproved = false
            for row in layers.rows.indices { hasImproved = exchange(row) || hasImproved }
            if !hasImproved { break }
        }
    }

    private mutating func arrange(_ row: Int, by neighbours: [[(item: Int, weight: Double)]]) {
        let places = self.places
        let keyed = layers.rows[row].enumerated().map { index, item in
            let near = neighbours[item]
            let mean = near.reduce(0.0) { $0 + Double(places[$1.item]) } / Double(max(1, near.count))
            // An item without neighbours stays where it is.
            return (item: item, key: near.isEmpty ? Double(index) : mean, index: index)
        }
        layers.rows[row] = keyed.sorted { ($0.key, $0.index) < ($1.key, $1.index) }.map(\.item)
    }

    private mutating func exchange(_ row: Int) -> Bool {
        var hasImproved = false
        var places = self.places
        for index in layers.rows[row].indices.dropLast() {
            let (left, right) = (layers.rows[row][index], layers.rows[row][index + 1])
            func crossings(_ first: Int, _ second: Int) -> Int {
                [before, after].reduce(0) { sum, near in
                    sum
                        + near[first].reduce(0) { count, a in
                            count + near[second].filter { places[$0.item] < places[a.item] }.count
                        }
                }
            }
            if crossings(right, left) < crossings(left, right) {
                layers.rows[row].swapAt(index, index + 1)
                places.swapAt(left, right)
                hasImproved = true
            }
        }
        return hasImproved
    }

    /// The place of each item in its layer.
    private var places: [Int] {
        var places = [Int](repeating: 0, count: layers.items.count)
        for row in layers.rows { for (index, item) in row.enumerated() { places[item] = index } }
        return places
    }

    /// How often edges cross between neighbouring layers.
    private var crossings: Int {
        let places = self.places
        var count = 0
        for row in layers.rows {
            let ends = row.flatMap { item in after[item].map { places[$0.item] }.sorted() }
            for (index, end) in ends.enumerated() { count += ends[..<index].filter { $0 > end }.count }
        }
        return count
    }
}
