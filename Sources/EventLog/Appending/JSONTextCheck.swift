/// Whether PostgreSQL can keep bytes as text and later read them as `jsonb`. Whether they are JSON is the writer's word.
enum JSONTextCheck {
    case acceptable
    case empty
    case notUTF8
    /// Also as the escape `\u0000`: JSON allows it, `jsonb` refuses it, and one such event would break every query over
    /// the analysts' view.
    case holdsNUL

    static func check(_ bytes: [UInt8]) -> JSONTextCheck {
        if bytes.isEmpty { return .empty }
        guard (try? UTF8Span(validating: bytes.span)) != nil else { return .notUTF8 }
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0 { return .holdsNUL }
            if bytes[index] == UInt8(ascii: "\\") {
                if bytes[index...].starts(with: nul) { return .holdsNUL }
                // The escaped character is no escape itself.
                index += 1
            }
            index += 1
        }
        return .acceptable
    }

    private static let nul = Array(#"\u0000"#.utf8)
}
