import NIOCore

/// As much of an answer's head as a load generator must know.
struct AnswerHead {
    let status: Int
    /// Of the whole answer, head and body.
    let byteCount: Int

    /// Nil while the head is not whole. An answer without a length is taken for one without a body.
    init?(_ buffer: ByteBuffer) {
        let bytes = buffer.readableBytesView
        var start = bytes.startIndex
        var status = 0
        var length = 0
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = bytes[start..<end]
            if line.count <= 1 {
                self.status = status
                byteCount = end + 1 - bytes.startIndex + length
                return
            }
            if start == bytes.startIndex {
                status = Self.number(line.dropFirst("HTTP/1.1 ".utf8.count).prefix(3))
            } else if Self.isLength(line) {
                length = Self.number(line.dropFirst(Self.lengthName.count))
            }
            start = end + 1
        }
        return nil
    }

    private static let lengthName = Array("content-length:".utf8)

    private static func isLength(_ line: ByteBufferView) -> Bool {
        // Letters differ from their capitals in this bit alone; signs of a field's name have it set.
        line.count > lengthName.count && zip(line, lengthName).allSatisfy { $0 | 0x20 == $1 }
    }

    private static func number(_ digits: ByteBufferView) -> Int {
        digits.reduce(0) { number, byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) && number < 1 << 40
                ? number * 10 + Int(byte - UInt8(ascii: "0")) : number
        }
    }
}
