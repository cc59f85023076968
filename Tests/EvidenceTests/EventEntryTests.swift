import EventSourcing
import Evidence
import Testing

struct EventEntryTests {
    private static let event = RecordedEvent(
        position: Position(4711),
        stream: StreamName(stored: "matter-7"),
        version: StreamVersion(3),
        id: EventID(command: CommandID(UniqueID(high: 0x018F_0000_0000_7000, low: 0x8000_0000_0000_0001)), ordinal: 2),
        type: EventType("WhistleBlown"),
        occurredAt: Timestamp(microseconds: -1),
        recordedAt: Timestamp(microseconds: 1_700_000_000_000_000),
        metadata: Array(#"{"actor":"ann"}"#.utf8),
        data: Array(#"{"n":1}"#.utf8)
    )

    /// Written down by another program from the table in the documentation. It never changes: receipts stand on it.
    private static let encoded =
        "010000000000001267086d61747465722d3700000003018f000000007000800000000000000100020c57686973746c65426c6f776e"
        + "0001ffffffffffffffff00060a24181e40000000000fe558ef6f36d4fdf2629dd43bd8175d68aff605aa4abe9be936c883565fc1bce9"
        + "000000072bfd14f43d17fc7cea24e0917a8879b4b2f880b8baeec1b9d90fbaad655e71bd"

    @Test
    func `An entry has the bytes that are documented`() {
        let entry = EventEntry(Self.event)
        #expect(String(hex: entry.encoded) == Self.encoded)
        #expect(
            String(hex: entry.leafHash.bytes) == "1220d15412a79ed920afd493d3bd0a80f6686b020b99bd09cddeaf352ffc84a2"
        )
        #expect(entry.index == 4710)
        #expect(EventEntry(encoded: hex(Self.encoded)) == entry)
    }

    @Test
    func `No shorter, longer or other bytes are an entry`() {
        let bytes = hex(Self.encoded)
        for count in bytes.indices { #expect(EventEntry(encoded: bytes[..<count]) == nil) }
        #expect(EventEntry(encoded: bytes + [0]) == nil)
        #expect(EventEntry(encoded: [2] + bytes.dropFirst()) == nil)
    }

    @Test
    func `Whatever is changed in an event changes its leaf`() {
        let event = Self.event
        func with(
            position: Int64? = nil,
            stream: String? = nil,
            version: Int32? = nil,
            id: EventID? = nil,
            type: EventType? = nil,
            occurredAt: Int64? = nil,
            recordedAt: Int64? = nil,
            metadata: String? = nil,
            data: String? = nil
        ) -> TreeHash {
            EventEntry(
                RecordedEvent(
                    position: position.map { Position($0) } ?? event.position,
                    stream: stream.map { StreamName(stored: $0) } ?? event.stream,
                    version: version.map { StreamVersion($0) } ?? event.version,
                    id: id ?? event.id,
                    type: type ?? event.type,
                    occurredAt: occurredAt.map { Timestamp(microseconds: $0) } ?? event.occurredAt,
                    recordedAt: recordedAt.map { Timestamp(microseconds: $0) } ?? event.recordedAt,
                    metadata: metadata.map { Array($0.utf8) } ?? event.metadata,
                    data: data.map { Array($0.utf8) } ?? event.data
                )
            ).leafHash
        }
        let command = CommandID(UniqueID(high: 0x018F_0000_0000_7000, low: 0x8000_0000_0000_0002))
        let leaves = [
            with(), with(position: 4712), with(stream: "matter-8"), with(version: 4),
            with(id: EventID(command: command, ordinal: 2)), with(id: EventID(command: event.id.command, ordinal: 1)),
            with(type: EventType("WhistleBlowN")), with(type: EventType("WhistleBlown", version: 2)),
            with(occurredAt: 0), with(recordedAt: 1_700_000_000_000_001), with(metadata: #"{"actor":"bob"}"#),
            with(data: #"{"n":2}"#), with(data: #"{"n": 1}"#),
        ]
        #expect(Set(leaves).count == leaves.count)
        #expect(leaves[0] == EventEntry(event).leafHash)
    }

    @Test
    func `Events that are hashed in a row have the leaves they have alone`() {
        func event(_ position: Int64, _ metadata: String) -> RecordedEvent {
            RecordedEvent(
                position: Position(position),
                stream: Self.event.stream,
                version: Self.event.version,
                id: Self.event.id,
                type: Self.event.type,
                occurredAt: Self.event.occurredAt,
                recordedAt: Self.event.recordedAt,
                metadata: Array(metadata.utf8),
                data: Self.event.data
            )
        }
        let events = [event(1, "{}"), event(2, "{}"), event(3, #"{"actor":"ann"}"#), event(4, "{}"), event(5, "[]")]
        var hasher = EntryHasher()
        #expect(events.map { hasher.leafHash(of: $0) } == events.map { EventEntry($0).leafHash })
    }

    @Test
    func `A bundle is its entries after their lengths`() throws {
        let entries = [[1, 2, 3], [], Array(repeating: UInt8(7), count: 300)]
        let bundle = EntryBundle.encode(entries)
        #expect(bundle.prefix(7) == [0, 3, 1, 2, 3, 0, 0])
        #expect(bundle[7...8] == [1, 44])
        #expect(try EntryBundle.decode(bundle) == entries)
        #expect(throws: EvidenceError.malformedBundle) { try EntryBundle.decode(Array(bundle.dropLast())) }
        #expect(throws: EvidenceError.malformedBundle) { try EntryBundle.decode([0]) }
        #expect(try EntryBundle.decode([]).isEmpty)
    }
}
