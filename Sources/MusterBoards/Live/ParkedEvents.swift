package import EventSourcing
import MusterDomain
import Records

/// An event that could not be read. It is on no board until a version of Muster that can read it is installed.
package struct ParkedEvent: Sendable, Equatable {
    package let position: Position
    package let stream: StreamName
    package let type: EventType
    package let recordedAt: Timestamp
    /// What is wrong with it: where and which problem, never what it holds.
    package let problems: [String]

    init(position: Position, stream: StreamName, type: EventType, recordedAt: Timestamp, problems: [String]) {
        self.position = position
        self.stream = stream
        self.type = type
        self.recordedAt = recordedAt
        self.problems = problems
    }

    init(_ event: RecordedEvent, _ problems: Problems) {
        self.init(
            position: event.position,
            stream: event.stream,
            type: event.type,
            recordedAt: event.recordedAt,
            problems: problems.list.prefix(5).map { "\($0.pointer) \($0.code)" }
        )
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("position", position.rawValue)
        writer.member("stream", stream.rawValue)
        writer.member("type", type.name)
        writer.member("typeVersion", Int(type.version))
        writer.member("recordedAt", recordedAt)
        writer.list("problems", problems) { problem, writer in writer.string(problem) }
        writer.endObject()
    }
}

/// The events up to some position that are missing on the boards of a log, in order.
package struct ParkedEvents: Sendable, Equatable {
    /// More than these are only counted and logged.
    package static let maximumKept = 1_000

    package private(set) var count = 0
    /// The first of them.
    package private(set) var first: [ParkedEvent] = []

    mutating func append(_ event: ParkedEvent) {
        count += 1
        if first.count < Self.maximumKept { first.append(event) }
    }

    /// Those up to a position. Where more are parked than are kept, the count of an earlier position is that of the kept.
    func through(_ position: Position) -> ParkedEvents {
        guard let index = first.firstIndex(where: { $0.position > position }) else { return self }
        var earlier = ParkedEvents()
        earlier.first = Array(first[..<index])
        earlier.count = index
        return earlier
    }
}
