/// What libpq says when a session could not be opened: a text, in which the SQLSTATE stands when a server has spoken.
///
/// libpq 15 gives no result to ask. With verbose errors its text holds lines like `FATAL:  28P01: password …`, and a
/// line about the place in the server's source for each.
struct ConnectFailure: Sendable, Hashable {
    let sqlState: SQLState?
    /// The text without codes and places.
    let message: String

    init(verboseText: String) {
        var code: String?
        var lines: [String] = []
        for line in verboseText.split(separator: "\n") {
            if line.hasPrefix("LOCATION:") { continue }
            guard let found = Self.codeRange(in: line) else {
                lines.append(String(line))
                continue
            }
            // The last host of a list speaks last, and is the one the attempt ended with.
            code = String(line[found])
            lines.append(String(line[..<found.lowerBound]) + line[found.upperBound...].dropFirst(2))
        }
        sqlState = code.map { SQLState(rawValue: $0) }
        message = lines.joined(separator: "; ")
    }

    /// The place of five characters between `:  ` and `: `.
    private static func codeRange(in line: Substring) -> Range<Substring.Index>? {
        var rest = line
        while let colon = rest.firstIndex(of: ":") {
            let after = line[line.index(after: colon)...]
            if after.hasPrefix("  ") {
                let code = after.dropFirst(2).prefix(5)
                let isCode = code.count == 5 && code.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) }
                if isCode, line[code.endIndex...].hasPrefix(": ") { return code.startIndex..<code.endIndex }
            }
            rest = after
        }
        return nil
    }
}
