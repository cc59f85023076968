import EventSourcing

/// What is to be done with the appends of a batch, decided one after the other in memory.
///
/// Refusals are given on fresh knowledge alone: an append that disagrees with what is merely remembered is asked about
/// first, since its command may be known already, or its stream may have moved. An append that disagrees with one before
/// it in the batch goes back to the queue, since the one before is not yet committed.
struct AppendPlan {
    /// An append that will be sent, with the head of each of its streams before it.
    struct Write {
        let ticket: AppendTicket
        let heads: [StreamHead]
    }

    private(set) var writes: [Write] = []
    /// How many events will be sent.
    private(set) var eventCount = 0
    private(set) var refused: [(AppendTicket, Verdict)] = []
    private(set) var invalid: [(AppendTicket, AppendError)] = []
    /// To be asked about before anything of the batch is sent.
    private(set) var unknown: [AppendTicket] = []
    /// To be tried again after this batch, on fresh knowledge.
    private(set) var deferred: [AppendTicket] = []
    /// Streams that get their number with this batch.
    private(set) var newStreams: [(id: Int32, name: StreamName)] = []
    /// How many numbers for new streams were lacking; when not 0 the plan cannot be carried out.
    private(set) var missingStreamIDs = 0

    /// The heads after the batch.
    private(set) var heads: [StreamName: StreamHead] = [:]
    private var commands: Set<CommandID> = []
    private let guessesNewStreams: Bool
    /// Whether anything was taken for new that may not be.
    private(set) var hasGuessed = false

    /// Decides about the tickets in their order.
    ///
    /// - Parameters:
    ///   - remembered: may be behind the log, never ahead of it.
    ///   - answers: what the database has said for this batch.
    ///   - guessesNewStreams: whether an append that is content with any version may take a stream that nothing is known
    ///     of for a new one. When it is not, the name's key refuses the batch.
    ///   - streamIDs: unused numbers for new streams.
    init(
        _ tickets: [AppendTicket],
        remembered: inout StreamHeads,
        answers: AppendAnswers,
        guessesNewStreams: Bool = false,
        streamIDs: inout StreamIDs
    ) {
        self.guessesNewStreams = guessesNewStreams
        writes.reserveCapacity(tickets.count)
        heads.reserveCapacity(tickets.count)
        commands.reserveCapacity(tickets.count)
        var ids = streamIDs
        for ticket in tickets {
            decide(ticket, &remembered, answers, &ids)
        }
        if isComplete { streamIDs = ids }
    }

    var isComplete: Bool { unknown.isEmpty && missingStreamIDs == 0 }

    private mutating func decide(
        _ ticket: AppendTicket,
        _ remembered: inout StreamHeads,
        _ answers: AppendAnswers,
        _ streamIDs: inout StreamIDs
    ) {
        let append = ticket.append
        let isAsked = answers.covers(append.command)
        if ticket.mustAsk, !isAsked { return unknown.append(ticket) }
        if let receipt = answers.receipts[append.command] {
            return refused.append((ticket, ticket.mayBeWritten ? .appended(receipt) : .duplicate(of: receipt)))
        }
        if commands.contains(append.command) { return putOff(ticket) }

        var before: [StreamHead] = []
        before.reserveCapacity(append.writes.count)
        for write in append.writes {
            let changed = heads[write.stream]
            let known = changed ?? answers.heads[write.stream] ?? remembered[write.stream]
            if known == nil, !isAsked, !write.expected.isForNewStream {
                guard guessesNewStreams, write.expected == .any else { return unknown.append(ticket) }
                hasGuessed = true
            }
            let version = known?.version ?? .none
            guard write.expected.isMet(by: version) else {
                if changed != nil { return putOff(ticket) }
                guard isAsked else { return unknown.append(ticket) }
                return refused.append((ticket, .conflict(stream: write.stream, actual: version)))
            }
            guard version.rawValue <= Int32.max - Int32(write.events.count) else {
                return invalid.append((ticket, .invalid(reason: "stream \(write.stream) is full")))
            }
            // A new stream gets its number when it is certain that the append is sent.
            before.append(known ?? StreamHead(id: 0, version: .none))
        }
        for (index, write) in append.writes.enumerated() {
            if before[index].id == 0 {
                guard let id = streamIDs.take() else {
                    missingStreamIDs += 1
                    continue
                }
                before[index] = StreamHead(id: id, version: .none)
                newStreams.append((id, write.stream))
            }
            heads[write.stream] = StreamHead(
                id: before[index].id,
                version: before[index].version.advanced(by: write.events.count)
            )
        }
        commands.insert(append.command)
        writes.append(Write(ticket: ticket, heads: before))
        eventCount += append.eventCount
    }

    private mutating func putOff(_ ticket: AppendTicket) {
        var ticket = ticket
        ticket.mustAsk = true
        deferred.append(ticket)
    }
}

extension ExpectedVersion {
    fileprivate var isForNewStream: Bool {
        switch self {
        case .noStream, .exactly(.none): true
        case .exactly, .streamExists, .any: false
        }
    }

    /// Whether a stream at this version is as the writer believes.
    func isMet(by version: StreamVersion) -> Bool {
        switch self {
        case .exactly(let expected): version == expected
        case .noStream: version == .none
        case .streamExists: version > .none
        case .any: true
        }
    }
}
