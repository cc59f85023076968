/// JSON text for people and for version control.
enum JSONLayout {
    /// The same text with one member or element a line, indented by two spaces, and a newline at its end.
    ///
    /// - Parameter json: valid compact JSON, as `JSONWriter` makes it.
    static func indented(_ json: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(json.count * 2)
        var depth = 0
        var isInString = false
        var isEscaped = false
        for (index, byte) in json.enumerated() {
            if isInString {
                output.append(byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                output.append(byte)
                let isEmpty = index + 1 < json.count && (json[index + 1] == byte + 2)
                if isEmpty { continue }
                depth += 1
                breakLine(&output, depth)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                let isEmpty = index > 0 && json[index - 1] == byte - 2
                if !isEmpty {
                    depth -= 1
                    breakLine(&output, depth)
                }
                output.append(byte)
            case UInt8(ascii: ","):
                output.append(byte)
                breakLine(&output, depth)
            case UInt8(ascii: ":"):
                output += [byte, UInt8(ascii: " ")]
            default:
                isInString = byte == UInt8(ascii: "\"")
                output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\n"))
        return output
    }

    private static func breakLine(_ output: inout [UInt8], _ depth: Int) {
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: max(depth, 0) * 2))
    }
}
