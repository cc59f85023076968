import EventSourcing

/// What the database has said about the appends of a batch.
struct AppendAnswers {
    /// Commands that were asked about, with all their streams.
    private(set) var asked: Set<CommandID> = []
    /// Commands that are in the log.
    private(set) var receipts: [CommandID: AppendReceipt] = [:]

    /// The streams of those commands; a stream that is not here does not exist.
    private(set) var heads: [StreamName: StreamHead] = [:]

    /// Whether nothing of what was asked about is in the log.
    var isEmpty: Bool { receipts.isEmpty && heads.isEmpty }

    func covers(_ command: CommandID) -> Bool { asked.contains(command) }

    mutating func add(
        asked commands: some Sequence<CommandID>,
        receipts: [CommandID: AppendReceipt],
        heads: [StreamName: StreamHead]
    ) {
        asked.formUnion(commands)
        self.receipts.merge(receipts) { _, new in new }
        self.heads.merge(heads) { _, new in new }
    }
}
