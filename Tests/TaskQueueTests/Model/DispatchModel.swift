import MusterTesting

/// Dispatchers of one queue, its enqueuers and its workers, at sizes at which every state can be visited.
///
/// Which numbers are still looked for, the real `NumberHorizon` decides. The rest retells `Dispatcher`, `DispatchRounds`,
/// `SegmentKeeping`, `Restoration` and the functions of the database in steps as small as something else may come between
/// them. A pause of any length needs no step: whoever is never chosen is paused. More may happen here than there: any lease
/// may run out, and any segment may be left, carried and emptied, as soon as nothing but economy forbids it.
///
/// Left out is what changes no order: payloads, keys, priorities, rates, retries (a task that fails is one whose lease
/// ends), several decisions in one transaction (as if they came one after the other, and are lost together).
struct DispatchModel: ExploredModel, Sendable {
    /// Wrong protocols. The model must find out each of them.
    enum Mistake: CaseIterable {
        // Who leads.
        /// Leading means having raised the epoch, which each statement compares before it writes.
        case leadsByEpoch
        /// The lock is held in one session and the steps are written over another.
        case writesBesideLock
        case readsBeforeLock
        /// Whoever takes over takes no lease for a running one.
        case forgetsLeases

        // What is said.
        case answersBeforeCommit
        case acceptsAnyToken
        /// Nothing is written with a refusal: a dispatcher that does not know yet that it leads no more can say it.
        case refusesUnproven

        // What was enqueued.
        case looksOnlyAbove
        /// A task takes its number before its transaction takes one.
        case numbersBeforeTransaction
        /// A gap is given up by the snapshot's xmax, above which transactions may be under way.
        case boundsByXmax
        /// Transactions that were under way when the tables were read are not looked for.
        case settlesNothing

        // Segments.
        case countsBeforeLock
        case emptiesWithoutEpoch
        /// Also one that tasks were carried to before the one they came from.
        case emptiesInAnyOrder
        /// A segment is emptied before the highest step in it was written elsewhere.
        case forgetsLastStep
        /// Of the rows of a task that was carried, the first counts.
        case countsOldestRow
        /// When nobody heard whether a segment was emptied, it is tried again with what was known before.
        case emptiesAgainUnheard
    }

    enum Fault: CaseIterable {
        /// A dispatcher's connection is lost, or it is killed; what it has sent may still arrive.
        case dispatcherLost
        /// Its session is ended on the server, and it does not know yet.
        case sessionEnded
        case answerLost
        case workerKilled
        /// A segment is emptied, and nobody hears of it.
        case emptiedUnheard
    }

    var taskCount = 1
    var workerCount = 2
    var dispatcherCount = 2
    /// How many tasks may be leased at once.
    var limit = 1
    /// What a way has of these at most.
    var leaseLimit = 2
    var leadLimit = 2
    var switchLimit = 0
    var faults: [Fault] = []
    var faultLimit = 1
    var canRollBack = false
    /// Whether a dispatcher also hears of single tasks, beside looking for all.
    var isAnnounced = false
    var mistake: Mistake?

    var segmentCount: Int { switchLimit + 1 }

    func isPossible(_ fault: Fault, in state: State) -> Bool {
        state.faultCount < faultLimit && faults.contains(fault)
    }

    // MARK: States

    struct State: Hashable {
        // What is stored.
        /// By task, the newest of one task last.
        var rows: [Row] = []
        var steps: [StoredStep] = []
        var storedStep = 0
        var segment = 1
        var epoch = 0

        // What the server knows.
        var lastNumber = 0
        var lastTransaction = 0
        /// The highest transaction number among those that have ended.
        var lastEnded = 0
        var lock: Holder?
        /// Statements whose clients are gone.
        var orphans: [Statement] = []
        var emptyings: [Emptying] = []

        var enqueuers: [Enqueuer]
        var dispatchers: [Dispatcher]
        var workers: [Worker]
        /// On their way, each once, in a fixed order.
        var answers: [Answer] = []

        var leaseCount = 0
        var switchCount = 0
        var faultCount = 0

        // What nobody in the system knows.
        /// Of each task, by its number.
        var lives: [Life]
        /// Tasks of which a worker has heard that they are ended.
        var acknowledged: Set<Int> = []
        /// Tokens whose term has passed, or whose worker is silent or has not got the lease.
        var expired: Set<Int> = []
        /// Set by the step that broke it.
        var broken: String?
    }

