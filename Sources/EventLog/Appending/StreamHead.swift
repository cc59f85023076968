import EventSourcing

/// Where a stream stands.
struct StreamHead: Hashable, Sendable {
    /// The stream's number in the log's dictionary.
    let id: Int32
    let version: StreamVersion

    /// Stream and version as the one number under which the log keeps an event.
    static func packed(id: Int32, version: StreamVersion) -> Int64 {
        Int64(id) << 32 | Int64(version.rawValue)
    }

    init(id: Int32, version: StreamVersion) {
        self.id = id
        self.version = version
    }

    init(packed: Int64) {
        id = Int32(truncatingIfNeeded: packed >> 32)
        version = StreamVersion(Int32(truncatingIfNeeded: packed & 0xFFFF_FFFF))
    }
}
