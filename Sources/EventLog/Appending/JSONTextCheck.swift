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
        guard holdsNULOrEscape(bytes) else { return .acceptable }
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

    /// Looks at all bytes without a branch, many at once: most texts hold neither.
    private static func holdsNULOrEscape(_ bytes: [UInt8]) -> Bool {
        var found: UInt8 = 0
        for byte in bytes { found |= (byte == 0 ? 1 : 0) | (byte == UInt8(ascii: "\\") ? 1 : 0) }
        return found != 0
    }

    private static let nul = Array(#"\u0000"#.utf8)
}
