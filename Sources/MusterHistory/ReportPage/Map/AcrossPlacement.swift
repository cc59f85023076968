/// Where the items of each layer stand across the direction of the flow: near to what they are joined with, in their
/// order, and apart.
enum AcrossPlacement {
    /// Room that an item takes on both sides of its place.
    struct Room {
        let before: Double
        let after: Double
    }

    private static let rounds = 60

    /// - Parameter gap: between two neighbours of which at least one is a node; half of it between two edges that pass.
    /// - Returns: a place for each item; the least edge of all is at zero.
    static func places(_ layers: Layers, rooms: [Room], gap: Double) -> [Double] {
        let (before, after) = layers.neighbours()
        var places = [Double](repeating: 0, count: layers.items.count)
        let separations = layers.rows.map { row in Self.separations(row, layers, rooms, gap) }
        for (row, separation) in zip(layers.rows, separations) {
            let total = separation.reduce(0, +)
            var place = -total / 2
            for (index, item) in row.enumerated() {
                place += index == 0 ? 0 : separation[index]
                places[item] = place
            }
        }
        for round in 0..<rounds {
            let indices = Array(layers.rows.indices)
            for index in round.isMultiple(of: 2) ? indices : indices.reversed() {
                let row = layers.rows[index]
                let wanted = row.map { item in
                    wish(of: item, before[item] + after[item], layers, places)
                }
                for (item, place) in zip(row, fit(wanted, separations[index])) { places[item] = place }
            }
        }
        align(layers, separations, before, &places)
        straighten(layers, separations, &places)
        let least = places.indices.map { places[$0] - rooms[$0].before }.min() ?? 0
        return places.map { $0 - least }
    }

    /// Where an item would stand if it stood alone, and how much that counts. The heavier an edge, the more it pulls, so
    /// that the main flow is straight; what passes by gives way to nodes.
    private static func wish(
        of item: Int,
        _ neighbours: [(item: Int, weight: Double)],
        _ layers: Layers,
        _ places: [Double]
    ) -> (place: Double, weight: Double) {
        let isDummy = layers.items[item].node == nil
        var (sum, pulls, heaviest) = (0.0, 0.0, 0.0)
        for near in neighbours {
            let isStraight = isDummy && layers.items[near.item].node == nil
            let pull = (isStraight ? 8.0 : 1.0) * (0.1 + near.weight) * (0.1 + near.weight)
            sum += pull * places[near.item]
            pulls += pull
            heaviest = max(heaviest, near.weight)
        }
        guard pulls > 0 else { return (places[item], 0.01) }
        return (sum / pulls, weight(heaviest, isDummy))
    }

    private static func weight(_ heaviest: Double, _ isDummy: Bool) -> Double {
        let square = heaviest * heaviest
        return isDummy ? 0.2 + heaviest : 1 + 4_000 * square * square
    }

    /// From layer to layer, each node beside the one that most comes from, as far as others let it: means alone would make
    /// a long flow a slope.
    private static func align(
        _ layers: Layers,
        _ separations: [[Double]],
        _ before: [[(item: Int, weight: Double)]],
        _ places: inout [Double]
    ) {
        for (row, separation) in zip(layers.rows, separations) {
            let wanted = row.map { item -> (place: Double, weight: Double) in
                let isDummy = layers.items[item].node == nil
                guard let heaviest = before[item].max(by: { $0.weight < $1.weight }) else {
                    return (places[item], weight(0, isDummy))
                }
                // Where an edge begins to pass it turns aside; from there on it goes straight.
                let turns = isDummy && layers.items[heaviest.item].node != nil
                return (places[turns ? item : heaviest.item], weight(heaviest.weight, isDummy))
            }
            for (item, place) in zip(row, fit(wanted, separation)) { places[item] = place }
        }
    }

    /// Lets the dummies of a chain stand in one line where there is room for it.
    private static func straighten(_ layers: Layers, _ separations: [[Double]], _ places: inout [Double]) {
        var index = [Int](repeating: 0, count: layers.items.count)
        for row in layers.rows { for (place, item) in row.enumerated() { index[item] = place } }
        for chain in layers.chains where chain.items.count > 3 {
            let dummies = chain.items.dropFirst().dropLast()
            var (lowest, highest) = (-Double.infinity, Double.infinity)
            for item in dummies {
                let row = layers.rows[layers.items[item].layer]
                let separation = separations[layers.items[item].layer]
                let at = index[item]
                if at > 0 { lowest = max(lowest, places[row[at - 1]] + separation[at]) }
                if at + 1 < row.count { highest = min(highest, places[row[at + 1]] - separation[at + 1]) }
            }
            guard lowest <= highest else { continue }
            let mean = dummies.reduce(0) { $0 + places[$1] } / Double(dummies.count)
            for item in dummies { places[item] = min(max(mean, lowest), highest) }
        }
    }

    private static func separations(_ row: [Int], _ layers: Layers, _ rooms: [Room], _ gap: Double) -> [Double] {
        row.indices.map { index in
            guard index > 0 else { return 0 }
            let (left, right) = (row[index - 1], row[index])
            let areEdges = layers.items[left].node == nil && layers.items[right].node == nil
            return rooms[left].after + (areEdges ? gap / 2 : gap) + rooms[right].before
        }
    }

    /// The places nearest to the wanted ones (by weighted least squares) that keep the order and the distances: pool
    /// adjacent violators, after the distances are taken off.
    ///
    /// - Parameter separations: from the item before to each; the first is not used.
    static func fit(_ wanted: [(place: Double, weight: Double)], _ separations: [Double]) -> [Double] {
        var offsets: [Double] = []
        for index in wanted.indices { offsets.append((offsets.last ?? 0) + (index == 0 ? 0 : separations[index])) }
        var pools: [(mean: Double, weight: Double, count: Int)] = []
        for (index, wish) in wanted.enumerated() {
            var pool = (mean: wish.place - offsets[index], weight: wish.weight, count: 1)
            while let last = pools.last, last.mean >= pool.mean {
                pools.removeLast()
                let weight = last.weight + pool.weight
                pool = ((last.mean * last.weight + pool.mean * pool.weight) / weight, weight, last.count + pool.count)
            }
            pools.append(pool)
        }
        let means = pools.flatMap { Array(repeating: $0.mean, count: $0.count) }
        return zip(means, offsets).map { $0 + $1 }
    }
}
