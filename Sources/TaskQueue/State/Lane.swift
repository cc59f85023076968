import HeapModule

/// The tasks of one kind for one agency.
struct Lane: Sendable {
    /// A task that can be handed out, in the order in which it is.
    struct ReadyTask: Comparable, Sendable {
        let rank: Int64
        let number: Int64
        let place: Int

        static func < (lhs: ReadyTask, rhs: ReadyTask) -> Bool {
            (lhs.rank, lhs.number) < (rhs.rank, rhs.number)
        }
    }

    /// What happened in the lane since it was last written down.
    struct Counts: Sendable, Hashable {
        var leased = 0
        var done = 0
        var withheld = 0
        var retried = 0
        var dead = 0
        /// Microseconds, of all that were leased together.
        var waited: Int64 = 0
        var longestWait: Int64 = 0
    }

    let agency: Int
    let kind: String
    var limit = QueueLimit()
    var gauge = RateGauge()
    /// With workers.
    var leased = 0
    /// May hold tasks that have ended or were scheduled anew meanwhile.
    var ready = Heap<ReadyTask>()
    /// Without those.
    var readyCount = 0
    var counts = Counts()
}

/// An agency as a dispatcher sees it.
struct Agency: Sendable {
    let name: String
    var lanes: [Int] = []
    var limit = QueueLimit()
    var gauge = RateGauge()
    /// With workers.
    var leased = 0
    /// Its last turn: whoever has waited longest is served next, and nobody catches up.
    var turn = 0
    /// When it is looked at again because a rate holds its tasks back.
    var wakesAt: Int64?
    /// Who waits for its tasks, the first to be served first; some may have got others meanwhile.
    var waiting: [Int] = []
}
