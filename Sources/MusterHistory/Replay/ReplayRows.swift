import EventSourcing
import Records

/// The events of a replay's log: those of an import whose rows have the times of the replay.
struct ReplayRows {
    let identity: ReplayIdentity
    private let replay: HistoryReplay
    private let mapping: ReplayMapping
    private let mappingText: String
    private let metadata: [UInt8]
    private let opening: [UInt8]
    /// By row, where its deadlines are in `deadlines`.
    private var deadlineStarts: [Int] = []
    private var deadlines: [Int32] = []
    private let rows: [Int32]
    private var json = RowJSON()

    var count: Int { rows.count }

    init(_ replay: HistoryReplay) throws(ReplayError) {
        self.replay = replay
        identity = ReplayIdentity(replay)
        mapping = try ReplayMapping(replay)
        mappingText = mapping.yaml
        metadata = ImportMetadata.bytes(start: identity.command("start"))
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("source", identity.source)
        writer.name("row")
        opening = writer.bytes
        let model = replay.changed
        deadlineStarts = Array(repeating: 0, count: model.draft.rows.count + 1)
        for deadline in model.deadlines { deadlineStarts[Int(deadline.row) + 1] += 1 }
        for row in model.draft.rows.indices { deadlineStarts[row + 1] += deadlineStarts[row] }
        var next = deadlineStarts
        deadlines = Array(repeating: 0, count: model.deadlines.count)
        for (number, deadline) in model.deadlines.enumerated() {
            deadlines[next[Int(deadline.row)]] = Int32(truncatingIfNeeded: number)
            next[Int(deadline.row)] += 1
        }
        let isChosen = replay.isChosen
        rows = model.draft.rows.indices
            .filter { row in isChosen.map { $0[Int(model.draft.rows[row].caseIndex)] } ?? true }
            .map { Int32(truncatingIfNeeded: $0) }
    }

    /// The first event: what was replayed, and how rows are read.
    func started(at time: Timestamp) -> Append {
        let started = ImportStarted(
            source: identity.source,
            byteCount: 0,
            sha256: identity.sha256,
            mapping: ReplayMapping.name,
            mappingVersion: HistoryReplay.version,
            mappingText: mappingText,
            personal: replay.personalRoles,
            ofCase: []
        )
        var data = ImportStarted.record.encode(started)
        data.removeLast()
        data += ",\"replay\":".utf8
        data += ReplayOrigin.record.encode(identity.origin)
        data.append(UInt8(ascii: "}"))
        return frame("start", NewEvent(type: ImportEventType.started, data: data), time)
    }

    func finished(at time: Timestamp) -> Append {
        let finished = ImportFinished(
            sha256: identity.sha256,
            mapping: ReplayMapping.name,
            mappingVersion: HistoryReplay.version,
            rows: count,
            added: count,
            duplicates: 0,
            changed: 0,
            negativeIntervals: 0,
            rejects: []
        )
        return frame(
            "finish",
            NewEvent(type: ImportEventType.finished, data: ImportFinished.record.encode(finished)),
            time
        )
    }

    private func frame(_ step: String, _ event: NewEvent, _ time: Timestamp) -> Append {
        Append(
            command: identity.command(step),
            occurredAt: time,
            metadata: metadata,
            writes: [
                StreamWrite(
                    stream: StreamName(category: "import", id: identity.sha256),
                    expected: .any,
                    events: [event]
                )
            ]
        )
    }

    /// One row.
    ///
    /// - Parameter number: from 0, below `count`.
    mutating func append(_ number: Int) -> Append {
        let index = Int(rows[number])
        let (model, run) = (replay.changed, replay.run)
        let row = model.draft.rows[index]
        let caseName = replay.namesPeople ? "\(row.caseIndex + 1)" : replay.names.cases[row.caseIndex]
        json.removeAll()
        json.raw(opening)
        json.integer(number + 1)
        json.raw(
            Array(
                ",\"mapping\":{\"name\":\"\(ReplayMapping.name)\",\"version\":\(HistoryReplay.version)},\"key\":\"\(number + 1)\""
                    .utf8
            )
        )
        let own = deadlines[deadlineStarts[index]..<deadlineStarts[index + 1]].map { model.deadlines[Int($0)] }
        var occurredAt = Self.timestamp(model.end(of: row).time(in: run))
        var stages: [(name: String, time: Int64)] = []
        if model.draft.shape == .activities {
            json.raw(Array(",\"activity\":".utf8))
            text(mapping.activities[Int(row.label)])
            if model.draft.steps[Int(row.step)].basis != .none {
                json.raw(Array(",\"started\":".utf8))
                json.time(Self.timestamp(run.begins[Int(row.step)]))
            }
            for deadline in own {
                if let due = mapping.dues[Int(deadline.kind)], let done = deadline.done {
                    stages.append((due.stage, done.time(in: run)))
                }
            }
        } else {
            for place in row.stages {
                let name = model.draft.stages[Int(model.draft.stageTimes[place].stage)].name
                stages.append((name, model.stageMoments[place].time(in: run)))
            }
            if let first = stages.first { occurredAt = Self.timestamp(first.time) }
        }
        members(",\"stages\":{", stages)
        attributes(row, own, stages)
        json.raw(UInt8(ascii: "}"))
        return Append(
            command: identity.command("row\0\(number + 1)"),
            occurredAt: occurredAt,
            metadata: metadata,
            writes: [
                StreamWrite(
                    stream: StreamName(category: "case", id: caseName),
                    expected: .any,
                    events: [NewEvent(type: ImportEventType.row, data: json.bytes)]
                )
            ]
        )
    }

    private static func timestamp(_ time: Int64) -> Timestamp {
        Timestamp(microseconds: min(time, ReplaySimulation.lastMoment))
    }

    private mutating func members(_ opening: String, _ times: [(name: String, time: Int64)]) {
        json.raw(Array(opening.utf8))
        for (place, entry) in times.enumerated() {
            json.raw(Array("\(place == 0 ? "" : ",")\"\(entry.name)\":".utf8))
            json.time(Self.timestamp(entry.time))
        }
        json.raw(UInt8(ascii: "}"))
    }

    private mutating func attributes(
        _ row: ReplayDraft.Row,
        _ own: [ReplayModel.Deadline],
        _ stages: [(name: String, time: Int64)]
    ) {
        json.raw(Array(",\"attributes\":{".utf8))
        var isFirst = true
        func name(_ name: String) {
            json.raw(Array("\(isFirst ? "" : ",")\"\(name)\":".utf8))
            isFirst = false
        }
        // Who did something in a log of Muster's own is a person, whose name stays in that log.
        let resource = replay.source.mapping == nil ? -1 : row.resource
        for (role, number, table) in [
            ("agency", row.agency, replay.names.agencies), ("resource", resource, replay.names.resources),
            ("place", row.place, replay.names.places),
        ] where number >= 0 {
            name(role)
            text(table[number])
        }
        for deadline in own {
            guard let due = mapping.dues[Int(deadline.kind)] else { continue }
            var time = deadline.due(in: replay.run)
            // Where clocks were paused, the event says how late it was, and not its time alone.
            if let done = deadline.done, let stage = stages.first(where: { $0.name == due.stage }) {
                time += stage.time - done.time(in: replay.run)
            }
            name(due.attribute)
            json.time(Self.timestamp(time))
        }
        json.raw(UInt8(ascii: "}"))
    }

    private mutating func text(_ value: String) {
        json.raw(UInt8(ascii: "\""))
        // Names in the log hold no control characters besides those that are escaped.
        _ = json.text(value.utf8.span)
        json.raw(UInt8(ascii: "\""))
    }
}
