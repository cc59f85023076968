import EventSourcing

/// What processes say to each other about a queue, as the payload of a notification.
///
/// Nothing in it is needed to keep a promise: what gets lost is said again, or found by looking.
enum QueueMessage: Hashable, Sendable {
    /// To the dispatcher: a worker's turn.
    case turn(RemoteTurn)
    /// To the dispatcher: a lease came when nobody waited for it any more.
    case unclaimed(token: Int64)
    /// To the dispatcher: nobody waits for the answer any more.
    case withdraw(process: String, id: Int)
    /// To the dispatcher: a process lives.
    case alive(process: String)
    /// To the dispatcher: what a process holds, since it may not have got all that was leased to it.
    case holds(RemoteHolding)
    /// To the dispatcher: there is something new to be found in the tables.
    case look
    /// To the dispatcher: somebody wants to know how the lanes stand.
    case report
    /// To a process: the answer to a turn.
    case answer(RemoteAnswer)
    /// To all: a dispatcher leads, and hears. Whoever waits for an answer of another, or said something while it did not
    /// hear, asks again.
    case leads(Leading)

    /// Whether it is sent again when the line broke; others are news of a moment.
    var mustArrive: Bool {
        switch self {
        case .turn, .unclaimed, .withdraw, .holds, .answer: true
        case .alive, .look, .report, .leads: false
        }
    }
}

/// A turn on its way to a dispatcher in another process.
struct RemoteTurn: Hashable, Sendable {
    struct Failure: Hashable, Sendable {
        let grant: [Int64]
        let error: String
        /// Microseconds; -1 for the backoff, null for a dead letter. Below that the attempt does not count: -2 minus the wait.
        let wait: Int64?

        /// In a message it has no more bytes.
        var byteLimit: Int { error.utf8.count + 120 }
    }

    struct Demand: Hashable, Sendable {
        let agencies: [String]
        let amounts: [Int]
        let amount: Int
        let term: Int64
        let isBound: Bool
    }

    let process: String
    let id: Int
    let worker: String
    let agency: String?
    /// Task and token, one after the other.
    var done: [Int64] = []
    var withheld: [Int64] = []
    var reason: String?
    var failed: [Failure] = []
    var extended: [Int64] = []
    var extensionTerm: Int64 = 0
    var demand: Demand?
    /// Microseconds.
    var patience: Int64 = 0
}

/// Who leads, and by how many lines it has heard until now.
struct Leading: Hashable, Comparable, Sendable {
    let epoch: Int64
    let line: Int

    static func < (lhs: Leading, rhs: Leading) -> Bool { (lhs.epoch, lhs.line) < (rhs.epoch, rhs.line) }
}

/// What a process has of what ends with it, said after all its turns before.
struct RemoteHolding: Hashable, Sendable {
    /// A longer one would not fit into a message.
    static let limit = 350

    let process: String
    /// The dispatcher that it is said to: what another leased it does not know of.
    let epoch: Int64
    let tokens: [Int64]
    /// Turns whose answers may bring more.
    let awaited: [Int]
}

/// What was leased, or refused. Who gets it reads the tasks themselves when their contents did not fit.
struct RemoteAnswer: Hashable, Sendable {
    /// What a worker is told of a task.
    struct Content: Hashable, Sendable {
        let agency: String
        let kind: String
        let uniqueKey: String?
        let priority: Int16
        /// Microseconds since 1970.
        let enqueued: Int64
        let payload: String

        /// In a message it has, with its task's numbers, no more bytes.
        var byteLimit: Int {
            agency.utf8.count + kind.utf8.count + (uniqueKey?.utf8.count ?? 0) + payload.utf8.count + 100
        }
    }

    let id: Int
    /// Of the dispatcher that gives it.
    let epoch: Int64
    var refused: [Int64] = []
    var tasks: [Int64] = []
    var segments: [Int16] = []
    var attempts: [Int32] = []
    var token: Int64 = 0
    var deadline: Int64 = 0
    /// Of all tasks, or none.
    var contents: [Content] = []
    /// What went wrong; the turn may be said again.
    var error: String?
    var isOverloaded = false
}

