import EventSourcing

/// What an append must be like before it may wait for the database, so that one caller's mistake cannot fail the
/// transaction of all.
struct AppendBounds: Sendable {
    let events: Int
    let eventBytes: Int
    let totalBytes: Int

    init(_ configuration: LogConfiguration) {
        events = min(configuration.appendEventLimit, Int(Int16.max))
        eventBytes = configuration.eventByteLimit
        totalBytes = configuration.batchByteLimit
    }

    /// The years 1 to 9999, which every form of a time can hold.
    private static let times =
        Timestamp(microseconds: -62_135_596_800_000_000)..<Timestamp(microseconds: 253_402_300_800_000_000)

    /// Measures an append: its bytes as they will be sent.
    ///
    /// - Throws: `.invalid` with the bound it breaks.
    func check(_ append: Append) throws(AppendError) -> Int {
        let count = append.eventCount
        guard count > 0, append.writes.allSatisfy({ !$0.events.isEmpty }) else {
            throw .invalid(reason: "an append writes at least one event to each of its streams")
        }
        guard count <= events else {
            throw .invalid(reason: "\(count) events in one append, the limit is \(events)")
        }
        guard Self.times.contains(append.occurredAt) else {
            throw .invalid(reason: "the time of an append lies outside the years 1 to 9999")
        }
        try checkText(append.metadata, "metadata")
        var bytes = append.metadata.count * count
        for (index, write) in append.writes.enumerated() {
            try check(write)
            guard !append.writes[..<index].contains(where: { $0.stream == write.stream }) else {
                throw .invalid(reason: "an append writes twice to stream \(write.stream)")
            }
            for event in write.events {
                try check(event)
                bytes += event.data.count
            }
        }
        guard bytes <= totalBytes else {
            throw .invalid(reason: "\(bytes) bytes in one append, the limit is \(totalBytes)")
        }
        return bytes
    }

    private func check(_ write: StreamWrite) throws(AppendError) {
        let name = write.stream.rawValue
        guard (1...StreamName.maximumLength).contains(name.utf8.count), !Self.holdsNUL(name) else {
            throw .invalid(reason: "a stream's name has 1 to \(StreamName.maximumLength) bytes and no NUL")
        }
        if case .exactly(let version) = write.expected, version < .none {
            throw .invalid(reason: "stream \(write.stream) cannot be expected at version \(version)")
        }
    }

    private func check(_ event: NewEvent) throws(AppendError) {
        let name = event.type.name
        guard (1...EventType.maximumNameLength).contains(name.utf8.count), !Self.holdsNUL(name) else {
            throw .invalid(reason: "an event type's name has 1 to \(EventType.maximumNameLength) bytes and no NUL")
        }
        try checkText(event.data, "event \(event.type)")
    }

    private static func holdsNUL(_ name: String) -> Bool {
        let bytes = name.utf8.span
        return bytes.indices.contains { bytes[$0] == 0 }
    }

    /// - Parameter what: names the text, should it be refused.
    private func checkText(_ bytes: [UInt8], _ what: @autoclosure () -> String) throws(AppendError) {
        guard bytes.count <= eventBytes else {
            throw .invalid(reason: "\(what()) has \(bytes.count) bytes, the limit is \(eventBytes)")
        }
        switch JSONTextCheck.check(bytes) {
        case .acceptable: return
        case .empty: throw .invalid(reason: "\(what()) is empty, not JSON")
        case .notUTF8: throw .invalid(reason: "\(what()) is not UTF-8")
        case .holdsNUL: throw .invalid(reason: "\(what()) holds the character U+0000, which PostgreSQL cannot keep")
        }
    }
}
