/// Lines of cells in aligned columns, for a terminal. Unless told otherwise, the first column is to the left, the others
/// to the right, but the last one to the left again when it is a remark.
struct TextTable {
    enum Side: Hashable, Sendable { case left, right }

    private var rows: [[String]] = []
    private let hasRemarks: Bool
    private let sides: [Side]

    /// - Parameter hasRemarks: whether the last cell of a row is free text.
    init(hasRemarks: Bool = false) {
        self.hasRemarks = hasRemarks
        sides = []
    }

    /// - Parameter sides: of each column.
    init(_ sides: [Side]) {
        self.sides = sides
        hasRemarks = false
    }

    mutating func add(_ cells: String...) { rows.append(cells) }
    mutating func add(_ cells: [String]) { rows.append(cells) }

    /// The lines, each after `indent` spaces, without spaces at their ends.
    func lines(indent: Int) -> [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { $0.indices.contains(column) ? Self.width($0[column]) : 0 }.max() ?? 0
        }
        return rows.map { cells in
            var line = String(repeating: " ", count: indent)
            for (column, cell) in cells.enumerated() {
                if column > 0 { line += "  " }
                let padding = String(repeating: " ", count: widths[column] - Self.width(cell))
                let isLeft =
                    sides.indices.contains(column)
                    ? sides[column] == .left : column == 0 || (hasRemarks && column == columns - 1)
                line += isLeft ? cell + padding : padding + cell
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    /// Columns of a terminal: Chinese characters and full-width signs take two.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { width, scalar in
            switch scalar.value {
            case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: width
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
                0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
                width + 2
            default: width + 1
            }
        }
    }
}
