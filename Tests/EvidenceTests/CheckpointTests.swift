import Evidence
import Testing

/// The example of C2SP tlog-checkpoint, signed with the key of RFC 8032's first test vector by another implementation.
struct CheckpointTests {
    private static let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    private static let seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    private static let key = "example.com/behind-the-sofa+f8fa5254+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
    private static let line =
        "— example.com/behind-the-sofa +PpSVFNUsAicB1wXCuc36HrmzCfBx1ATQpTulWd9U006OEpyCvIVj2pM8CIzKlzXWcwxIO/VAQzkCO8DZUY5tlFX6QQ=\n"
    private static let witness = "witness.example/w1+eb762cc2+BNdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
    private static let cosignature =
        "— witness.example/w1 63YswgAAAABkGFDL+TPmh4BYuAjsYRoqMJCWb/gWJaeRF/kmm5tlCr9sJ57DLErur7K0yDXc2ArN+TIuotuB/HbuL3AJsp3bv/aNCQ==\n"

    private static func ring(_ keys: String...) throws -> KeyRing { KeyRing(try keys.map { try NoteKey(text: $0) }) }

    @Test
    func `A checkpoint is origin, size and root`() throws {
        let checkpoint = try Checkpoint(noteText: Self.text)
        #expect(checkpoint.origin == "example.com/behind-the-sofa")
        #expect(checkpoint.head.size == 20_852_163)
        #expect(checkpoint.noteText == Self.text)
        #expect(try Checkpoint(noteText: Self.text + "more\n").noteText == Self.text + "more\n")
    }

    @Test(
        arguments: [
            "", "\n", "a\n1\n", "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
            "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "a\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "a\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "a\n+1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n",
            "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
            "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n",
            "a\n99999999999999999999\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "a\n0\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        ]
    )
    func `What is no checkpoint is refused`(text: String) {
        #expect {
            try Checkpoint(noteText: text)
        } throws: { error in
            if case EvidenceError.malformedCheckpoint = error { true } else { false }
        }
    }

    @Test
    func `A checkpoint is signed as by another implementation`() throws {
        let signer = try #require(NoteSigner(name: "example.com/behind-the-sofa", seed: Self.seed))
        #expect(signer.key.text == Self.key)
        let signed = try SignedCheckpoint(try Checkpoint(noteText: Self.text), signers: [signer])
        #expect(signed.encoded == "\(Self.text)\n\(Self.line)")
    }

    @Test
    func `A cosignature by another implementation is checked and carried`() throws {
        var signed = try SignedCheckpoint(encoded: "\(Self.text)\n\(Self.line)")
        let ring = try Self.ring(Self.key, Self.witness)
        #expect(try signed.witnesses(in: ring).isEmpty)
        let cosignature = try #require(NoteSignature(line: String(Self.cosignature.dropLast())))
        signed.add(cosignature)
        signed.add(cosignature)
        #expect(signed.encoded == "\(Self.text)\n\(Self.line)\(Self.cosignature)")
        let witness = try NoteKey(text: Self.witness)
        #expect(try signed.witnesses(in: ring) == [witness])
        #expect(witness.cosignedTime(of: cosignature) == 1_679_315_147)
        #expect(try signed.check(with: ring) == [try NoteKey(text: Self.key)])
        // A witness does not stand in for the log.
        #expect(throws: EvidenceError.noTrustedSignature) { try signed.check(with: try Self.ring(Self.witness)) }
    }

    @Test
    func `A cosignature with another time is wrong`() throws {
        var signature = try #require(NoteSignature(line: String(Self.cosignature.dropLast())))
        var bytes = signature.bytes
        bytes[7] ^= 1
        signature = NoteSignature(name: signature.name, keyID: signature.keyID, bytes: bytes)
        var signed = try SignedCheckpoint(encoded: "\(Self.text)\n\(Self.line)")
        signed.add(signature)
        #expect(throws: EvidenceError.wrongSignature(key: "witness.example/w1+eb762cc2")) {
            try signed.witnesses(in: try Self.ring(Self.witness))
        }
    }

    @Test
    func `While a log changes its key, either key is enough`() throws {
        let old = try #require(NoteSigner(name: "log.example", seed: Self.seed))
        let new = try #require(NoteSigner(name: "log.example", seed: Array(Self.seed.reversed())))
        let checkpoint = Checkpoint(origin: "log.example", head: TreeHead(size: 1, root: .leaf([])))
        let before = try SignedCheckpoint(checkpoint, signers: [old])
        let between = try SignedCheckpoint(checkpoint, signers: [old, new])
        let after = try SignedCheckpoint(checkpoint, signers: [new])
        #expect(try between.check(with: KeyRing([old.key])) == [old.key])
        #expect(try between.check(with: KeyRing([new.key])) == [new.key])
        #expect(throws: EvidenceError.noTrustedSignature) { try before.check(with: KeyRing([new.key])) }
        #expect(throws: EvidenceError.noTrustedSignature) { try after.check(with: KeyRing([old.key])) }
        try before.check(with: KeyRing([new.key, old.key]))
    }

    @Test
    func `A key of another log does not speak for this one`() throws {
        let signer = try #require(NoteSigner(name: "other.example", seed: Self.seed))
        let checkpoint = Checkpoint(origin: "log.example", head: TreeHead(size: 1, root: .leaf([])))
        let signed = try SignedCheckpoint(checkpoint, signers: [signer])
        #expect(throws: EvidenceError.noTrustedSignature) { try signed.check(with: KeyRing([signer.key])) }
    }
}
