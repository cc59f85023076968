/// How wide a text will be, as far as that can be told without the fonts of whoever reads: a little more than most take.
enum TextMeasure {
    /// Marks that pile up on one character take no more room, but are not copied into a label without end.
    private static let maximumScalars = 8

    static func width(_ text: String, size: Double, isBold: Bool = false) -> Double {
        let ems = text.unicodeScalars.reduce(0) { $0 + Self.ems($1) }
        return ems * size * (isBold ? 1.06 : 1)
    }

    /// The text, or its beginning and an ellipsis, so that it fits.
    static func shortened(_ text: String, to width: Double, size: Double, isBold: Bool = false) -> String {
        let flat = flattened(text)
        guard Self.width(flat, size: size, isBold: isBold) > width else { return flat }
        let room = width - Self.width("…", size: size, isBold: isBold)
        var (kept, used) = ("", 0.0)
        for character in flat {
            let part = String(character)
            used += Self.width(part, size: size, isBold: isBold)
            if used > room { break }
            kept += part
        }
        while kept.last == " " { kept.removeLast() }
        return kept + "…"
    }

    /// The text in lines of this width, broken between words, or between any two characters where a word alone is wider
    /// or the script has no spaces. What does not fit into the last line is an ellipsis.
    static func lines(_ text: String, width: Double, size: Double, isBold: Bool = false, most: Int) -> [String] {
        var lines: [String] = []
        var rest = Substring(flattened(text))
        while !rest.isEmpty {
            if lines.count == most - 1 || Self.width(String(rest), size: size, isBold: isBold) <= width {
                lines.append(shortened(String(rest), to: width, size: size, isBold: isBold))
                break
            }
            var (end, lastBreak, used) = (rest.startIndex, Substring.Index?.none, 0.0)
            while end < rest.endIndex {
                let character = rest[end]
                used += Self.width(String(character), size: size, isBold: isBold)
                if used > width { break }
                if character == " " || character == "-" || character == "_" || character == "/" || isWide(character) {
                    lastBreak = rest.index(after: end)
                }
                end = rest.index(after: end)
            }
            // A break that leaves most of the line empty is worse than one inside a word.
            let cut =
                lastBreak.flatMap {
                    Self.width(String(rest[..<$0]), size: size, isBold: isBold) > width * 0.4 ? $0 : nil
                } ?? end
            let split = cut == rest.startIndex ? rest.index(after: cut) : cut
            var line = String(rest[..<split])
            while line.last == " " { line.removeLast() }
            lines.append(line)
            rest = rest[split...].drop { $0 == " " }
        }
        return lines
    }

    /// In one line, without marks piled up on a character.
    static func flattened(_ text: String) -> String {
        var flat = ""
        for character in text {
            if character.isWhitespace {
                if !flat.isEmpty, flat.last != " " { flat.append(" ") }
            } else if character.unicodeScalars.count > maximumScalars {
                flat.unicodeScalars.append(contentsOf: character.unicodeScalars.prefix(maximumScalars))
            } else {
                flat.append(character)
            }
        }
        while flat.last == " " { flat.removeLast() }
        return flat
    }

    private static func isWide(_ character: Character) -> Bool {
        character.unicodeScalars.first.map { ems($0) >= 1 && $0.value > 0x2E00 } ?? false
    }

    private static func ems(_ scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "j", "l", "I", "|", "'", ".", ",", ":", ";", "!", "·": return 0.3
        case "f", "t", "r", "(", ")", "[", "]", "-", "/", "\\", " ", "\"": return 0.37
        case "m", "w", "M", "W", "@", "%", "—", "…", "→": return 0.93
        case "0"..."9", "+", "<", ">", "=", "–": return 0.62
        case "A"..."Z", "&": return 0.7
        default: break
        }
        switch scalar.value {
        case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: return 0
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6:
            return 1
        case 0x1F000...0x1FAFF: return 1.3
        case 0x20000...0x3FFFD: return 1
        default: return 0.57
        }
    }
}
