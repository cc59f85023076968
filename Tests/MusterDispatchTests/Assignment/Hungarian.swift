/// The cheapest one-to-one assignment of rows to columns, exactly, in cubic time (Kuhn 1955, Munkres 1957; in the form
/// with potentials and shortest augmenting paths). There are at least as many columns as rows.
struct Hungarian {
    /// Which column each row has.
    let columns: [Int]
    let cost: Double

    init(_ costs: [[Double]]) {
        let rows = costs.count
        let width = costs.first?.count ?? 0
        var rowPotential = Array(repeating: 0.0, count: rows + 1)
        var columnPotential = Array(repeating: 0.0, count: width + 1)
        // Counted from one; zero is none.
        var rowOf = Array(repeating: 0, count: width + 1)
        for row in 1...max(1, rows) where row <= rows {
            var least = Array(repeating: Double.infinity, count: width + 1)
            var before = Array(repeating: 0, count: width + 1)
            var isDone = Array(repeating: false, count: width + 1)
            rowOf[0] = row
            var column = 0
            while rowOf[column] != 0 {
                isDone[column] = true
                let current = rowOf[column]
                var next = 0
                var delta = Double.infinity
                for other in 1...width where !isDone[other] {
                    let slack = costs[current - 1][other - 1] - rowPotential[current] - columnPotential[other]
                    if slack < least[other] {
                        least[other] = slack
                        before[other] = column
                    }
                    if least[other] < delta {
                        delta = least[other]
                        next = other
                    }
                }
                for other in 0...width {
                    if isDone[other] {
                        rowPotential[rowOf[other]] += delta
                        columnPotential[other] -= delta
                    } else {
                        least[other] -= delta
                    }
                }
                column = next
            }
            while column != 0 {
                rowOf[column] = rowOf[before[column]]
                column = before[column]
            }
        }
        var columns = Array(repeating: 0, count: rows)
        for column in 1...max(1, width) where column <= width && rowOf[column] != 0 {
            columns[rowOf[column] - 1] = column - 1
        }
        self.columns = columns
        cost = columns.enumerated().reduce(0) { $0 + costs[$1.offset][$1.element] }
    }
}
