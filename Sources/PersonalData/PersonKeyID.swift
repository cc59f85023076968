package import MusterDomain

/// Names one key of a person. Numbers begin at 1; whoever writes after a key was destroyed gets the next number.
package struct PersonKeyID: Hashable, Sendable {
    package let person: PersonID
    package let number: Int32

    package init(person: PersonID, number: Int32) {
        self.person = person
        self.number = number
    }
}

extension PersonKeyID: CustomStringConvertible {
    package var description: String { "\(person):\(number)" }
}

extension PersonKeyID {
    /// Reads `person:number`; nil for anything else.
    init?(utf8 bytes: Span<UInt8>) {
        var colon = bytes.count - 1
        while colon >= 0, bytes[colon] != UInt8(ascii: ":") { colon -= 1 }
        guard colon > 0, let person = PersonID(utf8: bytes.extracting(..<colon)),
            let number = Self.number(bytes.extracting((colon + 1)...))
        else { return nil }
        self.init(person: person, number: number)
    }

    private static func number(_ digits: Span<UInt8>) -> Int32? {
        guard 1...9 ~= digits.count, digits[0] != UInt8(ascii: "0") else { return nil }
        var number: Int32 = 0
        for index in digits.indices {
            let digit = Int32(digits[index]) - Int32(UInt8(ascii: "0"))
            guard 0..<10 ~= digit else { return nil }
            number = number * 10 + digit
        }
        return number
    }
}
