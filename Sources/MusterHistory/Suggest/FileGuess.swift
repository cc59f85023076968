import Records

/// What a file is written in, as far as its beginning tells.
struct FileGuess {
    /// Bytes that are looked at.
    static let maximumBytes = 4 << 20

    var format = Mapping.Format()
    private(set) var encodingDoubt: String?
    private(set) var headerDoubt: String?
    /// The path of the first list of objects in a JSON object that holds all of the file.
    private(set) var firstList: String?

    /// Looks at a file. Blocks.
    ///
    /// - Throws: `ImportError`, or `SuggestionError` for a format that is none of Muster's.
    init(path: String) throws {
        var file = try InputFile(path: path)
        if file.beginning.starts(with: Array("SQLite format 3\0".utf8)) {
            format.type = .ocel
            return
        }
        var text: [UInt8] = []
        var isWhole = false
        while text.count < Self.maximumBytes, !isWhole {
            let chunk = try file.read()
            text += chunk
            isWhole = chunk.isEmpty
        }
        let start = text.firstIndex { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) } ?? text.endIndex
        switch start < text.endIndex ? text[start] : 0 {
        case UInt8(ascii: "<"): format.type = try Self.xml(String(decoding: text, as: UTF8.self), path: path)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            format.type = Self.json(text[start...])
            firstList = Self.firstList(text[start...])
        default: break
        }
        guard format.type == .csv else { return }
        let guess = try CSVGuess(text, isWhole: isWhole, path: path)
        format.encoding = guess.encoding
        format.delimiter = guess.delimiter
        format.columns = guess.columns
        (encodingDoubt, headerDoubt) = (guess.encodingDoubt, guess.headerDoubt)
    }

    private static func xml(_ text: String, path: String) throws(SuggestionError) -> Mapping.FileType {
        guard let name = rootName(text[...]) else { throw .unknownFormat(path: path, found: "XML") }
        switch name {
        case "log":
            let isOCEL = ["<object-types", "<event-types", "<objects"].contains { text.contains($0) }
            return isOCEL ? .ocel : .xes
        case "feed", "rss": return holdsAlerts(text) ? .cap : .atom
        case "alert", "EDXLDistribution": return .cap
        default: throw .unknownFormat(path: path, found: "<\(name.prefix(40))>")
        }
    }

    /// Whether a feed has whole alerts in its entries, and not only words of the alerts that it links to.
    private static func holdsAlerts(_ text: String) -> Bool {
        text.contains(CAPRows.namespacePrefix)
            && [" ", ">"].contains { end in
                text.contains("<alert\(end)") || text.contains(":alert\(end)")
            }
    }

    /// The local name of the first element.
    private static func rootName(_ text: Substring) -> String? {
        var rest = text
        while let open = rest.firstIndex(of: "<") {
            rest = rest[rest.index(after: open)...]
            if rest.hasPrefix("!--") {
                guard let end = rest.firstRange(of: "-->") else { return nil }
                rest = rest[end.upperBound...]
                continue
            }
            guard let first = rest.first else { return nil }
            if first == "?" || first == "!" { continue }
            let name = rest.prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
            return name.split(separator: ":").last.map(String.init)
        }
        return nil
    }

    private static func json(_ text: ArraySlice<UInt8>) -> Mapping.FileType {
        let beginning = String(decoding: text.prefix(64 << 10), as: UTF8.self)
        if beginning.contains("\"specversion\"") { return .cloudevents }
        if ["\"ocel:global-log\"", "\"ocel:events\"", "\"objectTypes\"", "\"eventTypes\""].contains(where: {
            beginning.contains($0)
        }) {
            return .ocel
        }
        return isLines(text) ? .ndjson : .json
    }

    /// Whether each line is an object of its own.
    private static func isLines(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.first == UInt8(ascii: "{"), let end = text.firstIndex(of: UInt8(ascii: "\n")) else { return false }
        let line = text[..<end]
        let last = line.last { $0 != 0x0D && $0 != 0x20 }
        guard last == UInt8(ascii: "}") else { return false }
        var reader = JSONReader(Array(line))
        guard (try? reader.members()) != nil else { return false }
        let next = text[end...].first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return next == nil || next == UInt8(ascii: "{")
    }

    /// The path of the first list whose elements are objects, where the text begins with an object around it.
    private static func firstList(_ text: ArraySlice<UInt8>) -> String? {
        var path: [String] = []
        var name = ""
        var index = text.startIndex
        while index < text.endIndex {
            switch text[index] {
            case UInt8(ascii: "\""):
                let start = index + 1
                index = start
                while index < text.endIndex, text[index] != UInt8(ascii: "\"") {
                    index += text[index] == UInt8(ascii: "\\") ? 2 : 1
                }
                guard index < text.endIndex else { return nil }
                name = String(decoding: text[start..<index], as: UTF8.self)
            case UInt8(ascii: "{"):
                path.append(name)
                guard path.count <= 4 else { return nil }
            case UInt8(ascii: "}"): _ = path.popLast()
            case UInt8(ascii: "["):
                let next = text[(index + 1)...].first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
                guard next != UInt8(ascii: "{") else {
                    return path.isEmpty ? nil : (path.dropFirst() + [name]).joined(separator: ".")
                }
            default: break
            }
            index += 1
        }
        return nil
    }
}
