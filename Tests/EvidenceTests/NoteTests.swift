import Evidence
import Testing

/// Notes and keys that others have published (the tests of golang.org/x/mod `sumdb/note` and of transparency-dev/formats).
struct NoteTests {
    private static let peter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    private static let enoch = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
    /// Peter's private key, as `PRIVATE+KEY+PeterNeumann+c74f20a3+AYEK…`.
    private static let peterSeed = "YEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"

    private static let text =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    private static let peterLine =
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    private static let enochLine =
        "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"

    private static func ring(_ keys: String...) throws -> KeyRing { KeyRing(try keys.map { try NoteKey(text: $0) }) }

    @Test(
        arguments: [
            peter, enoch, "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
            "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
        ]
    )
    func `A verifier key is read and written as it is published`(text: String) throws {
        #expect(try NoteKey(text: text).text == text)
    }

    @Test
    func `No part of a verifier key is a key, and none with one character changed`() {
        let bytes = Array(Self.peter.utf8)
        for start in bytes.indices {
            for end in (start + 1)...bytes.count where (start, end) != (0, bytes.count) {
                let part = String(decoding: bytes[start..<end], as: UTF8.self)
                #expect(throws: EvidenceError.malformedKey) { try NoteKey(text: part) }
            }
        }
        for place in bytes.indices {
            var changed = bytes
            changed[place] += 1
            let text = String(decoding: changed, as: UTF8.self)
            #expect(throws: EvidenceError.malformedKey) { try NoteKey(text: text) }
        }
    }

    @Test(
        arguments: [
            "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
            "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        ]
    )
    func `A key of another length or algorithm is refused although its id is right`(text: String) {
        #expect(throws: EvidenceError.malformedKey) { try NoteKey(text: text) }
    }

    @Test
    func `A note is signed as it is published`() throws {
        let signer = try #require(NoteSigner(name: "PeterNeumann", seed: try Self.seed()))
        #expect(signer.key.text == Self.peter)
        let note = SignedNote(text: Self.text, signatures: [try signer.sign(Self.text)])
        try Self.ring(Self.peter).check(note)
        #expect(note.encoded == "\(Self.text)\n\(Self.peterLine)")
    }

    /// The byte of the algorithm, then the seed.
    private static func seed() throws -> [UInt8] {
        Array(try #require(Base64.decode("A\(peterSeed)")).dropFirst())
    }

    @Test
    func `Signatures by unknown keys are passed over`() throws {
        let note = try SignedNote(encoded: "\(Self.text)\n\(Self.peterLine)\(Self.enochLine)")
        #expect(note.text == Self.text)
        let peter = try NoteKey(text: Self.peter)
        let enoch = try NoteKey(text: Self.enoch)
        #expect(try Self.ring(Self.peter).check(note) == [peter])
        #expect(try Self.ring(Self.enoch, Self.enoch, Self.peter).check(note) == [peter, enoch])
        #expect(throws: EvidenceError.noTrustedSignature) { try KeyRing([]).check(note) }
    }

    @Test
    func `One wrong signature by a known key spoils the note`() throws {
        let wrong = Self.enochLine.replacing("/5n2tiOHp", with: "/5n2tiOHq")
        let note = try SignedNote(encoded: "\(Self.text)\n\(Self.peterLine)\(wrong)")
        try Self.ring(Self.peter).check(note)
        #expect(throws: EvidenceError.wrongSignature(key: "EnochRoot+af0cfe78")) {
            try Self.ring(Self.peter, Self.enoch).check(note)
        }
        let other = try SignedNote(encoded: "\(Self.text.replacing("you", with: "they"))\n\(Self.peterLine)")
        #expect(throws: EvidenceError.wrongSignature(key: "PeterNeumann+c74f20a3")) {
            try Self.ring(Self.peter).check(other)
        }
    }

    @Test(
        arguments: [
            text, "\(text)\n", "\(text)\n\(peterLine.dropLast())", "\u{1}\(text)\n\(peterLine)",
            "\(text)\n— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
            "\(text)\n\(peterLine)Unexpected line.\n", "", "\n", "\n\n", "\n\n\n", "abc",
            "\(text)\n\(String(repeating: peterLine, count: 101))", "\(text)\n— PeterNeumann x08g\n",
            "\(text)\n— PeterNeumann x08go=\n", "\(text)\n— a+b x08go/ZJ\n", "\(text)\r\n\(peterLine)",
        ]
    )
    func `What is no note is refused`(note: String) {
        #expect(throws: EvidenceError.malformedNote) { try SignedNote(encoded: note) }
    }

    @Test
    func `Bytes that are no text are refused`() {
        let note = [0xFF] + Array("\(Self.text)\n\(Self.peterLine)".utf8)
        #expect(throws: EvidenceError.malformedNote) { try SignedNote(encoded: note) }
    }

    @Test
    func `Text may hold empty lines, and the last one parts it from the signatures`() throws {
        let note = try SignedNote(encoded: "a\n\nb\n\n\(Self.peterLine)")
        #expect(note.text == "a\n\nb\n")
        #expect(note.encoded == "a\n\nb\n\n\(Self.peterLine)")
    }
}
