import Mustache

/// Texts inside markup: what any file or person wrote can neither end an element nor an attribute, nor make the page
/// ill-formed as XML.
struct Markup: MustacheContentType {
    /// As templates name it.
    static let name = "REPORT"

    func escapeText(_ text: String) -> String { Self.escaped(text) }

    /// - Returns: the text with its markup characters replaced, line breaks as spaces, and what XML does not allow as U+FFFD.
    static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x3C: escaped.append(contentsOf: "&lt;".unicodeScalars)
            case 0x3E: escaped.append(contentsOf: "&gt;".unicodeScalars)
            case 0x26: escaped.append(contentsOf: "&amp;".unicodeScalars)
            case 0x22: escaped.append(contentsOf: "&quot;".unicodeScalars)
            case 0x27: escaped.append(contentsOf: "&#39;".unicodeScalars)
            case 0x09, 0x0A, 0x0D: escaped.append(" ")
            case 0...0x1F, 0x7F...0x9F, 0xFFFE, 0xFFFF: escaped.append("\u{FFFD}")
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
