/// Something that happened to tasks of one segment, as it is written down.
struct Step: Sendable, Hashable {
    enum Kind: String, Sendable, Hashable {
        /// `back`: given back, and the lease is none of the task's attempts.
        case lease, extend, over, done, withheld, retry, back, dead
    }

    /// Of one row; a page has room for some nine hundred.
    static let maximumTasks = 500

    let number: Int64
    let segment: Int16
    let kind: Kind
    /// 0 for tasks that were never leased.
    let lease: Int64
    var tasks: [Int64]
    /// Microseconds since 1970.
    let at: Int64
    /// Of a lease: its deadline. Of what is tried again: from when on.
    var until: Int64?
    var worker: String?
    var session: String?
    var note: String?
}

/// A task that becomes a dead letter.
struct Burial: Sendable, Hashable {
    let number: Int64
    let segment: Int16
    let attempts: Int32
    let error: String
}
