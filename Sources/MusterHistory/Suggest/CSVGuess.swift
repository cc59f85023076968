/// How a CSV file is written, as far as its beginning tells.
struct CSVGuess {
    private(set) var encoding = Mapping.TextEncoding.utf8
    private(set) var delimiter = UInt8(ascii: ",")
    /// Names for the columns of a file without a header.
    private(set) var columns: [String]?
    /// What a person should look at, for `encoding`, `delimiter` and `header`.
    private(set) var encodingDoubt: String?
    private(set) var headerDoubt: String?

    private static let rowsForForm = 200

    /// - Parameters:
    ///   - beginning: the first bytes of the text.
    ///   - isWhole: whether these are all, so that no character can be cut off at their end.
    init(_ beginning: [UInt8], isWhole: Bool, path: String) throws(ImportError) {
        (encoding, encodingDoubt) = try Self.encoding(of: beginning, isWhole: isWhole, path: path)
        let text = try TextDecoder.make(encoding, path: path)?.decode(beginning) ?? beginning
        var best: (share: Int, fields: Int) = (0, 0)
        for candidate in [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")] {
            let rows = Self.rows(of: text, delimiter: candidate, isWhole: isWhole)
            guard !rows.isEmpty else { continue }
            let counts = Dictionary(grouping: rows, by: \.count).mapValues(\.count)
            guard let (fields, count) = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), fields > 1 else {
                continue
            }
            let share = count * 100 / rows.count
            if (share > 80 ? fields : 0, share) > (best.share > 80 ? best.fields : 0, best.share) {
                best = (share, fields)
                delimiter = candidate
            }
        }
        guessHeader(Self.rows(of: text, delimiter: delimiter, isWhole: isWhole))
    }

    private static func rows(of text: [UInt8], delimiter: UInt8, isWhole: Bool) -> [[String]] {
        var reader = CSVReader(dialect: CSVDialect(delimiter: delimiter))
        reader.feed(text)
        if isWhole { reader.finish() }
        var rows: [[String]] = []
        while rows.count < rowsForForm {
            switch reader.advance() {
            case .row: rows.append(reader.fields.map { String(decoding: reader.bytes[$0], as: UTF8.self) })
            case .fault: continue
            case .needsMore, .end: return rows
            }
        }
        return rows
    }

    // MARK: - Header

    private mutating func guessHeader(_ rows: [[String]]) {
        guard let first = rows.first else { return }
        let rest = rows.dropFirst().filter { $0.count == first.count }
        guard first.contains(where: Self.isValue) else {
            let differs = first.indices.contains { index in
                rest.contains { Self.isValue($0[index]) }
            }
            let recurs = first.indices.contains { index in
                !first[index].isEmpty && rest.contains { $0[index] == first[index] }
            }
            if !differs, recurs { headerDoubt = "the first line may be a row and no header" }
            return
        }
        headerDoubt = "the first line looks like a row; the names of the columns are made up"
        var names: [String] = []
        for index in first.indices {
            var name = Self.name(rows.filter { $0.count == first.count }.map { $0[index] }) ?? "column-\(index + 1)"
            // Longitudes are latitudes too, as far as numbers tell.
            if name == "latitude", names.contains(name) { name = "longitude" }
            names.append(names.contains(name) ? "\(name)-\(index + 1)" : name)
        }
        columns = names
    }

    /// Whether a text is a number or a time, as names of columns are not.
    private static func isValue(_ text: String) -> Bool {
        Double(text) != nil || TimeShape(text).map { !$0.isDigitsAlone } == true
    }

    private static func name(_ values: [String]) -> String? {
        let values = values.filter { !$0.isEmpty }
        guard !values.isEmpty else { return nil }
        if values.allSatisfy({ TimeShape($0).map { !$0.isDigitsAlone } == true }) { return "time" }
        let numbers = values.compactMap { $0.contains(".") ? Double($0) : nil }
        guard numbers.count * 10 > values.count * 9 else { return nil }
        if numbers.allSatisfy({ abs($0) <= 90 }) { return "latitude" }
        return numbers.allSatisfy { abs($0) <= 180 } ? "longitude" : nil
    }

    // MARK: - Encoding

    private static func encoding(
        of bytes: [UInt8],
        isWhole: Bool,
        path: String
    ) throws(ImportError) -> (Mapping.TextEncoding, doubt: String?) {
        let text = isWhole ? bytes : Array(bytes.dropLast(while: { $0 >= 0x80 }))
        if String(validating: text, as: UTF8.self) != nil { return (.utf8, nil) }
        for candidate in [Mapping.TextEncoding.gbk, .gb18030] {
            let decoded = try TextDecoder.make(candidate, path: path)?.decode(text) ?? text
            guard !decoded.contains(TextDecoder.mark) else { continue }
            let letters = String(decoding: decoded, as: UTF8.self).unicodeScalars.filter { $0.value >= 0x80 }
            let common = letters.count { isCommonChinese($0) }
            if common * 10 >= letters.count * 7 {
                return (candidate, "no UTF-8, and Chinese in this encoding: see whether names look right")
            }
        }
        let hasWindowsSigns = text.contains { (0x80...0x9F).contains($0) }
        let undefined: Set<UInt8> = [0x81, 0x8D, 0x8F, 0x90, 0x9D]
        let isWindows = hasWindowsSigns && !text.contains { undefined.contains($0) }
        return (isWindows ? .windows1252 : .latin1, "no UTF-8: see whether accented letters look right")
    }

    /// Whether a character is a Chinese one or goes with them.
    private static func isCommonChinese(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x4E00...0x9FFF, 0x3000...0x303F, 0xFF00...0xFFEF, 0x2010...0x2026: true
        default: false
        }
    }
}

extension Array {
    /// Without the last elements that the condition holds for.
    fileprivate func dropLast(while condition: (Element) -> Bool) -> ArraySlice<Element> {
        var end = endIndex
        while end > startIndex, condition(self[end - 1]) { end -= 1 }
        return self[..<end]
    }
}
