/// JSON text for people and for version control: only the space between its parts changes, so that numbers, the order of
/// members and what is there twice stay as they were.
package enum JSONLayout {
    /// With a line for each member and element, indented by two spaces.
    ///
    /// - Parameter json: valid JSON.
    package static func indented(_ json: some Sequence<UInt8>) -> [UInt8] {
        let json = compact(json)
        var output: [UInt8] = []
        output.reserveCapacity(json.count * 2)
        var depth = 0
        var place = Place.between
        for (index, byte) in json.enumerated() {
            guard place.move(over: byte) else {
                output.append(byte)
                continue
            }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                output.append(byte)
                // What is empty stays on its line.
                if index + 1 < json.count, json[index + 1] == byte + 2 { continue }
                depth += 1
                breakLine(&output, depth)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if index == 0 || json[index - 1] != byte - 2 {
                    depth -= 1
                    breakLine(&output, depth)
                }
                output.append(byte)
            case UInt8(ascii: ","):
                output.append(byte)
                breakLine(&output, depth)
            case UInt8(ascii: ":"): output += [byte, UInt8(ascii: " ")]
            default: output.append(byte)
            }
        }
        return output
    }

    /// Without space between its parts.
    package static func compact(_ json: some Sequence<UInt8>) -> [UInt8] {
        var place = Place.between
        return json.filter { byte in !place.move(over: byte) || ![0x20, 0x09, 0x0A, 0x0D].contains(byte) }
    }

    package static func indented(_ json: String) -> String { String(decoding: indented(json.utf8), as: UTF8.self) }

    package static func compact(_ json: String) -> String { String(decoding: compact(json.utf8), as: UTF8.self) }

    private static func breakLine(_ output: inout [UInt8], _ depth: Int) {
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: max(depth, 0) * 2))
    }

    private enum Place {
        case between, inString, afterBackslash

        /// Returns whether the byte stands outside of strings.
        mutating func move(over byte: UInt8) -> Bool {
            switch (self, byte) {
            case (.between, UInt8(ascii: "\"")): self = .inString
            case (.between, _): return true
            case (.inString, UInt8(ascii: "\"")): self = .between
            case (.inString, UInt8(ascii: "\\")): self = .afterBackslash
            case (.inString, _): break
            case (.afterBackslash, _): self = .inString
            }
            return false
        }
    }
}
