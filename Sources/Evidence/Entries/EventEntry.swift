package import EventSourcing

/// An event as a leaf of the log's tree: everything the log holds about it, payload and metadata by their hashes.
///
/// The hashes are over the bytes as they are stored. A sealed field is ciphertext there, so that destroying the key that
/// opens it changes no byte and no hash. An entry is small whatever its payload, and may be shown to whoever may know that
/// the event is there.
///
/// The bytes of an entry, numbers with their highest byte first:
///
/// | bytes | field |
/// | --- | --- |
/// | 1 | form of the entry: 1 |
/// | 8 | position; the leaf's index is one less |
/// | 1 + n | length and UTF-8 of the stream's name |
/// | 4 | version in the stream |
/// | 16 | command id |
/// | 2 | ordinal among the command's events |
/// | 1 + n | length and UTF-8 of the type's name |
/// | 2 | version of the type |
/// | 8 | occurred at: microseconds since 1970-01-01T00:00:00Z, two's complement |
/// | 8 | recorded at: the same |
/// | 4 + 32 | length and SHA-256 of the metadata |
/// | 4 + 32 | length and SHA-256 of the payload |
package struct EventEntry: Hashable, Sendable {
    private static let form: UInt8 = 1
    /// All of an entry but the two names.
    private static let fixedByteCount = 123

    package let position: Position
    package let stream: StreamName
    package let version: StreamVersion
    package let id: EventID
    package let type: EventType
    package let occurredAt: Timestamp
    package let recordedAt: Timestamp
    package let metadata: ContentHash
    package let data: ContentHash

    package init(_ event: RecordedEvent) {
        self.init(event, metadata: ContentHash(of: event.metadata))
    }

    /// - Parameter metadata: the hash of the event's metadata.
    init(_ event: RecordedEvent, metadata: ContentHash) {
        position = event.position
        stream = event.stream
        version = event.version
        id = event.id
        type = event.type
        occurredAt = event.occurredAt
        recordedAt = event.recordedAt
        self.metadata = metadata
        data = ContentHash(of: event.data)
    }

    /// Reads the bytes of an entry; nil for anything else.
    package init?(encoded bytes: some Collection<UInt8>) {
        var reader = EntryReader(bytes)
        guard reader.number(UInt8.self) == Self.form,
            let position = reader.number(Int64.self), position > 0,
            let stream = reader.text(),
            let version = reader.number(Int32.self),
            let high = reader.number(UInt64.self), let low = reader.number(UInt64.self),
            let ordinal = reader.number(Int16.self),
            let type = reader.text(),
            let typeVersion = reader.number(Int16.self),
            let occurredAt = reader.number(Int64.self),
            let recordedAt = reader.number(Int64.self),
            let metadata = reader.contentHash(),
            let data = reader.contentHash(),
            reader.isAtEnd
        else { return nil }
        self.position = Position(position)
        self.stream = StreamName(stored: stream)
        self.version = StreamVersion(version)
        id = EventID(command: CommandID(UniqueID(high: high, low: low)), ordinal: ordinal)
        self.type = EventType(type, version: typeVersion)
        self.occurredAt = Timestamp(microseconds: occurredAt)
        self.recordedAt = Timestamp(microseconds: recordedAt)
        self.metadata = metadata
        self.data = data
    }

    /// At most 423 bytes, since names are short.
    package var encoded: [UInt8] {
        var writer = EntryWriter(
            capacity: Self.fixedByteCount + stream.rawValue.utf8.count + type.name.utf8.count
        )
        writer.write(Self.form)
        writer.write(position.rawValue)
        writer.write(text: stream.rawValue)
        writer.write(version.rawValue)
        writer.write(id.command.rawValue.high)
        writer.write(id.command.rawValue.low)
        writer.write(id.ordinal)
        writer.write(text: type.name)
        writer.write(type.version)
        writer.write(occurredAt.microseconds)
        writer.write(recordedAt.microseconds)
        for content in [metadata, data] {
            writer.write(content.length)
            writer.write(content.sha256)
        }
        return writer.bytes
    }

    package var leafHash: TreeHash { .leaf(encoded) }

    /// The leaf's index in the tree.
    package var index: Int { Int(position.rawValue) - 1 }
}

extension EntryReader {
    fileprivate mutating func contentHash() -> ContentHash? {
        guard let length = number(UInt32.self), let bytes = bytes(Bytes32.count), let sha256 = Bytes32(bytes) else {
            return nil
        }
        return ContentHash(sha256: sha256, length: length)
    }
}
