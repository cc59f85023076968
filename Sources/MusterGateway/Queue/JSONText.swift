/// JSON text as people read it, and as it is sent: only the space between its parts changes, so that numbers, the order of
/// members and what is there twice stay as they were.
enum JSONText {
    /// With a line for each member and element.
    static func indented(_ text: String) -> String {
        var result: [UInt8] = []
        var depth = 0
        func newLine() {
            result.append(UInt8(ascii: "\n"))
            result.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * max(0, depth)))
        }
        let bytes = Array(compact(text).utf8)
        var isInString = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if isInString {
                result.append(byte)
                if byte == UInt8(ascii: "\\"), index < bytes.count {
                    result.append(bytes[index])
                    index += 1
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                result.append(byte)
                // What is empty stays on its line.
                if index < bytes.count, bytes[index] == byte + 2 {
                    result.append(bytes[index])
                    index += 1
                } else {
                    depth += 1
                    newLine()
                }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                newLine()
                result.append(byte)
            case UInt8(ascii: ","):
                result.append(byte)
                newLine()
            case UInt8(ascii: ":"):
                result.append(byte)
                result.append(UInt8(ascii: " "))
            default:
                isInString = byte == UInt8(ascii: "\"")
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Without space outside of texts.
    static func compact(_ text: String) -> String {
        var result: [UInt8] = []
        var isInString = false
        var isEscaped = false
        for byte in text.utf8 {
            if isInString {
                result.append(byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
            } else if ![0x20, 0x09, 0x0A, 0x0D].contains(byte) {
                isInString = byte == UInt8(ascii: "\"")
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
