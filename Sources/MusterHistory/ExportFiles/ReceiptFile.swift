import EventLog
import EventSourcing
import Evidence
import Records

/// The receipts of all commands up to a position, one a line, for whoever is to verify an export.
///
/// They say what each event is by name, place and time, and commit to the rest of it by hashes: neither texts nor people are
/// in it. A stream may be named for a person; without a purpose receipts that name one are left out.
struct ReceiptFile: Sendable {
    private static let pageSize = 1_000

    private let log: Log
    private let last: Position
    private let isNamed: Bool

    /// - Parameter isNamed: whether a purpose was named.
    init(log: Log, through last: Position, isNamed: Bool) {
        self.log = log
        self.last = last
        self.isNamed = isNamed
    }

    /// The first checkpoint that covers all of it; the same whenever it is asked for.
    ///
    /// - Throws: `ExportFileError.notSealed`.
    func checkpoint() async throws -> SignedCheckpoint {
        let stored = try await Seals(log: log).checkpoints(after: Int(last.rawValue) - 1, limit: 1).first
        guard let stored else { throw ExportFileError.notSealed(position: last.rawValue) }
        do {
            // The notes of witnesses come later, and would make it another.
            return try SignedCheckpoint(encoded: stored.note)
        } catch {
            throw ExportFileError.notSealed(position: last.rawValue)
        }
    }

    private static func namesPerson(_ receipt: Receipt) -> Bool {
        receipt.items.contains { EventCleaner.namesPerson($0.entry.stream, of: $0.entry.type) }
    }

    func write(
        to sink: ReceiptSink,
        under checkpoint: SignedCheckpoint,
        progress: (Int) -> Void
    ) async throws {
        let seals = Seals(log: log)
        var position = Position.origin
        var open: [Receipt.Item] = []
        while position < last {
            try Task.checkCancellation()
            let limit = min(Int64(Self.pageSize), last.rawValue - position.rawValue)
            let events = try await log.events(after: position, limit: Int(limit))
            guard let newest = events.last else { break }
            var receipts: [Receipt] = []
            for item in try await seals.items(of: events, under: checkpoint) {
                if let first = open.first, first.entry.id.command != item.entry.id.command {
                    receipts.append(Receipt(command: first.entry.id.command, items: open, checkpoint: checkpoint))
                    open = []
                }
                open.append(item)
            }
            position = newest.position
            if position == last, let first = open.first {
                receipts.append(Receipt(command: first.entry.id.command, items: open, checkpoint: checkpoint))
            }
            try await sink.take(receipts.filter { isNamed || !Self.namesPerson($0) })
            progress(events.count)
        }
        try await sink.finish()
    }
}

/// Writes receipts on a thread of its own.
actor ReceiptSink {
    nonisolated let unownedExecutor: UnownedSerialExecutor
    private let executor: BlockingExecutor
    private let output: ExportOutput
    nonisolated let path: String

    init(path: String, replaces: Bool) throws(ExportFileError) {
        output = try ExportOutput(path: path, replaces: replaces)
        self.path = path
        executor = BlockingExecutor(label: "muster.export.receipts")
        unownedExecutor = executor.asUnownedSerialExecutor()
    }

    func take(_ receipts: [Receipt]) throws {
        for receipt in receipts {
            try output.write(Receipt.record.encode(receipt))
            try output.write(CollectionOfOne(0x0A))
        }
    }

    func finish() throws { try output.finish() }

    /// Leaves nothing behind.
    func abandon() { output.abandon() }
}
