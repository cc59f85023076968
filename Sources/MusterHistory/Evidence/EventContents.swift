import EventSourcing
import Evidence

/// What entries commit to and do not hold, for the events of one bundle.
enum EventContents {
    struct Content: Hashable, Sendable {
        let metadata: [UInt8]
        let data: [UInt8]

        /// What is not what the entry commits to; nil when all is.
        func fault(against entry: EventEntry) -> String? {
            if ContentHash(of: metadata) != entry.metadata { return "its metadata are not those that were sealed" }
            if ContentHash(of: data) != entry.data { return "its payload is not the one that was sealed" }
            return nil
        }
    }

    static func encode(_ events: [RecordedEvent]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(events.reduce(0) { $0 + $1.metadata.count + $1.data.count + 8 })
        for event in events {
            for content in [event.metadata, event.data] {
                withUnsafeBytes(of: UInt32(clamping: content.count).bigEndian) { bytes.append(contentsOf: $0) }
                bytes.append(contentsOf: content)
            }
        }
        return bytes
    }

    /// As many as are whole.
    static func decode(_ bytes: [UInt8]) -> [Content] {
        var contents: [Content] = []
        var rest = bytes[...]
        func next() -> [UInt8]? {
            guard rest.count >= 4 else { return nil }
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            guard rest.count >= 4 + length else { return nil }
            defer { rest = rest.dropFirst(4 + length) }
            return Array(rest.dropFirst(4).prefix(length))
        }
        while let metadata = next(), let data = next() { contents.append(Content(metadata: metadata, data: data)) }
        return contents
    }
}