    /// What was made durable of a task, wherever it may be stored.
    struct Life: Hashable {
        enum Phase: Hashable {
            case unknown, ready, leased, done
        }

        var phase = Phase.unknown
        /// The newest.
        var token = 0
    }

    struct Row: Hashable {
        let task: Int
        let segment: Int
        var carried = 0
    }

    struct StoredStep: Hashable {
        enum Kind: Hashable {
            case lease, over, done
        }

        let kind: Kind
        let number: Int
        let task: Int
        let token: Int
        let segment: Int
    }

    /// A transaction that enqueues one task.
    enum Enqueuer: Hashable {
        struct Enqueuing: Hashable {
            /// Which was the current one when it looked.
            let segment: Int
            var transaction = 0
            var number = 0
        }

        case idle
        case begun(Enqueuing)
        case inserted(Enqueuing)
        case ended

        var underWay: Enqueuing? {
            switch self {
            case .begun(let enqueuing), .inserted(let enqueuing): enqueuing
            case .idle, .ended: nil
            }
        }
    }

    enum Holder: Hashable {
        case dispatcher(Int)
        /// A session whose client is gone has it as long as its statement runs.
        case orphan
    }

    struct Dispatcher: Hashable {
        enum Phase: Hashable {
            case idle, locked, reading, leading
        }

        var phase = Phase.idle
        var epoch = 0
        /// Otherwise it was ended on the server, and the dispatcher does not know it yet.
        var hasSession = true
        var memory: Memory?
        var statement: Statement?
    }

    /// What a dispatcher writes, and what it answers then.
    struct Statement: Hashable {
        enum Kind: Hashable {
            case write(StoredStep)
            /// Writes nothing: that it is answered shows that the session, and so the lock, is there.
            case prove
            case advance(segment: Int)
            case carry([Row])
            case note(step: Int, emptying: Int, rows: Int)
        }

        enum Phase: Hashable {
            case sent
            /// Has compared the epoch, as the mistake has it.
            case compared
            case committed
        }

        let kind: Kind
        let epoch: Int
        var answer: Answer?
        var phase = Phase.sent
    }

    /// A transaction beside the dispatcher's session.
    struct Emptying: Hashable {
        let segment: Int
        let epoch: Int
        let rows: Int
        /// Has seen that its dispatcher leads, and keeps others from leading until it ends.
        var isChecked = false
        /// As the mistake has it.
        var counted: Int?
    }

    enum Worker: Hashable {
        /// Says that it wants a task until it hears of one.
        case waiting
        /// Has one, does it at some time, and says then that it has, until it hears.
        case working(task: Int, token: Int)
    }

    struct Answer: Hashable, Comparable {
        enum Kind: Int, Hashable {
            case grant, accept, refuse
        }

        let kind: Kind
        let worker: Int
        let task: Int
        let token: Int

        static func < (lhs: Answer, rhs: Answer) -> Bool {
            (lhs.worker, lhs.token, lhs.task, lhs.kind.rawValue) < (rhs.worker, rhs.token, rhs.task, rhs.kind.rawValue)
        }
    }

    enum Step: Hashable, Sendable {
        case begin(Int), insert(Int), commit(Int), rollBack(Int)
        case readEarly(Int), lock(Int), lead(Int), read(Int)
        case look(Int), announce(Int, task: Int)
        case grant(Int, worker: Int, task: Int)
        case acknowledge(Int, worker: Int)
        case noticeEnd(Int, task: Int)
        case advance(Int), carry(Int, segment: Int), empty(Int, segment: Int)
        case serve(Int), hear(Int), serveOrphan(Int)
        case checkEmptying(Int), truncate(Int, isHeard: Bool), failEmptying(Int)
        case deliver(Answer)
        case expire(token: Int)
        case endSession(Int)
        /// It finds that out.
        case stepDown(Int)
        case lose(Int, arrives: Bool)
        case loseAnswer(Answer)
        case killWorker(Int)
    }

    var initial: State {
        State(
            enqueuers: Array(repeating: .idle, count: taskCount),
            dispatchers: Array(repeating: Dispatcher(), count: dispatcherCount),
            workers: Array(repeating: .waiting, count: workerCount),
            lives: Array(repeating: Life(), count: taskCount)
        )
    }
}

extension DispatchModel.Answer: CustomStringConvertible {
    var description: String { "\(kind): task \(task) under \(token), to worker \(worker)" }
}
