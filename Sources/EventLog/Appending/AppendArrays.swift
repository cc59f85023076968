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
    private var typeIDs: [Int16] = []
    private var ordinals: [Int16] = []
    private var data: [TextBytes] = []
    private var metadata: [TextBytes] = []
    /// Types that the log's dictionary lacks: with any of them the call must not be made.
    private(set) var missingTypes: Set<EventType> = []
    /// The type of the event before, and its number: events of one kind come in a row.
    private var lastType: (type: EventType, id: Int16)?

    init(_ plan: AppendPlan, types: EventTypes) {
        // Sorted as the schema asks: sessions that take keys in one order do not wait for each other in a ring.
        for stream in plan.newStreams.sorted(by: { $0.name < $1.name }) {
            streamIDs.append(stream.id)
            streamNames.append(stream.name.rawValue)
        }
        keys.reserveCapacity(plan.writes.count)
        reserve(plan.eventCount)
        for write in plan.writes { add(write, types) }
        keys.sort { $0.command < $1.command }
    }

    /// Makes room for so many events.
    private mutating func reserve(_ events: Int) {
        versions.reserveCapacity(events)
        occurredAt.reserveCapacity(events)
        commands.reserveCapacity(events)
        typeIDs.reserveCapacity(events)
        ordinals.reserveCapacity(events)
        data.reserveCapacity(events)
        metadata.reserveCapacity(events)
    }

    private mutating func add(_ write: AppendPlan.Write, _ types: EventTypes) {
        let append = write.ticket.append
        let time = PostgresTimestamp(microsecondsSince1970: append.occurredAt.microseconds)
        let command = UUIDBytes(append.command)
        let meta = TextBytes(append.metadata)
        keys.append((append.command, write.firstEvent, Int16(append.eventCount)))
        var ordinal: Int16 = 0
        for (index, streamWrite) in append.writes.enumerated() {
            let head = write.heads[index]
            for (offset, event) in streamWrite.events.enumerated() {
                versions.append(StreamHead.packed(id: head.id, version: head.version.advanced(by: offset + 1)))
                occurredAt.append(time)
                commands.append(command)
                typeIDs.append(number(of: event.type, types))
                ordinals.append(ordinal)
                data.append(TextBytes(event.data))
                metadata.append(meta)
                ordinal += 1
            }
        }
    }

    private mutating func number(of type: EventType, _ types: EventTypes) -> Int16 {
        if let lastType, lastType.type == type { return lastType.id }
        guard let id = types.id(type) else {
            missingTypes.insert(type)
            return 0
        }
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
            typeIDs,
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
