/// The channels of a queue. Their names must be short, and schemas of one database must not hear each other.
struct QueueChannels: Sendable {
    private let base: String

    init(schema: String) { base = "task_queue_" + Self.digest(schema) }

    var dispatcher: String { base }
    var all: String { base + "_all" }

    func process(_ name: String) -> String { base + "_" + Self.digest(name) }

    /// FNV-1a, in 64 bits: the same in every process. Who hears what is meant for another passes over it.
    private static func digest(_ text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
