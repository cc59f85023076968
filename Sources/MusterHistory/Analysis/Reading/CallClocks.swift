import EventSourcing
import Records

/// What the whistles of matters set running: for each department called, until when it had to accept and to be on the
/// scene, and how long its stages took.
struct CallClocks {
    /// One department's call by one whistle.
    private struct Call: Hashable {
        let caseIndex: Int32
        let round: Int64
        let department: Int32
    }

    private struct Progress {
        var blown: Int64
        var acceptBy: Int64?
        var onSceneBy: Int64?
        var accepted: Int64?
        var arrived: Int64?
        var done: Int64?
        var isAcceptedLate = false
        var isArrivedLate = false
        /// The matter was closed, or the whistle withdrawn.
        var ended: Int64?
    }

    private var calls: [Call: Progress] = [:]
    /// Calls in the order in which they came.
    private var order: [Call] = []
    private var callsOfCase: [Int32: [Call]] = [:]

    /// Takes in one event of a matter.
    mutating func take(_ event: RecordedEvent, caseIndex: Int32, _ agencies: inout NameTable) throws(Problems) {
        let time = event.occurredAt.microseconds
        switch event.type.name {
        case "WhistleBlown":
            let members = try Members(event.data)
            for name in members.departments {
                let call = Call(caseIndex: caseIndex, round: members.round, department: agencies.index(of: name))
                guard calls[call] == nil else { continue }
                calls[call] = Progress(blown: time, acceptBy: members.acceptBy)
                order.append(call)
                callsOfCase[caseIndex, default: []].append(call)
            }
        case "WhistleAccepted":
            try note(event, caseIndex, &agencies) { progress, members in
                guard progress.accepted == nil else { return }
                progress.accepted = time
                progress.isAcceptedLate = members.isLate
                progress.onSceneBy = members.onSceneBy
            }
        case "DepartmentArrived":
            try note(event, caseIndex, &agencies) { progress, members in
                guard progress.arrived == nil else { return }
                progress.arrived = time
                progress.isArrivedLate = members.isLate
            }
        case "ActionCompleted":
            try note(event, caseIndex, &agencies) { progress, _ in progress.done = progress.done ?? time }
        case "WhistleWithdrawn", "MatterClosed", "MatterResolvedLocally", "MatterMerged":
            for call in callsOfCase[caseIndex] ?? [] where calls[call]?.ended == nil { calls[call]?.ended = time }
        default: break
        }
    }

    private mutating func note(
        _ event: RecordedEvent,
        _ caseIndex: Int32,
        _ agencies: inout NameTable,
        _ change: (inout Progress, Members) -> Void
    ) throws(Problems) {
        let members = try Members(event.data)
        for name in members.departments {
            let call = Call(caseIndex: caseIndex, round: members.round, department: agencies.index(of: name))
            if var progress = calls[call] {
                change(&progress, members)
                calls[call] = progress
            }
        }
    }

    // MARK: - What they come to

    /// When a department called was where.
    struct CallTimes {
        let caseIndex: Int32
        let department: Int32
        let blown: Int64
        let accepted: Int64?
        let arrived: Int64?
        let done: Int64?
    }

    /// Of all calls, in the order in which they came: the number of one is the unit of its clocks.
    var times: [CallTimes] {
        order.compactMap { call in
            calls[call].map { progress in
                CallTimes(
                    caseIndex: call.caseIndex,
                    department: call.department,
                    blown: progress.blown,
                    accepted: progress.accepted,
                    arrived: progress.arrived,
                    done: progress.done
                )
            }
        }
    }

    static let blown = Label("blown", words: Words("blown", zh: "吹哨"))
    static let accepted = Label("accepted", words: Words("accepted", zh: "签收"))
    static let onScene = Label("on-scene", words: Words("on scene", zh: "到场"))
    static let done = Label("done", words: Words("done", zh: "处置完成"))

    /// Adds the clocks and the stages to the columns.
    func finish(_ columns: inout EventColumns, kinds: inout [Label]) {
        guard !order.isEmpty else { return }
        let firstKind = Int32(kinds.count)
        kinds += [Self.accepted, Self.onScene]
        var accept = IntervalColumn(from: Self.blown, to: Self.accepted)
        var arrive = IntervalColumn(from: Self.accepted, to: Self.onScene)
        var finish = IntervalColumn(from: Self.onScene, to: Self.done)
        for (number, call) in order.enumerated() {
            guard let progress = calls[call] else { continue }
            func append(_ column: inout IntervalColumn, _ from: Int64?, _ to: Int64?, limit: Int64?) {
                let duration = from.flatMap { from in to.map { $0 - from } }
                let allowed = from.flatMap { from in limit.map { $0 - from } }
                column.append(duration, call.caseIndex, agency: call.department, unit: -1, limit: allowed)
            }
            append(&accept, progress.blown, progress.accepted, limit: progress.acceptBy)
            append(&arrive, progress.accepted, progress.arrived, limit: progress.onSceneBy)
            append(&finish, progress.arrived, progress.done, limit: nil)
            if let due = progress.acceptBy,
                var clock = clock(
                    call,
                    firstKind,
                    (progress.blown, due, progress.accepted),
                    progress.isAcceptedLate,
                    progress.ended
                )
            {
                clock.unit = Int32(number)
                columns.clocks.append(clock)
            }
            if let accepted = progress.accepted, let due = progress.onSceneBy,
                var clock = clock(
                    call,
                    firstKind + 1,
                    (accepted, due, progress.arrived),
                    progress.isArrivedLate,
                    progress.ended
                )
            {
                clock.unit = Int32(number)
                columns.clocks.append(clock)
            }
        }
        columns.intervals += [accept, arrive, finish]
    }

    /// Nil when the call ended before its limit, so that nobody was late and nobody in time.
    ///
    /// - Parameter isLate: as the event says, which knows of pauses.
    private func clock(
        _ call: Call,
        _ kind: Int32,
        _ times: (start: Int64, due: Int64, done: Int64?),
        _ isLate: Bool,
        _ ended: Int64?
    ) -> Clock? {
        var clock = Clock(caseIndex: call.caseIndex, kind: kind, due: times.due)
        clock.agency = call.department
        clock.start = times.start
        if let done = times.done {
            clock.done = isLate ? max(done, times.due + 1) : min(done, times.due)
        } else if let ended {
            guard ended > times.due else { return nil }
            clock.done = ended
        }
        return clock
    }
}

/// The members of a whistle's events that matter here.
private struct Members {
    var round: Int64 = 1
    var departments: [String] = []
    var acceptBy: Int64?
    var onSceneBy: Int64?
    var isLate = false

    init(_ data: [UInt8]) throws(Problems) {
        var reader = JSONReader(data)
        for member in try reader.members() {
            var value = reader.at(member.start)
            switch member.name {
            case "round": round = try value.integer()
            case "department": departments = [try value.string()]
            case "departments":
                var names: [String] = []
                try value.array { (element, _) throws(Problems) in names.append(try element.string()) }
                departments = names
            case "acceptBy": acceptBy = try Timestamp(reading: &value).microseconds
            case "onSceneBy": onSceneBy = try Timestamp(reading: &value).microseconds
            case "isLate": isLate = try value.boolean()
            default: break
            }
        }
    }
}

extension Timestamp {
    fileprivate init(reading value: inout JSONReader) throws(Problems) {
        guard let time = Timestamp(rfc3339: try value.string()) else {
            throw Problems("date-time", Words("is not a time", zh: "不是时间"))
        }
        self = time
    }
}
