import DequeModule
import EventSourcing

/// The appends that wait, and which batch each lane has under way. A pure state machine; lanes are numbered from 0.
///
/// Two batches under way at once never share a stream or a command, so that neither depends on what becomes of the
/// other. What must wait for a batch keeps its order among the appends to its streams.
struct AppendQueue {
    enum Phase: Equatable {
        case open
        /// What was accepted is still answered, nothing more is accepted.
        case draining
        /// Everything is answered with this, while the lanes stay: reading goes on.
        case halted(AppendError)
        /// Everything is answered with this, and the lanes end.
        case closed(AppendError)
    }

    enum Step {
        case work([AppendTicket])
        /// Nothing to do now; the lane is woken by what another call returns.
        case wait
        case finished
    }

    private(set) var phase = Phase.open
    private(set) var waiting: Deque<AppendTicket> = []
    /// Bytes of payload and metadata that wait.
    private(set) var waitingBytes = 0
    /// What the batches under way hold, by their lanes.
    private var underWay: [(lane: Int, claims: Claims)] = []
    private let laneThreshold: Int
    private let eventLimit: Int
    private let byteLimit: Int
    private let waitingLimit: Int
    private let waitingByteLimit: Int

    /// What a batch writes to, and no other may meanwhile.
    private struct Claims {
        private var streams: Set<StreamName> = []
        private var commands: Set<CommandID> = []

        init(_ batch: [AppendTicket]) {
            streams.reserveCapacity(batch.count)
            commands.reserveCapacity(batch.count)
            for ticket in batch {
                commands.insert(ticket.append.command)
                for write in ticket.append.writes { streams.insert(write.stream) }
            }
        }

        func meet(_ append: Append) -> Bool {
            commands.contains(append.command) || append.writes.contains { streams.contains($0.stream) }
        }
    }

    /// What waits, for whoever watches the back pressure.
    var load: (count: Int, bytes: Int) { (waiting.count, waitingBytes) }

    /// How many blocked appends a lane looks past to find one it can send.
    private static let blockedLimit = 256

    init(_ configuration: LogConfiguration) {
        laneThreshold = configuration.laneThreshold
        eventLimit = configuration.batchEventLimit
        byteLimit = configuration.batchByteLimit
        waitingLimit = configuration.waitingLimit
        waitingByteLimit = configuration.waitingByteLimit
    }

    /// Accepts all tickets or none.
    ///
    /// - Returns: why none was accepted.
    mutating func accept(_ tickets: [AppendTicket]) -> AppendError? {
        switch phase {
        case .open: break
        case .draining: return .unavailable(reason: "the log is shutting down")
        case .halted(let error), .closed(let error): return error
        }
        let bytes = tickets.reduce(0) { $0 + $1.bytes }
        // A large request may start alone, so that none is impossible.
        let isTooMuch = waiting.count + tickets.count > waitingLimit || waitingBytes + bytes > waitingByteLimit
        guard waiting.isEmpty || !isTooMuch else { return .overloaded(retryAfter: .seconds(1)) }
        waiting.append(contentsOf: tickets)
        waitingBytes += bytes
        return nil
    }

    /// What the lane does next.
    mutating func next(for lane: Int) -> Step {
        let isWorthIt = underWay.isEmpty || waiting.count >= laneThreshold
        let batch = isWorthIt ? takeBatch() : []
        if !batch.isEmpty {
            underWay.append((lane, Claims(batch)))
            return .work(batch)
        }
        switch phase {
        case .open, .halted: return .wait
        case .draining: return waiting.isEmpty ? .finished : .wait
        case .closed: return .finished
        }
    }

    /// Ends the lane's batch. What it gives back without an answer goes to the front.
    ///
    /// - Returns: why what it gives back must be answered instead, or nil.
    mutating func finish(_ lane: Int, returned: [AppendTicket]) -> AppendError? {
        underWay.removeAll { $0.lane == lane }
        switch phase {
        case .open, .draining:
            waiting.prepend(contentsOf: returned)
            waitingBytes += returned.reduce(0) { $0 + $1.bytes }
            return nil
        case .halted(let error), .closed(let error):
            return error
        }
    }

    /// Accepts nothing any more; the lanes end when what was accepted is answered.
    mutating func drain() {
        switch phase {
        case .open: phase = .draining
        case .halted(let error): phase = .closed(error)
        case .draining, .closed: break
        }
    }

    /// Accepts nothing any more and gives up what waits; the lanes stay until `drain()` or `close(_:)`.
    ///
    /// - Returns: the tickets to answer.
    mutating func halt(_ error: AppendError) -> [AppendTicket] {
        switch phase {
        case .open: phase = .halted(error)
        case .draining: phase = .closed(error)
        case .halted, .closed: break
        }
        return takeAll()
    }

    /// Accepts nothing any more and gives up what waits. The first reason to stop is the one that is told.
    ///
    /// - Returns: the tickets to answer.
    mutating func close(_ error: AppendError) -> [AppendTicket] {
        switch phase {
        case .open, .draining: phase = .closed(error)
        case .halted(let first): phase = .closed(first)
        case .closed: break
        }
        return takeAll()
    }

    private mutating func takeAll() -> [AppendTicket] {
        defer {
            waiting.removeAll()
            waitingBytes = 0
        }
        return Array(waiting)
    }

    private mutating func takeBatch() -> [AppendTicket] {
        var batch: [AppendTicket] = []
        var blocked: [AppendTicket] = []
        var blockedStreams: Set<StreamName> = []
        var events = 0
        var bytes = 0
        while blocked.count < Self.blockedLimit, let ticket = waiting.first {
            let count = ticket.append.eventCount
            guard batch.isEmpty || (events + count <= eventLimit && bytes + ticket.bytes <= byteLimit) else { break }
            waiting.removeFirst()
            guard !isBlocked(ticket, by: blockedStreams) else {
                for write in ticket.append.writes { blockedStreams.insert(write.stream) }
                blocked.append(ticket)
                continue
            }
            batch.append(ticket)
            events += count
            bytes += ticket.bytes
        }
        waiting.prepend(contentsOf: blocked)
        waitingBytes -= bytes
        return batch
    }

    private func isBlocked(_ ticket: AppendTicket, by blockedStreams: Set<StreamName>) -> Bool {
        underWay.contains { $0.claims.meet(ticket.append) }
            || ticket.append.writes.contains { blockedStreams.contains($0.stream) }
    }
}
