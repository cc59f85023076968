import EventSourcing
import MusterTesting

@testable import EventLog

/// The append protocol between callers, lanes and server, with all that may interrupt it, at sizes at which every state can
/// be visited.
///
/// What the lanes decide, the real `AppendPlan` decides. The rest retells `AppendLane`, `AppendSession` and the SQL function
/// `append_events` in steps as small as something else may come between them: a caller sends, a lane asks, a session takes
/// one key, the log's lock, reads the tail, inserts, commits, waits for a standby, its answer arrives. Left out is what
/// changes no order: payloads, event types, numbers of streams taken from a sequence (each lane has its own).
struct AppendModel: ExploredModel, Sendable {
    /// A command that writes one event to each of its streams.
    struct Command {
        let writes: [(stream: Int, expected: ExpectedVersion)]
        /// How often callers send it, to whichever process, whether or not they had an answer.
        var sendLimit = 1
    }

    /// What the server's commits wait for.
    enum Replication {
        case none
        /// A commit ends when the standby has it.
        case synchronous
        /// The standby may have less than was acknowledged.
        case asynchronous
    }

    enum Fault {
        /// A connection is lost or given up, and the server does not notice.
        case connectionLost
        /// A session ends on the server, or its wait for the standby is cancelled.
        case sessionKilled
        /// The server refuses a call: no space, a lock not granted in time.
        case callRefused
        case processKilled
        case serverKilled
        /// The standby is promoted.
        case failover
    }

    /// Wrong protocols. The model must find out each of them.
    enum Mistake {
        case tailReadBeforeLock
        case receiptsReadBeforeHeads
        case keysNotSorted
        case lostCallTakenForFailed
        case receiptsNotReplicated
        case tailAloneCompared
    }

    var commands: [Command]
    var processCount = 2
    var laneCount = 2
    var faults: [Fault] = []
    var faultLimit = 0
    var replication = Replication.none
    /// Whether lanes take streams that they know nothing of for new ones, as `NewStreamGuess` may let them.
    var guessesNewStreams = false
    var mistake: Mistake?

    static let streams = (0..<2).map { Samples.stream("\($0)") }
    /// How often a batch is surprised before it takes the lock first, as in `AppendLane`.
    static let surpriseLimit = 2

    // MARK: States

    struct State: Hashable {
        var server = Server()
        var processes: [Process]
        var callers: [Caller]
        var faultCount = 0
        /// Set by the step that broke it.
        var brokenPromise: String?
    }

    struct Event: Hashable {
        let command: Int
        let stream: Int
        let streamID: Int32
        let version: StreamVersion
        /// The server's timeline when it was written, which stands for the time.
        let recordedAt: Timestamp
    }

    struct Server: Hashable {
        /// Durable here, in the order of positions; those of a session that waits for the standby cannot be seen yet.
        var log: [Event] = []
        /// How many of them the standby has.
        var replicated = 0
        var timeline: Int32 = 1
        /// Sessions nobody waits for any more.
        var orphans: [Session] = []
    }

    /// One lane of a process.
    struct LaneIndex: Hashable, CustomStringConvertible {
        let process: Int
        let lane: Int

        var description: String { "lane \(process).\(lane)" }

        init(_ process: Int, _ lane: Int) {
            self.process = process
            self.lane = lane
        }
    }

    /// A session on the server: that of a lane, or one whose client is gone.
    enum SessionIndex: Hashable, CustomStringConvertible {
        case lane(LaneIndex)
        case orphan(Int)

        var description: String {
            switch self {
            case .lane(let lane): "\(lane)"
            case .orphan(let number): "orphan \(number)"
            }
        }
    }

    /// One call of `append_events` on the server, or a transaction that holds the log's lock from the beginning.
    struct Session: Hashable {
        enum Phase: Hashable {
            /// Takes the keys of its batch, streams first; so many it has.
            case keys(Int)
            case lock
            /// Holds the lock and waits for its client.
            case held
            case tail
            case insert(after: Int)
            /// As the mistake has it: the tail is known, the lock is not held yet.
            case lateLock(tail: Int)
            /// Has inserted and waits for the client's commit.
            case inserted
            case commit
            /// Durable here, waits until the standby has as much.
            case replicating(through: Int)
            case answered(Answer)
        }

        enum Answer: Hashable {
            case done(first: Int)
            case surprise
        }

        var phase: Phase
        let isUnderLock: Bool
        var events: [Event] = []
        /// In the order in which they are taken.
        var newStreams: [Int] = []
        var commandKeys: [Int] = []
        /// Whether its commit waits for the standby although it may have written nothing.
        var mustReplicate = false

