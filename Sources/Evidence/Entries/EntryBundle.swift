/// The entries under one tile of level 0, as [C2SP tlog-tiles](https://c2sp.org/tlog-tiles) writes them: each after its
/// length in two bytes.
package enum EntryBundle {
    package static let maximumEntryLength = Int(UInt16.max)

    /// Its path below the log's prefix, as `tile/entries/x001/067.p/5`.
    package static func path(_ slot: TileSlot) -> String { "tile/entries/\(slot.path)" }

    /// - Parameter entries: of at most `maximumEntryLength` bytes each.
    package static func encode(_ entries: [[UInt8]]) -> [UInt8] {
        var writer = EntryWriter(capacity: entries.reduce(0) { $0 + 2 + $1.count })
        for entry in entries {
            writer.write(UInt16(clamping: entry.count))
            writer.write(entry)
        }
        return writer.bytes
    }

    /// - Throws: `EvidenceError.malformedBundle` when the last entry is cut.
    package static func decode(_ bytes: [UInt8]) throws(EvidenceError) -> [[UInt8]] {
        let entries = decodePrefix(bytes)
        guard entries.reduce(0, { $0 + 2 + $1.count }) == bytes.count else { throw .malformedBundle }
        return entries
    }

    /// The entries that are whole, when the last one may be cut.
    package static func decodePrefix(_ bytes: [UInt8]) -> [[UInt8]] {
        var entries: [[UInt8]] = []
        var reader = EntryReader(bytes)
        while let length = reader.number(UInt16.self), let entry = reader.bytes(Int(length)) {
            entries.append(Array(entry))
        }
        return entries
    }
}
