import Evidence
import Records

extension AuditedCheckpoint {
    /// A line of `checkpoints.ndjson`.
    static let record = Record(
        Field("size", { $0.size }, .integer(1...Int.max), Words("Events", zh: "事件数")),
        Field("note", { $0.note }, .prose(1 << 20), Words("Signed note", zh: "签名文本")),
        make: AuditedCheckpoint.init(size:note:)
    )
}