        /// Whether the server still works on it.
        var isOpen: Bool {
            if case .answered = phase { false } else { true }
        }

        var holdsLock: Bool {
            switch phase {
            case .keys: isUnderLock
            case .lock, .lateLock, .answered: false
            case .held, .tail, .insert, .inserted, .commit, .replicating: true
            }
        }
    }

    struct Ticket: Hashable {
        let command: Int
        var mustAsk = false
        var mayBeWritten = false
    }

    struct Refusal: Hashable {
        let ticket: Ticket
        let verdict: Verdict
    }

    /// A lane of a process, and the session that works for it.
    struct Lane: Hashable {
        enum Phase: Hashable {
            case idle
            case askHeads
            case askReceipts
            /// Makes sure that the receipts it was given are on the standby.
            case confirm(through: Int)
            /// A call is under way.
            case call
        }

        var phase = Phase.idle
        /// Of the server it is connected to; 0: not connected.
        var timeline: Int32 = 0
        /// What its server was seen to hold.
        var verified = Appender.Acknowledged()
        var open: [Ticket] = []
        var deferred: [Ticket] = []
        /// All that it took: its streams are not given to another lane.
        var taken: Set<Int> = []
        var surprises = 0
        /// What the server has said for this attempt.
        var asked: Set<Int> = []
        var receipts: [Int: AppendReceipt] = [:]
        var heads: [Int: StreamHead] = [:]
        var toAsk: [Int] = []
        /// Decided under the lock, told after the commit.
        var refusals: [Refusal] = []
        var putOff: [Ticket] = []
        var session: Session?

        var isUnderLock: Bool { session?.isUnderLock ?? false }
    }

    struct Process: Hashable {
        var waiting: [Ticket] = []
        var lanes: [Lane]
        var heads: [StreamHead?] = Array(repeating: nil, count: AppendModel.streams.count)
        var acknowledged = Appender.Acknowledged()
        var isHalted = false
        /// All that was told, where something of it may be lost.
        var receipts: Set<AppendReceipt> = []
    }

    /// Who sends one command, and what it was told.
    struct Caller: Hashable {
        var sent = 0
        var waiting = 0
        var receipt: AppendReceipt?
        var isRefused = false
        /// Whether some answer has left open if it was written.
        var mayBeWritten = false
    }

    enum Step {
        case send(command: Int, process: Int)
        case take(LaneIndex)
        case ask(LaneIndex)
        case commit(LaneIndex)
        case hear(LaneIndex)
        case serve(SessionIndex)
        case replicate
        /// The server ends one of those that wait for each other.
        case deadlock(SessionIndex)
        case loseConnection(LaneIndex, givesUp: Bool)
        case kill(SessionIndex)
        case refuse(LaneIndex)
        case killProcess(Int)
        case killServer
        case failOver
    }

    var initial: State {
        let lanes = Array(repeating: Lane(), count: laneCount)
        return State(
            processes: Array(repeating: Process(lanes: lanes), count: processCount),
            callers: Array(repeating: Caller(), count: commands.count)
        )
    }

    // MARK: Promises

    func brokenPromise(in state: State) -> String? {
        if let broken = state.brokenPromise { return broken }
        if deadlocked(in: state).allSatisfy({ state[$0]?.isUnderLock == false }), !deadlocked(in: state).isEmpty {
            return "sessions wait for each other"
        }
        let log = state.server.log
        for stream in Self.streams.indices {
            let events = log.filter { $0.stream == stream }
            if events.map(\.version.rawValue) != (0..<events.count).map({ Int32($0 + 1) }) {
                return "the versions of stream \(stream) are not 1, 2, 3 …"
            }
            if Set(events.map(\.streamID)).count > 1 { return "stream \(stream) has two numbers" }
        }
        for (command, caller) in state.callers.enumerated() {
            let count = commands[command].writes.count
            let places = log.indices.filter { log[$0].command == command }
            if !places.isEmpty, places.count != count || places.last.map({ $0 - count + 1 }) != places.first {
                return "command \(command) is not there exactly once and in one piece"
            }
            if let receipt = caller.receipt, replication != .asynchronous,
                places.first.map({ $0 + 1 }) != Int(receipt.first.rawValue)
            {
                return "acknowledged command \(command) is not where it was said to be"
            }
            if caller.isRefused, !places.isEmpty { return "refused command \(command) is there" }
            if caller.sent > 0, caller.waiting == 0, !caller.mayBeWritten, caller.receipt == nil, !places.isEmpty {
                return "command \(command) is there, and all its callers were told that it is not"
            }
            if caller.waiting < 0 { return "command \(command) was answered twice" }
        }
        return nil
    }

