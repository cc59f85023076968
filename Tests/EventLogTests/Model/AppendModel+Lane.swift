import EventSourcing
import MusterTesting

@testable import EventLog

/// Callers, processes and their lanes.
extension AppendModel {
    func send(_ command: Int, to process: Int, _ state: inout State) {
        state.callers[command].sent += 1
        state.callers[command].waiting += 1
        let ticket = Ticket(command: command)
        if state.processes[process].isHalted {
            leaveOpen(ticket, &state)
        } else {
            state.processes[process].waiting.append(ticket)
        }
    }

    /// What an idle lane would take: as `AppendQueue`, all but what shares a stream or a command with a batch under way,
    /// and what comes after such in the same stream.
    func batch(of process: Process) -> [Ticket] {
        let busy = process.lanes.reduce(into: Set<Int>()) { $0.formUnion($1.taken) }
        if busy.isEmpty { return process.waiting }
        var blocked = Set(busy.flatMap { commands[$0].writes.map(\.stream) })
        return process.waiting.filter { ticket in
            let streams = commands[ticket.command].writes.map(\.stream)
            let isFree = !busy.contains(ticket.command) && blocked.isDisjoint(with: streams)
            if !isFree { blocked.formUnion(streams) }
            return isFree
        }
    }

    func take(_ index: LaneIndex, _ state: inout State) {
        let batch = batch(of: state.processes[index.process])
        for ticket in batch {
            guard let place = state.processes[index.process].waiting.firstIndex(of: ticket) else { continue }
            state.processes[index.process].waiting.remove(at: place)
        }
        state[index].open = batch
        state[index].taken = Set(batch.map(\.command))
        attempt(index, &state)
    }

    // MARK: One attempt

    /// Begins with what is open.
    func attempt(_ index: LaneIndex, _ state: inout State) {
        state[index].asked = []
        state[index].receipts = [:]
        state[index].heads = [:]
        state[index].refusals = []
        state[index].putOff = []
        guard connect(index, &state) else { return }
        if state[index].surprises < Self.surpriseLimit {
            plan(index, &state)
        } else {
            state[index].toAsk = state[index].open.map(\.command)
            state[index].session = Session(phase: .lock, isUnderLock: true)
            state[index].phase = .call
        }
    }

    /// False when the server lacks what was acknowledged; then everything has its answer.
    private func connect(_ index: LaneIndex, _ state: inout State) -> Bool {
        if state[index].timeline == state.server.timeline { return true }
        let acknowledged = state.processes[index.process].acknowledged
        let visible = state.visible
        var isGood =
            acknowledged.timeline <= state.server.timeline && Int(acknowledged.position.rawValue) <= visible.count
        if isGood, let mark = acknowledged.mark, mistake != .tailAloneCompared {
            isGood = visible[Int(mark.position.rawValue) - 1].recordedAt == mark.recordedAt
        }
        guard isGood else {
            halt(index, &state)
            return false
        }
        state[index].timeline = state.server.timeline
        state[index].verified = acknowledged
        return true
    }

    /// Notes what will be told; false when another server has said more meanwhile, and the lane has to begin anew.
    private func acknowledge(
        _ index: LaneIndex,
        _ receipts: [AppendReceipt],
        areOwn: Bool,
        _ state: inout State
    ) -> Bool {
        guard let receipt = receipts.max(by: { $0.last < $1.last }) else { return true }
        let lane = state[index]
        let known = state.processes[index.process].acknowledged
        guard
            known.timeline == lane.timeline || known == lane.verified || mistake == .tailAloneCompared
        else {
            loseConnection(index, &state)
            attempt(index, &state)
            return false
        }
        guard receipt.last > known.position else { return true }
        let mark = Appender.Acknowledged.Mark(position: receipt.last, recordedAt: receipt.recordedAt)
        state.processes[index.process].acknowledged = Appender.Acknowledged(
            position: receipt.last,
            timeline: lane.timeline,
            mark: areOwn ? mark : known.mark
        )
        return true
    }

    private func plan(_ index: LaneIndex, _ state: inout State) {
        let lane = state[index]
        var remembered = StreamHeads(limit: 100)
        for (stream, head) in state.processes[index.process].heads.enumerated() where head != nil {
            remembered[Self.streams[stream]] = head
        }
        var answers = AppendAnswers()
        answers.add(
            asked: lane.asked.map { Self.commandID($0) },
            receipts: Dictionary(uniqueKeysWithValues: lane.receipts.map { (Self.commandID($0), $1) }),
            heads: Dictionary(uniqueKeysWithValues: lane.heads.map { (Self.streams[$0], $1) })
        )
        var streamIDs = StreamIDs()
        streamIDs.add(blockFrom: 1)
        let tickets = lane.open.map { realTicket($0) }
        let plan = AppendPlan(
            tickets,
            remembered: &remembered,
            answers: answers,
            guessesNewStreams: guessesNewStreams,
            streamIDs: &streamIDs
        )
        guard plan.unknown.isEmpty else {
            state[index].toAsk = plan.unknown.map(\.index)
            state[index].phase = .askHeads
            return
        }
        let refusals = plan.refused.map { Refusal(ticket: Ticket($0), verdict: $1) }
        if lane.isUnderLock {
            // Nothing is told before the commit, and nothing is put off.
            state[index].refusals = refusals
            state[index].putOff = plan.deferred.map { Ticket($0) }
            state[index].session?.fill(from: plan, of: index, self, at: lane.timeline)
            state[index].session?.phase = plan.writes.isEmpty ? .commit : .keys(0)
        } else {
            guard acknowledge(index, refusals.compactMap(\.verdict.receipt), areOwn: false, &state) else { return }
            for refusal in refusals { tell(refusal.ticket, refusal.verdict, by: index, &state) }
            state[index].deferred += plan.deferred.map { Ticket($0) }
            state[index].open = plan.writes.map { Ticket($0.ticket) }
            guard !plan.writes.isEmpty else { return finish(index, &state) }
            var session = Session(phase: .keys(0), isUnderLock: false)
            session.fill(from: plan, of: index, self, at: lane.timeline)
            state[index].session = session
        }
        state[index].phase = .call
    }

