import Glibc
package import Records

/// Writes rejected rows to a CSV file: line, column, code, reason. The file is made with the first row, and the list of an
/// earlier import goes when there is none, so that an import without rejects leaves no file.
package final class RejectsFile {
    private static let header = "line,column,code,reason\n"

    package let path: String
    private var stream: UnsafeMutablePointer<FILE>?
    private let language: Language

    /// Where the rejects of a file are listed when nobody says where: beside it, so that files of the same name in
    /// different folders keep their own lists. Input that comes in through a device, as `/dev/stdin`, has no folder to
    /// write to, and its list is made in the current one.
    package static func path(for input: String) -> String {
        let isDevice = ["/dev/", "/proc/"].contains { input.hasPrefix($0) }
        let name = isDevice ? input.split(separator: "/").last.map(String.init) ?? input : input
        return "\(name).rejects.csv"
    }

    /// - Parameter path: what is there is replaced once a row is rejected.
    package init(path: String, language: Language = .en) {
        self.path = path
        self.language = language
    }

    deinit {
        if let stream { fclose(stream) }
    }

    /// Whether any row was rejected.
    package var isWritten: Bool { stream != nil }

    package func write(_ row: RejectedRow) throws(ImportError) {
        let column = row.column.map(Self.quoted) ?? ""
        let place = row.byte.map { Words(" (byte \($0))", zh: "（第 \($0) 字节）")[language] } ?? ""
        try put("\(row.line),\(column),\(row.reason.code),\(Self.quoted(row.reason.words[language] + place))\n")
    }

    /// All rows have been seen: hands what was written to the operating system.
    package func finish() throws(ImportError) {
        if let stream {
            guard fflush(stream) == 0 else { throw failure() }
        } else if holdsEarlierList {
            // All rows are in: a list that cannot be removed is no failure of theirs.
            unlink(path)
        }
    }

    /// Whether what is there was written by an import.
    private var holdsEarlierList: Bool {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, let file = fopen(path, "re") else {
            return false
        }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: Self.header.utf8.count)
        return fread(&bytes, 1, bytes.count, file) == bytes.count && bytes.elementsEqual(Self.header.utf8)
    }

    private func put(_ text: String) throws(ImportError) {
        if stream == nil {
            guard let opened = fopen(path, "we") else { throw failure() }
            stream = opened
            try put(Self.header)
        }
        guard let stream, fputs(text, stream) >= 0 else { throw failure() }
    }

    private func failure() -> ImportError {
        .rejectsFile(path: path, reason: String(cString: strerror(errno)))
    }

    /// Doubled quotes, and no formula for spreadsheets that would run one.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        if let first = text.utf8.first, "=+-@\t\r".utf8.contains(first) { quoted += "'" }
        for character in text.unicodeScalars {
            if character == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }
}