    func mayRest(in state: State) -> Bool {
        state.server.orphans.isEmpty && state.callers.allSatisfy { $0.waiting == 0 }
            && state.processes.allSatisfy { $0.lanes.allSatisfy { $0.phase == .idle } }
    }

    // MARK: Steps

    func steps(in state: State) -> [Step] {
        var steps: [Step] = []
        for (command, caller) in state.callers.enumerated() where caller.sent < commands[command].sendLimit {
            // Processes are alike: it does not matter which is the first.
            let isFirst = state.callers.allSatisfy { $0.sent == 0 }
            for process in 0..<(isFirst ? 1 : processCount) { steps.append(.send(command: command, process: process)) }
        }
        if state.server.replicated < state.server.log.count, replication != .none { steps.append(.replicate) }
        for process in state.processes.indices {
            let known = state.processes[process]
            // The lowest idle lane takes, as in `Appender`.
            if let lane = known.lanes.firstIndex(where: { $0.phase == .idle }), !batch(of: known).isEmpty {
                steps.append(.take(LaneIndex(process, lane)))
            }
        }
        for index in state.laneIndices {
            switch state[index].phase {
            case .idle: continue
            case .askHeads, .askReceipts: steps.append(.ask(index))
            case .confirm(let through): if state.server.replicated >= through { steps.append(.ask(index)) }
            case .call:
                switch state[index].session?.phase {
                case .answered: steps.append(.hear(index))
                case .inserted: steps.append(.commit(index))
                default: break
                }
            }
        }
        for index in state.sessionIndices where canServe(index, in: state) { steps.append(.serve(index)) }
        steps += deadlocked(in: state).map { .deadlock($0) }
        return steps + faultSteps(in: state)
    }

    private func faultSteps(in state: State) -> [Step] {
        guard state.faultCount < faultLimit else { return [] }
        var steps: [Step] = []
        for fault in faults {
            switch fault {
            case .connectionLost:
                for index in state.laneIndices where state[index].phase != .idle {
                    steps.append(.loseConnection(index, givesUp: false))
                    steps.append(.loseConnection(index, givesUp: true))
                }
            case .sessionKilled:
                steps += state.sessionIndices.filter { state[$0]?.isOpen == true }.map { .kill($0) }
            case .callRefused:
                for index in state.laneIndices where state[index].phase != .idle {
                    switch state[index].session?.phase {
                    case .replicating, .answered: continue
                    default: steps.append(.refuse(index))
                    }
                }
            case .processKilled: steps += state.processes.indices.map { .killProcess($0) }
            case .serverKilled: steps.append(.killServer)
            case .failover: steps.append(.failOver)
            }
        }
        return steps
    }

    func state(after step: Step, in state: State) -> State {
        var next = state
        switch step {
        case .send(let command, let process): send(command, to: process, &next)
        case .take(let lane): take(lane, &next)
        case .ask(let lane): ask(lane, &next)
        case .commit(let lane): next[lane].session?.phase = .commit
        case .hear(let lane): hear(lane, &next)
        case .serve(let session): serve(session, &next)
        case .replicate: next.server.replicated = next.server.log.count
        case .deadlock(let session): next[session]?.phase = .answered(.surprise)
        case .loseConnection(let lane, let givesUp):
            loseConnection(lane, &next)
            if givesUp { failAll(lane, &next) } else { attempt(lane, &next) }
        case .kill(let session):
            // Whatever it has made durable stays, and is seen now.
            next[session] = nil
            if case .lane(let lane) = session {
                loseConnection(lane, &next)
                attempt(lane, &next)
            }
        case .refuse(let lane):
            next[lane].session = nil
            next[lane].timeline = 0
            failAll(lane, &next)
        case .killProcess(let process): killProcess(process, &next)
        case .killServer: killServer(&next)
        case .failOver:
            next.server.log.removeLast(next.server.log.count - next.server.replicated)
            next.server.timeline += 1
            for command in next.callers.indices {
                // What it was refused for may be gone.
                next.callers[command].isRefused = false
                if replication == .asynchronous { next.callers[command].receipt = nil }
                if replication == .asynchronous { next.callers[command].mayBeWritten = true }
            }
            killServer(&next)
        }
        if step.isFault { next.faultCount += 1 }
        next.server.orphans.removeAll { !$0.isOpen }
        return next
    }
}

extension AppendModel.Step {
    fileprivate var isFault: Bool {
        switch self {
        case .send, .take, .ask, .commit, .hear, .serve, .replicate, .deadlock: false
        case .loseConnection, .kill, .refuse, .killProcess, .killServer, .failOver: true
        }
    }
}
