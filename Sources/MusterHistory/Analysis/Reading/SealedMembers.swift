import Records

/// Members of events that are encrypted, which a reader without the keys of persons passes over.
enum SealedMembers {
    private static let opening = Array(#"{"enc1":""#.utf8)

    /// The data of an event without them.
    static func removed(from data: [UInt8]) throws(Problems) -> [UInt8] {
        var reader = JSONReader(data)
        let members = try reader.members()
        func isSealed(_ start: Int) -> Bool { data[start...].starts(with: opening) }
        guard members.contains(where: { isSealed($0.start) }) else { return data }
        var writer = JSONWriter(capacity: data.count)
        writer.beginObject()
        for member in members where !isSealed(member.start) {
            writer.name(member.name)
            var value = reader.at(member.start)
            let start = value.index
            try value.skipValue()
            writer.json(data[start..<value.index])
        }
        writer.endObject()
        return writer.bytes
    }
}
