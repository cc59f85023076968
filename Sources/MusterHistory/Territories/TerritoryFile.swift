package import MusterDomain
package import Records

/// A CSV file of territories by their statistical codes: `code,name` and, where the codes do not say it, `level`. Other
/// columns are passed over.
package struct TerritoryFile: Sendable {
    /// A row that is a territory.
    package struct Row: Hashable, Sendable {
        /// In the file, from 1.
        package let line: Int
        package let command: DefineTerritory
    }

    /// Why a line is none.
    package struct Fault: Hashable, Sendable {
        package let line: Int
        package let words: Words
    }

    package private(set) var rows: [Row] = []
    package private(set) var faults: [Fault] = []

    private let top: TerritoryLevel
    private let prefix: String

    /// - Parameters:
    ///   - top: the level whose territories lie in none other; those above it are passed over.
    ///   - prefix: only codes that begin with it are read; empty for all.
    package init(_ bytes: [UInt8], top: TerritoryLevel, prefix: String = "") {
        self.top = top
        self.prefix = prefix
        var reader = CSVReader(dialect: CSVDialect())
        reader.feed(bytes)
        reader.finish()
        var heading: Heading?
        while true {
            switch reader.advance() {
            case .row:
                let cells = reader.fields.map { String(decoding: reader.bytes[$0], as: UTF8.self) }
                if let heading {
                    take(heading, cells, line: reader.line)
                } else if let found = Heading(cells) {
                    heading = found
                } else {
                    faults.append(Fault(line: reader.line, words: Self.noHeading))
                    return
                }
            case .fault: faults.append(Fault(line: reader.line, words: Self.noRow))
            case .needsMore, .end: return
            }
        }
    }

    private mutating func take(_ heading: Heading, _ cells: [String], line: Int) {
        guard let code = heading.code(in: cells), let name = heading.name(in: cells) else {
            return faults.append(Fault(line: line, words: Self.noRow))
        }
        guard code.hasPrefix(prefix) else { return }
        guard let level = heading.level(in: cells) ?? Self.level(of: code),
            let length = StatisticalCode.length(of: level),
            code.utf8.count >= length, let id = TerritoryID(rawValue: String(code.prefix(length)))
        else { return faults.append(Fault(line: line, words: Self.noCode)) }
        guard level == top || top.isAbove(level) else { return }
        let command = DefineTerritory(
            territory: id,
            level: level,
            parent: level == top ? nil : Self.parent(of: code, level),
            nameEN: name,
            nameZH: name,
            code: code
        )
        rows.append(Row(line: line, command: command))
    }

    private static let levels: [TerritoryLevel] = [.city, .district, .street, .community]

    /// The level of a code by its length, where zeros may fill twelve digits.
    private static func level(of code: String) -> TerritoryLevel? {
        guard code.utf8.count == 12 else { return levels.first { StatisticalCode.length(of: $0) == code.utf8.count } }
        return levels.first { level in
            code.dropFirst(StatisticalCode.length(of: level) ?? 12).utf8.allSatisfy { $0 == UInt8(ascii: "0") }
        }
    }

    private static func parent(of code: String, _ level: TerritoryLevel) -> TerritoryID? {
        guard let above = levels.last(where: { $0.isAbove(level) }), let length = StatisticalCode.length(of: above)
        else { return nil }
        return TerritoryID(rawValue: String(code.prefix(length)))
    }

    private static let noHeading = Words(
        "the first line must name the columns code and name",
        zh: "首行必须含有 code 和 name 两列"
    )
    private static let noRow = Words("is no row of this table", zh: "不是本表的数据行")
    private static let noCode = Words(
        "the code must have 4, 6, 9 or 12 digits, as its level has",
        zh: "代码应为 4、6、9 或 12 位数字，与层级一致"
    )
}

/// Where the columns are.
private struct Heading {
    private let code: Int
    private let name: Int
    private let level: Int?

    /// Nil without the columns that are needed.
    init?(_ cells: [String]) {
        guard let code = cells.firstIndex(of: "code"), let name = cells.firstIndex(of: "name") else { return nil }
        self.code = code
        self.name = name
        level = cells.firstIndex(of: "level")
    }

    func code(in cells: [String]) -> String? { cell(code, in: cells) }
    func name(in cells: [String]) -> String? { cell(name, in: cells) }
    func level(in cells: [String]) -> TerritoryLevel? {
        level.flatMap { cell($0, in: cells) }.flatMap(TerritoryLevel.init)
    }

    private func cell(_ index: Int, in cells: [String]) -> String? {
        index < cells.count && !cells[index].isEmpty ? cells[index] : nil
    }
}
