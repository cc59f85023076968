/// What the server still owes for the statements of one pipeline, matched in order with what arrives.
///
/// libpq answers each statement with its results and then nil, and the sync at the end with one result of its own and no
/// nil. An error aborts every statement up to the sync; each of those is answered as aborted. An error can also stand in
/// the place of the sync itself, when the implicit commit there fails: then no statement has had any effect.
struct PipelineQueue: Sendable {
    enum Entry: Sendable, Hashable {
        case prepare(call: Int)
        case execute(call: Int)
        case sync
    }

    enum Arrival: Sendable, Hashable {
        case success
        case error
        case aborted
        case sync
        /// The nil that ends the results of a statement.
        case end
    }

    enum Action: Sendable, Hashable {
        case prepared(call: Int)
        case succeeded(call: Int)
        case failed(call: Int)
        /// Not executed, because an earlier statement failed.
        case aborted(call: Int)
        /// The commit at the sync failed: every call of the pipeline did.
        case commitFailed
        /// Nothing to do; take the next result.
        case proceed
        /// The sync has arrived: the pipeline is done.
        case finished
        /// The server or libpq did what the protocol does not allow.
        case violation
    }

    private var entries: [Entry] = []
    private var head = 0
    /// Whether the statement at the head has been answered and its nil is due.
    private var isAnswered = false

    mutating func append(_ entry: Entry) {
        entries.append(entry)
    }

    mutating func receive(_ arrival: Arrival) -> Action {
        guard head < entries.count else { return .violation }
        switch (entries[head], arrival) {
        case (.sync, .sync):
            head += 1
            return .finished
        case (.sync, .error):
            return .commitFailed
        case (.sync, .end):
            return .proceed
        case (.sync, _), (_, .sync):
            return .violation
        case (_, .end):
            guard isAnswered else { return .violation }
            isAnswered = false
            head += 1
            return .proceed
        case (.prepare(let call), .success):
            return answered(.prepared(call: call))
        case (.execute(let call), .success):
            return answered(.succeeded(call: call))
        case (.prepare(let call), .error), (.execute(let call), .error):
            return answered(.failed(call: call))
        case (.prepare(let call), .aborted), (.execute(let call), .aborted):
            return answered(.aborted(call: call))
        }
    }

    private mutating func answered(_ action: Action) -> Action {
        guard !isAnswered else { return .violation }
        isAnswered = true
        return action
    }
}
