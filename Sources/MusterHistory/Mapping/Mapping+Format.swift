import Records

extension Mapping {
    /// How the rows are written in the file.
    struct Format: Hashable, Sendable {
        var type = FileType.csv
        var encoding = TextEncoding.utf8
        /// The byte between two fields of CSV.
        var delimiter = UInt8(ascii: ",")
        /// The names of the columns when a CSV file has no header.
        var columns: [String]?
        /// The list whose elements are the rows, where they are not the objects themselves: a path of JSON, as `notes`.
        var rows: String?
        /// The type of the objects of an OCEL log that are the cases.
        var caseType: String?
    }

    /// What a file is written in.
    package enum FileType: String, CaseIterable, Hashable, Sendable {
        case csv, json, ndjson, cloudevents, xes, ocel, atom, cap

        /// Whether the rows have all the columns of a header. Elsewhere a column that a row lacks is empty.
        var hasFixedColumns: Bool { self == .csv }
    }

    /// How the text of a file is written in bytes. Files that say it themselves, as XML does, are not asked here.
    package enum TextEncoding: String, CaseIterable, Hashable, Sendable {
        case utf8 = "utf-8"
        case gbk
        case gb18030
        case latin1 = "iso-8859-1"
        case windows1252 = "windows-1252"
    }

    /// Which attributes say who acts, where, until when, when that was entered, and what was read off.
    package struct Roles: Hashable, Sendable {
        /// The party that acts.
        package var agency: String?
        /// The person or unit that acts.
        package var resource: String?
        package var place: String?
        /// A time attribute: when the case, or the activity, is due.
        package var due: String?
        /// A time attribute: when the row was entered where the file comes from, which is how late entry is known (R14.5).
        package var recorded: String?
        /// What was read off or measured, as a temperature, of which many of the same in a row are a mark (R14.5).
        package var reading: String?
    }

    /// The formats of times where a mapping names none: those of RFC 3339, which say their offset themselves.
    static let standardPatterns = ["yyyy-MM-dd'T'HH:mm:ss.SXXX", "yyyy-MM-dd'T'HH:mm:ssXXX"].compactMap {
        TimePattern($0)
    }
}

extension Mapping.Format {
    init(_ node: MappingNode) throws(MappingError) {
        let members = try node.members([
            "type", "encoding", "delimiter", "header", "columns", "rows", "case-type",
        ])
        type = try members.required("type").word("format")
        encoding = try members["encoding"]?.word("encoding") ?? .utf8
        if type != .csv, let member = members["delimiter"] ?? members["header"] ?? members["columns"] {
            throw member.error(Words("is for type csv", zh: "仅用于 csv 类型"))
        }
        if let member = members["rows"] {
            guard type == .json || type == .ndjson || type == .cloudevents else {
                throw member.error(Words("is for JSON", zh: "仅用于 JSON"))
            }
            rows = try member.text()
        }
        if let member = members["case-type"] {
            guard type == .ocel else { throw member.error(Words("is for type ocel", zh: "仅用于 ocel 类型")) }
            caseType = try member.text()
        }
        if let node = members["delimiter"] { delimiter = try Self.delimiter(node) }
        columns = try Self.columns(members)
    }

    private static func delimiter(_ node: MappingNode) throws(MappingError) -> UInt8 {
        let text = try node.text()
        guard let byte = text.utf8.first, text.utf8.count == 1, byte < 0x80, byte != UInt8(ascii: "\""),
            byte == 0x09 || byte >= 0x20
        else { throw node.error(Words("must be one ASCII character", zh: "应为一个 ASCII 字符")) }
        return byte
    }

    private static func columns(_ members: MappingMembers) throws(MappingError) -> [String]? {
        let hasHeader = try members["header"]?.boolean() ?? true
        guard let node = members["columns"] else {
            guard hasHeader else { throw members.parent.missing("columns") }
            return nil
        }
        guard !hasHeader else {
            throw node.error(Words("is for files without a header (header: false)", zh: "仅用于没有表头的文件（header: false）"))
        }
        let columns = try node.texts()
        guard !columns.isEmpty, columns.count <= CSVDialect.maximumFields, Set(columns).count == columns.count else {
            throw node.error(
                Words(
                    "must name 1 to \(CSVDialect.maximumFields) columns, each once",
                    zh: "应列出 1 到 \(CSVDialect.maximumFields) 个互不相同的列名"
                )
            )
        }
        return columns
    }
}

extension Mapping.Roles {
    /// Reads the keys of roles, each the name of an attribute.
    init(_ members: MappingMembers, attributes: [Mapping.Attribute]) throws(MappingError) {
        func attribute(_ role: String) throws(MappingError) -> String? {
            guard let node = members[role] else { return nil }
            return try Self.attribute(node, attributes)
        }
        agency = try attribute("agency")
        resource = try attribute("resource")
        place = try attribute("place")
        reading = try attribute("reading")
        func time(_ role: String) throws(MappingError) -> String? {
            guard let name = try attribute(role), let node = members[role] else { return nil }
            guard attributes.contains(where: { $0.name == name && $0.kind == .time }) else {
                throw node.error(Words("“\(name)” is no attribute of type time", zh: "“\(name)”不是 time 类型的属性"))
            }
            return name
        }
        due = try time("due")
        recorded = try time("recorded")
    }

    /// The name of an attribute that the mapping has.
    static func attribute(_ node: MappingNode, _ attributes: [Mapping.Attribute]) throws(MappingError) -> String {
        let name = try node.name()
        guard attributes.contains(where: { $0.name == name }) else {
            throw node.error(Words("“\(name)” is no attribute", zh: "“\(name)”不是属性"))
        }
        return name
    }
}

extension MappingNode {
    /// One of the words of an enumeration, in any case of letters.
    fileprivate func word<Value: RawRepresentable<String> & CaseIterable>(
        _ kind: String
    ) throws(MappingError) -> Value {
        let text = try text().lowercased()
        guard let value = Value(rawValue: text) else {
            let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw error(Words("is no \(kind) known here; known are: \(known)", zh: "不支持；可用：\(known)"))
        }
        return value
    }
}