extension RemoteTurn {
    /// The messages that say a turn: one, or several when it is long. The demand is in the last.
    ///
    /// - Parameter next: numbers for those before the last.
    static func messages(
        of turn: Turn,
        id: Int,
        process: String,
        patience: Duration,
        next: () -> Int
    ) -> [RemoteTurn] {
        var messages: [RemoteTurn] = []
        func part(_ id: Int) -> RemoteTurn {
            RemoteTurn(
                process: process,
                id: id,
                worker: turn.worker.storable,
                agency: turn.agency,
                reason: turn.reason?.storable
            )
        }
        // A hundred and twenty pairs of numbers are sure to fit beside a reason.
        for grants in turn.done.parts(of: 120) {
            messages.append(part(next()))
            messages[messages.count - 1].done = grants.numbers
        }
        for grants in turn.withheld.parts(of: 120) {
            messages.append(part(next()))
            messages[messages.count - 1].withheld = grants.numbers
        }
        var room = 0
        for failure in turn.failed {
            let failed = Failure(
                grant: [failure.grant].numbers,
                error: failure.error.storable,
                wait: failure.consequence.microseconds
            )
            if failed.byteLimit > room {
                messages.append(part(next()))
                room = QueueMessage.maximumBytes - 1_500
            }
            messages[messages.count - 1].failed.append(failed)
            room -= failed.byteLimit
        }
        for grants in turn.extended.parts(of: 120) {
            messages.append(part(next()))
            messages[messages.count - 1].extended = grants.numbers
            messages[messages.count - 1].extensionTerm = turn.extensionTerm.wholeMicroseconds
        }
        if let demand = turn.demand {
            var last = part(id)
            // Of very many agencies each time others.
            let shares = demand.shares.count <= 80 ? demand.shares : Array(demand.shares.shuffled().prefix(80))
            last.demand = Demand(
                agencies: shares.map(\.agency),
                amounts: shares.map(\.amount),
                amount: min(demand.amount, RemoteDispatcher.maximumTasks),
                term: demand.term.wholeMicroseconds,
                isBound: demand.endsWithProcess
            )
            last.patience = patience.wholeMicroseconds
            messages.append(last)
        }
        return messages
    }

    /// The turn as the dispatcher takes it.
    var turn: Turn {
        var turn = Turn(worker: worker, agency: agency)
        turn.done = done.grants
        turn.withheld = withheld.grants
        turn.reason = reason
        turn.failed = failed.compactMap { failure in
            failure.grant.grants.first.map { TaskFailure($0, error: failure.error, .init(microseconds: failure.wait)) }
        }
        turn.extended = extended.grants
        turn.extensionTerm = .microseconds(extensionTerm)
        turn.demand = demand.map {
            Turn.Demand(
                zip($0.agencies, $0.amounts).map { Turn.Demand.Share(agency: $0, amount: $1) },
                amount: $0.amount,
                term: .microseconds($0.term),
                endsWithProcess: $0.isBound
            )
        }
        return turn
    }
}

extension RemoteAnswer {
    init(id: Int, epoch: Int64, _ result: Result<DispatchInbox.Answer, QueueError>) {
        self.init(id: id, epoch: epoch)
        switch result {
        case .success(let answer):
            refused = answer.refused.numbers
            tasks = answer.tasks.map(\.number)
            segments = answer.tasks.map(\.segment)
            attempts = answer.tasks.map(\.attempt)
            token = answer.tasks.first?.token ?? 0
            deadline = answer.tasks.first?.deadline ?? 0
            let contents = answer.tasks.compactMap(Content.init)
            let room = QueueMessage.maximumBytes - 500 - 20 * refused.count
            if contents.count == tasks.count, contents.reduce(0, { $0 + $1.byteLimit }) <= room {
                self.contents = contents
            }
        case .failure(let error):
            self.error = error.description
            isOverloaded = error == .overloaded
        }
    }
}

extension RemoteAnswer.Content {
    /// Nil when the dispatcher does not remember it.
    init?(_ task: DispatchState.Granted) {
        guard let content = task.content else { return nil }
        self.init(
            agency: task.agency,
            kind: task.kind,
            uniqueKey: content.uniqueKey,
            priority: task.priority,
            enqueued: task.enqueued,
            payload: content.payload
        )
    }
}

extension TaskFailure.Consequence {
    fileprivate var microseconds: Int64? {
        switch self {
        case .backOff: -1
        case .retry(let wait): max(0, wait.wholeMicroseconds)
        case .giveBack(let wait): -2 - min(max(0, wait.wholeMicroseconds), .max - 2)
        case .bury: nil
        }
    }

    fileprivate init(microseconds: Int64?) {
        switch microseconds {
        case nil: self = .bury
        case .some(-1): self = .backOff
        case .some(let wait) where wait < 0: self = .giveBack(after: .microseconds(-2 - max(wait, -.max)))
        case .some(let wait): self = .retry(after: .microseconds(wait))
        }
    }
}

extension [Grant] {
    var numbers: [Int64] { flatMap { [$0.task.rawValue, $0.token.rawValue] } }
}

extension [Int64] {
    var grants: [Grant] {
        stride(from: 0, to: count - 1, by: 2).map { index in
            Grant(task: TaskNumber(self[index]), token: FencingToken(self[index + 1]))
        }
    }
}

extension Array {
    fileprivate func parts(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
