import EventSourcing
import Postgres

/// The arrays of one call of `append_events`.
struct AppendArrays {
    private var streamIDs: [Int32] = []
    private var streamNames: [String] = []
    private var keys: [(command: CommandID, firstEvent: Int64, count: Int16)] = []
    private var versions: [Int64] = []
    private var occurredAt: [PostgresTimestamp] = []
    private var commands: [UUIDBytes] = []
    private var types: [Int16] = []
    private var ordinals: [Int16] = []
    private var data: [TextBytes] = []
    private var metadata: [TextBytes] = []
    /// The type of the event before, and its number: events of one kind come in a row.
    private var lastType: (type: EventType, id: Int16)?

    /// - Parameter typeID: the number of an event type in the log's dictionary.
    init(_ plan: AppendPlan, typeID: (EventType) throws -> Int16) rethrows {
        // Sorted as the schema asks: sessions that take keys in one order do not wait for each other in a ring.
        for stream in plan.newStreams.sorted(by: { $0.name < $1.name }) {
            streamIDs.append(stream.id)
            streamNames.append(stream.name.rawValue)
        }
        keys.reserveCapacity(plan.writes.count)
        reserve(plan.eventCount)
        for write in plan.writes { try add(write, typeID) }
        keys.sort { $0.command < $1.command }
    }

    /// Makes room for so many events.
    private mutating func reserve(_ events: Int) {
        versions.reserveCapacity(events)
        occurredAt.reserveCapacity(events)
        commands.reserveCapacity(events)
        types.reserveCapacity(events)
        ordinals.reserveCapacity(events)
        data.reserveCapacity(events)
        metadata.reserveCapacity(events)
    }

    private mutating func add(_ write: AppendPlan.Write, _ typeID: (EventType) throws -> Int16) rethrows {
        let append = write.ticket.append
        let time = PostgresTimestamp(microsecondsSince1970: append.occurredAt.microseconds)
        let command = UUIDBytes(append.command)
        let meta = TextBytes(bytes: append.metadata)
        keys.append((append.command, write.firstEvent, Int16(append.eventCount)))
        var ordinal: Int16 = 0
        for (index, streamWrite) in append.writes.enumerated() {
            let head = write.heads[index]
            for (offset, event) in streamWrite.events.enumerated() {
                versions.append(StreamHead.packed(id: head.id, version: head.version.advanced(by: offset + 1)))
                occurredAt.append(time)
                commands.append(command)
                types.append(try number(of: event.type, typeID))
                ordinals.append(ordinal)
                data.append(TextBytes(bytes: event.data))
                metadata.append(meta)
                ordinal += 1
            }
        }
    }

    private mutating func number(of type: EventType, _ typeID: (EventType) throws -> Int16) rethrows -> Int16 {
        if let lastType, lastType.type == type { return lastType.id }
        let id = try typeID(type)
        lastType = (type, id)
        return id
    }

    /// - Parameter knownTail: a position that is in the log for certain; `.origin` when none is known.
    func call(knownTail: Position) -> Call {
        Call(
            AppendSQL.append,
            knownTail.rawValue,
            streamIDs,
            streamNames,
            keys.map { UUIDBytes($0.command) },
            keys.map(\.firstEvent),
            keys.map(\.count),
            versions,
            occurredAt,
            commands,
            types,
            ordinals,
            data,
            metadata
        )
    }
}

extension AppendPlan.Write {
    /// The key of the append's first event.
    var firstEvent: Int64 {
        heads.first.map { StreamHead.packed(id: $0.id, version: $0.version.advanced(by: 1)) } ?? 0
    }
}

extension UUIDBytes {
    init(_ command: CommandID) {
        self.init(high: command.rawValue.high, low: command.rawValue.low)
    }
}

extension CommandID {
    init(_ bytes: UUIDBytes) {
        self.init(UniqueID(high: bytes.high, low: bytes.low))
    }
}