    /// One of the statements that ask about commands and streams.
    func ask(_ index: LaneIndex, _ state: inout State) {
        switch (state[index].phase, mistake == .receiptsReadBeforeHeads) {
        case (.askHeads, false), (.askReceipts, true):
            for stream in state[index].toAsk.flatMap({ commands[$0].writes.map(\.stream) }) {
                let head = head(of: stream, in: state)
                state[index].heads[stream] = head
            }
        case (.askReceipts, false), (.askHeads, true):
            for command in state[index].toAsk {
                let receipt = receipt(of: command, in: state)
                state[index].receipts[command] = receipt
            }
        default: break
        }
        if case .askHeads = state[index].phase {
            state[index].phase = .askReceipts
            return
        }
        if case .askReceipts = state[index].phase {
            state[index].asked.formUnion(state[index].toAsk)
            let hasReceipts = !state[index].receipts.isEmpty && mistake != .receiptsNotReplicated
            if hasReceipts, replication == .synchronous {
                if !state[index].isUnderLock {
                    state[index].phase = .confirm(through: state.server.log.count)
                    return
                }
                state[index].session?.mustReplicate = true
            }
        }
        plan(index, &state)
    }

    /// The answer of a call arrives.
    func hear(_ index: LaneIndex, _ state: inout State) {
        let lane = state[index]
        guard let session = lane.session, case .answered(let answer) = session.phase else { return }
        switch answer {
        case .done(let first):
            var place = first
            var told: [(Ticket, AppendReceipt)] = []
            // In the order in which they were planned: each command's events stand together.
            for command in session.events.map(\.command) where !told.contains(where: { $0.0.command == command }) {
                let receipt = AppendReceipt(
                    first: Position(Int64(place)),
                    count: commands[command].writes.count,
                    recordedAt: session.events[0].recordedAt
                )
                told.append((lane.open.first { $0.command == command } ?? Ticket(command: command), receipt))
                place += receipt.count
            }
            guard acknowledge(index, lane.refusals.compactMap(\.verdict.receipt), areOwn: false, &state),
                acknowledge(index, told.map(\.1), areOwn: true, &state)
            else { return }
            for event in session.events {
                state.processes[index.process].heads[event.stream] = StreamHead(
                    id: event.streamID,
                    version: event.version
                )
            }
            for (ticket, receipt) in told { tell(ticket, .appended(receipt), by: index, &state) }
            for refusal in lane.refusals { tell(refusal.ticket, refusal.verdict, by: index, &state) }
            state[index].deferred += lane.putOff
            finish(index, &state)
        case .surprise:
            state[index].session = nil
            state[index].surprises = min(lane.surprises + 1, Self.surpriseLimit)
            for place in lane.open.indices { state[index].open[place].mustAsk = true }
            attempt(index, &state)
        }
    }

    // MARK: What goes wrong

    /// The lane's connection is gone; the server may go on with what it was sent.
    func loseConnection(_ index: LaneIndex, _ state: inout State) {
        let lane = state[index]
        let wasSent = lane.phase == .call || lane.isUnderLock
        if let session = lane.session { orphan(session, &state) }
        state.processes[index.process].heads = Array(repeating: nil, count: Self.streams.count)
        for place in lane.open.indices {
            state[index].open[place].mustAsk = true
            if wasSent, mistake != .lostCallTakenForFailed { state[index].open[place].mayBeWritten = true }
        }
        state[index].session = nil
        state[index].timeline = 0
    }

    /// A transaction that lacks its client's commit ends with the connection.
    private func orphan(_ session: Session, _ state: inout State) {
        switch session.phase {
        case .answered: return
        case .commit, .replicating: break
        default: if session.isUnderLock { return }
        }
        state.server.orphans.append(session)
    }

    func failAll(_ index: LaneIndex, _ state: inout State) {
        for ticket in state[index].open {
            if ticket.mayBeWritten { leaveOpen(ticket, &state) } else { state.callers[ticket.command].waiting -= 1 }
        }
        finish(index, &state)
    }

