import EventSourcing
import Evidence
import Records
import Testing

struct ReceiptTests {
    private static let origin = "log.example"
    private static let command = CommandID(UniqueID(high: 0x018F_0000_0000_7000, low: 0x8000_0000_0000_0001))

    private static func event(_ position: Int64, of command: CommandID = command) -> EventEntry {
        EventEntry(
            RecordedEvent(
                position: Position(position),
                stream: StreamName(stored: "matter-7"),
                version: StreamVersion(Int32(position)),
                id: EventID(command: command, ordinal: Int16(position)),
                type: EventType("WhistleBlown"),
                occurredAt: Timestamp(microseconds: 0),
                recordedAt: Timestamp(microseconds: 1_700_000_000_000_000),
                metadata: Array("{}".utf8),
                data: Array("{}".utf8)
            )
        )
    }

    private static func signer() throws -> NoteSigner {
        try #require(NoteSigner(name: origin, seed: Array(1...32)))
    }

    private static func receipt(of command: CommandID = command) throws -> Receipt {
        let entries = (1...5).map { event($0) }
        let tree = GrownTree(leaves: entries.map(\.leafHash))
        return Receipt(
            command: command,
            items: try [2, 3].map { index in
                let hashes = try tree.hashes(try #require(.inclusion(of: index, inTreeOf: 5)))
                return Receipt.Item(entry: entries[index], proof: InclusionProof(index: index, hashes: hashes))
            },
            checkpoint: try SignedCheckpoint(Checkpoint(origin: origin, head: tree.head), signers: [try signer()])
        )
    }

    @Test
    func `A receipt is read as it was written, and proves its events`() throws {
        let receipt = try Self.receipt()
        let bytes = Receipt.record.encode(receipt)
        let read = try Receipt.record.decode(bytes)
        #expect(read == receipt)
        let key = try Self.signer().key
        #expect(try read.check(with: KeyRing([key])) == [key])
        #expect(
            String(decoding: bytes, as: UTF8.self).hasPrefix(
                #"{"command":"018f0000-0000-7000-8000-000000000001","events":[{"position":3,"#
            )
        )
    }

    @Test
    func `A receipt for another command, or none, proves nothing`() throws {
        let ring = KeyRing([try Self.signer().key])
        let other = CommandID(UniqueID(high: 0x018F_0000_0000_7000, low: 0x8000_0000_0000_0002))
        #expect(throws: Receipt.Fault.otherCommand(Position(3))) { try Self.receipt(of: other).check(with: ring) }
        let empty = Receipt(command: Self.command, items: [], checkpoint: try Self.receipt().checkpoint)
        #expect(throws: Receipt.Fault.isEmpty) { try empty.check(with: ring) }
    }

    @Test
    func `A receipt whose proof is another event's proves nothing`() throws {
        let receipt = try Self.receipt()
        let swapped = Receipt(
            command: receipt.command,
            items: [
                Receipt.Item(entry: receipt.items[0].entry, proof: receipt.items[1].proof),
                Receipt.Item(entry: receipt.items[1].entry, proof: receipt.items[0].proof),
            ],
            checkpoint: receipt.checkpoint
        )
        #expect(throws: Receipt.Fault.notIncluded(Position(3))) {
            try swapped.check(with: KeyRing([try Self.signer().key]))
        }
    }

    @Test(
        arguments: [
            (#""position":3"#, #""position":4"#), (#""type":"WhistleBlown/1""#, #""type":"WhistleBlown/2""#),
            ("2023-11-14", "2023-11-15"), (#""proof":["#, #""proof":["AAAA","#), ("018f", "118f"),
            (#"{"command""#, #"{"comand""#), ("log.example\\n5", "log.example\\n05"),
        ]
    )
    func `A receipt that says something else than its bytes is refused`(old: String, new: String) throws {
        let text = String(decoding: Receipt.record.encode(try Self.receipt()), as: UTF8.self)
        let changed = text.replacing(old, with: new)
        #expect(changed != text)
        if let receipt = try? Receipt.record.decode(Array(changed.utf8)) {
            #expect(throws: Receipt.Fault.self) { try receipt.check(with: KeyRing([try Self.signer().key])) }
        }
    }
}
