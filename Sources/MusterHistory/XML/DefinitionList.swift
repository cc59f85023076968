/// The terms of HTML's definition lists (`dl`, `dt`, `dd`) and what stands under them, as plain text.
enum DefinitionList {
    private static let maximumTerms = 100
    private static let maximumTermBytes = 100

    /// Terms without the colon behind them, in the order of the text. Other markup is left out.
    static func terms(in html: ArraySlice<UInt8>) -> [(term: String, definition: String)] {
        var terms: [(term: String, definition: String)] = []
        var term: String?
        var text: [UInt8] = []
        var rest = html
        /// What the open `dt` or `dd` is, if any.
        var open: String?
        func close() {
            defer { text.removeAll() }
            let words = plain(text)
            if open == "dt" {
                term = words.hasSuffix(":") ? String(words.dropLast()) : words
            } else if open == "dd", let name = term, !name.isEmpty, name.utf8.count <= maximumTermBytes {
                terms.append((name, words))
                term = nil
            }
            open = nil
        }
        while let byte = rest.first, terms.count < maximumTerms {
            guard byte == UInt8(ascii: "<") else {
                if open != nil { text.append(byte) }
                rest = rest.dropFirst()
                continue
            }
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { break }
            let tag = tagName(rest[(rest.startIndex + 1)..<end])
            rest = rest[(end + 1)...]
            switch tag {
            case "dt", "dd":
                close()
                open = tag
            case "/dt", "/dd", "/dl": close()
            default: if open != nil { text.append(0x20) }
            }
        }
        close()
        return terms
    }

    private static func tagName(_ tag: ArraySlice<UInt8>) -> String {
        let name = tag.prefix { $0 > 0x20 }
        return name.count <= 3 ? String(decoding: name, as: UTF8.self).lowercased() : ""
    }

    private static let entities: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ",
    ]

    /// Characters for their entities, and single spaces.
    private static func plain(_ html: [UInt8]) -> String {
        var text = ""
        var rest = html[...]
        while let byte = rest.first {
            if byte == UInt8(ascii: "&"), let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")),
                let character = character(String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self))
            {
                text += character
                rest = rest[(end + 1)...]
                continue
            }
            let run = rest.prefix { $0 != UInt8(ascii: "&") }
            let taken = run.isEmpty ? rest.prefix(1) : run
            text += String(decoding: taken, as: UTF8.self)
            rest = rest[taken.endIndex...]
        }
        return text.split { $0.isWhitespace }.joined(separator: " ")
    }

    private static func character(_ entity: String) -> String? {
        if let known = entities[entity] { return known }
        guard entity.hasPrefix("#") else { return nil }
        let digits = entity.dropFirst()
        let number = digits.first == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let number, let scalar = Unicode.Scalar(number), number >= 0x20 else { return nil }
        return String(Character(scalar))
    }
}