    private func halt(_ index: LaneIndex, _ state: inout State) {
        state.processes[index.process].isHalted = true
        for ticket in state[index].open + state.processes[index.process].waiting { leaveOpen(ticket, &state) }
        state.processes[index.process].waiting = []
        finish(index, &state)
    }

    func killProcess(_ process: Int, _ state: inout State) {
        for lane in state.processes[process].lanes {
            if let session = lane.session { orphan(session, &state) }
            for ticket in lane.open + lane.deferred { leaveOpen(ticket, &state) }
        }
        for ticket in state.processes[process].waiting { leaveOpen(ticket, &state) }
        state.processes[process] = Process(lanes: Array(repeating: Lane(), count: laneCount))
    }

    private func finish(_ index: LaneIndex, _ state: inout State) {
        let lane = state[index]
        if state.processes[index.process].isHalted {
            for ticket in lane.deferred { leaveOpen(ticket, &state) }
        } else {
            state.processes[index.process].waiting.insert(contentsOf: lane.deferred, at: 0)
        }
        state[index] = Lane(timeline: lane.timeline)
    }

    // MARK: What callers hear

    /// No verdict: it may have been written, then or later.
    private func leaveOpen(_ ticket: Ticket, _ state: inout State) {
        state.callers[ticket.command].waiting -= 1
        state.callers[ticket.command].mayBeWritten = true
    }

    private func tell(_ ticket: Ticket, _ verdict: Verdict, by index: LaneIndex, _ state: inout State) {
        let command = ticket.command
        state.callers[command].waiting -= 1
        guard let receipt = verdict.receipt else {
            if state.callers[command].receipt != nil {
                state.brokenPromise = "command \(command) is in the log, and then a conflict"
            }
            // With these expectations it never will be accepted.
            let isForEver = commands[command].writes.contains { write in
                switch write.expected {
                case .exactly, .noStream: true
                case .any, .streamExists: false
                }
            }
            state.callers[command].isRefused = isForEver
            return
        }
        if let known = state.callers[command].receipt, known != receipt, replication != .asynchronous {
            state.brokenPromise = "command \(command) has two receipts"
        }
        state.callers[command].receipt = receipt
        guard replication == .asynchronous else { return }
        let receipts = state.processes[index.process].receipts
        if state[index].timeline == state.server.timeline, receipts.contains(where: { !isThere($0, in: state) }) {
            state.brokenPromise = "a process goes on although the log has lost what it acknowledged"
        }
        state.processes[index.process].receipts.insert(receipt)
    }

    private func isThere(_ receipt: AppendReceipt, in state: State) -> Bool {
        let place = Int(receipt.last.rawValue) - 1
        return place < state.server.log.count && state.server.log[place].recordedAt == receipt.recordedAt
    }

    // MARK: To the real plan and back

    private static func commandID(_ command: Int) -> CommandID {
        CommandID(UniqueID(high: 0, low: UInt64(command)))
    }

    private static let nobody = AppendRequest(count: 0, nil)

    private func realTicket(_ ticket: Ticket) -> AppendTicket {
        let append = Append(
            command: Self.commandID(ticket.command),
            occurredAt: Samples.time,
            metadata: [],
            writes: commands[ticket.command].writes.map { Samples.write(Self.streams[$0.stream], $0.expected) }
        )
        return AppendTicket(
            append: append,
            bytes: 0,
            request: Self.nobody,
            index: ticket.command,
            mustAsk: ticket.mustAsk,
            mayBeWritten: ticket.mayBeWritten
        )
    }
}

extension AppendModel.Ticket {
    fileprivate init(_ ticket: AppendTicket) {
        self.init(command: ticket.index, mustAsk: ticket.mustAsk, mayBeWritten: ticket.mayBeWritten)
    }
}

extension AppendModel.Session {
    /// What `AppendArrays` makes of a plan.
    fileprivate mutating func fill(
        from plan: AppendPlan,
        of index: AppendModel.LaneIndex,
        _ model: AppendModel,
        at timeline: Int32
    ) {
        // Numbers for new streams come from a sequence: no other lane has them.
        let new = Set(plan.newStreams.map(\.id))
        for write in plan.writes {
            let command = write.ticket.index
            for (place, streamWrite) in write.ticket.append.writes.enumerated() {
                let head = write.heads[place]
                let stream = model.commands[command].writes[place].stream
                let number = Int32(100 + 10 * (index.process * model.laneCount + index.lane) + stream)
                events.append(
                    AppendModel.Event(
                        command: command,
                        stream: stream,
                        streamID: new.contains(head.id) ? number : head.id,
                        version: head.version.advanced(by: streamWrite.events.count),
                        recordedAt: Timestamp(microseconds: Int64(timeline))
                    )
                )
            }
        }
        let named = plan.newStreams.compactMap { AppendModel.streams.firstIndex(of: $0.name) }
        newStreams = model.mistake == .keysNotSorted ? named : named.sorted()
        let keys = plan.writes.map(\.ticket.index)
        commandKeys = model.mistake == .keysNotSorted ? keys : keys.sorted()
    }
}
