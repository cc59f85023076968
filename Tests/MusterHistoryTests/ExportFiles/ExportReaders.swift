import CSQLite
import Foundation
import FoundationXML
import Testing

/// An XML document as a tree, read by another's parser.
final class XMLTree: NSObject, XMLParserDelegate {
    final class Element {
        let name: String
        let attributes: [String: String]
        var children: [Element] = []
        var text = ""

        init(name: String, attributes: [String: String]) {
            self.name = name
            self.attributes = attributes
        }

        func all(_ name: String) -> [Element] { children.filter { $0.name == name } }

        /// The value of the child with a key, as XES has them.
        subscript(key: String) -> String? { children.first { $0.attributes["key"] == key }?.attributes["value"] }
    }

    private var open: [Element] = []
    private var whole: Element?

    var root: Element { whole ?? Element(name: "", attributes: [:]) }

    init(_ bytes: Data) throws {
        super.init()
        let parser = XMLParser(data: bytes)
        parser.delegate = self
        let isRead = parser.parse()
        try #require(isRead, "\(String(describing: parser.parserError)) in line \(parser.lineNumber)")
    }

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        let element = Element(name: name, attributes: attributes)
        open.last?.children.append(element)
        open.append(element)
        if whole == nil { whole = element }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { open.last?.text += text }
}

/// An SQLite database, read by SQLite.
final class SQLiteFile {
    private let directory: ExportDirectoryForTests
    private var handle: OpaquePointer?

    init(_ bytes: Data) throws {
        directory = try ExportDirectoryForTests()
        let path = directory.file("database")
        try bytes.write(to: URL(filePath: path))
        try #require(sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK)
    }

    deinit { sqlite3_close_v2(handle) }

    /// Values as text; nil for null.
    func rows(_ sql: String) throws -> [[String?]] {
        var statement: OpaquePointer?
        try #require(
            sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK,
            "\(sql): \(String(cString: sqlite3_errmsg(handle)))"
        )
        defer { sqlite3_finalize(statement) }
        var rows: [[String?]] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            rows.append(
                (0..<sqlite3_column_count(statement)).map { column in
                    sqlite3_column_text(statement, column).map { String(cString: $0) }
                }
            )
        }
        return rows
    }
}
