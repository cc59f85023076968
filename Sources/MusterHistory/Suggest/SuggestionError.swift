package import Records

/// Why no mapping can be suggested for a file.
package enum SuggestionError: Error, Hashable, Sendable {
    /// It is none of the formats that are imported.
    case unknownFormat(path: String, found: String)
    case noRows(path: String)
    /// No column holds times, without which nothing happened.
    case noTimes(path: String, columns: [String])

    package var words: Words {
        switch self {
        case .unknownFormat(let path, let found):
            Words(
                "\(path) is \(found), which is none of the formats that are imported: CSV, JSON, NDJSON, CloudEvents, XES,"
                    + " OCEL 2.0, Atom and CAP",
                zh: "\(path) 是 \(found)，不是可导入的格式：CSV、JSON、NDJSON、CloudEvents、XES、OCEL 2.0、Atom、CAP"
            )
        case .noRows(let path):
            Words("\(path) has no rows to look at", zh: "\(path) 中没有可供查看的行")
        case .noTimes(let path, let columns):
            Words(
                "\(path) has no column of times, so nothing in it says when anything happened. Its columns are: "
                    + columns.prefix(30).map { "“\($0.prefix(80))”" }.joined(separator: ", "),
                zh: "\(path) 中没有时间列，无法得知事情发生的时间。文件中的列："
                    + columns.prefix(30).map { "“\($0.prefix(80))”" }.joined(separator: "、")
            )
        }
    }
}

extension SuggestionError: CustomStringConvertible {
    package var description: String { words.en }
}
