import EventSourcing
package import Records

extension Receipt {
    /// A receipt as JSON: for each event its position and type for people, and the bytes that are proven.
    package static let record = Record(
        refusesUnknownMembers: false,
        Field("command", { $0.command }, .command, Words("Command", zh: "命令")),
        Field(
            "events",
            { $0.items },
            .list(of: Item.record.codec.checked, count: 1...1_000),
            Words("Events", zh: "事件")
        ),
        Field("checkpoint", { $0.checkpoint }, .checkpoint, Words("Signed checkpoint", zh: "签名检查点")),
        make: { Receipt(command: $0, items: $1, checkpoint: $2) }
    )
}

extension Receipt.Item {
    /// What stands in JSON beside the bytes must be what they say.
    fileprivate struct Form: Hashable, Sendable {
        let position: Int
        let event: String
        let type: String
        let recordedAt: String
        let entry: EventEntry
        let proof: [TreeHash]

        init(position: Int, event: String, type: String, recordedAt: String, entry: EventEntry, proof: [TreeHash]) {
            self.position = position
            self.event = event
            self.type = type
            self.recordedAt = recordedAt
            self.entry = entry
            self.proof = proof
        }

        init(_ item: Receipt.Item) {
            let entry = item.entry
            self.init(
                position: Int(entry.position.rawValue),
                event: entry.id.description,
                type: entry.type.description,
                recordedAt: entry.recordedAt.rfc3339,
                entry: entry,
                proof: item.proof.hashes
            )
        }

        var item: Receipt.Item? {
            let item = Receipt.Item(entry: entry, proof: InclusionProof(index: entry.index, hashes: proof))
            return Form(item) == self ? item : nil
        }
    }

    fileprivate static let record = Record(
        refusesUnknownMembers: false,
        Field("position", { $0.position }, .integer(1...Int.max), Words("Position", zh: "位置")),
        Field("event", { $0.event }, .line(48), Words("Event", zh: "事件")),
        Field("type", { $0.type }, .line(120), Words("Type", zh: "类型")),
        Field("recordedAt", { $0.recordedAt }, .line(40), Words("Recorded at", zh: "记录时间")),
        Field("entry", { $0.entry }, .entry, Words("Entry of the log", zh: "日志条目")),
        Field("proof", { $0.proof }, .list(of: .treeHash, count: 0...63), Words("Proof of inclusion", zh: "包含证明")),
        make: Form.init(position:event:type:recordedAt:entry:proof:)
    )
}

extension Codec where Value == Receipt.Item.Form {
    fileprivate var checked: Codec<Receipt.Item> {
        map(
            { $0.item },
            back: { Receipt.Item.Form($0) },
            orElse: { _ in Problems("entry", Words("says something else than its entry", zh: "与其日志条目不符")) }
        )
    }
}

extension Codec where Value == CommandID {
    fileprivate static var command: Codec {
        Codec<String>.line(36).map(
            { CommandID($0) },
            back: { $0.description },
            orElse: { _ in Problems("uuid", Words("must be a UUID", zh: "必须是 UUID")) }
        )
    }
}

extension Codec where Value == TreeHash {
    fileprivate static var treeHash: Codec {
        Codec<String>.line(44).map(
            { TreeHash(base64: $0) },
            back: { $0.base64 },
            orElse: { _ in Problems("hash", Words("must be the Base64 of 32 bytes", zh: "必须是 32 字节的 Base64")) }
        )
    }
}

extension Codec where Value == EventEntry {
    fileprivate static var entry: Codec {
        Codec<String>.line(1_000).map(
            { Base64.decode($0).flatMap { EventEntry(encoded: $0) } },
            back: { Base64.encode($0.encoded) },
            orElse: { _ in Problems("entry", Words("must be the Base64 of an entry", zh: "必须是日志条目的 Base64")) }
        )
    }
}

extension Codec where Value == SignedCheckpoint {
    fileprivate static var checkpoint: Codec {
        Codec<String>.prose(20_000).map(
            { try? SignedCheckpoint(encoded: $0) },
            back: { $0.encoded },
            orElse: { _ in Problems("checkpoint", Words("must be a signed checkpoint", zh: "必须是签名检查点")) }
        )
    }
}
