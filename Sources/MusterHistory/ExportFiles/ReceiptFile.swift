import EventLog
import EventSourcing
import Evidence
import Records

/// The receipts of all commands up to a position, one a line, for whoever is to verify an export.
///
/// They say what each event is by name, place and time, and commit to the rest of it by hashes: neither texts nor people are
/// in it. A stream may be named for a person, and the id of an imported row made of what says something of one; without a
/// purpose such receipts are left out.
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

    func write(
        to sink: ReceiptSink,
        under checkpoint: SignedCheckpoint,
        _ catalogue: ExportCatalogue,
        progress: (Int) -> Void
    ) async throws {
        let seals = Seals(log: log)
        var position = Position.origin
        var open = OpenReceipt()
        while position < last {
            try Task.checkCancellation()
            let limit = min(Int64(Self.pageSize), last.rawValue - position.rawValue)
            let events = try await log.events(after: position, limit: Int(limit))
            guard let newest = events.last else { break }
            var closed: [OpenReceipt] = []
            for (event, item) in zip(events, try await seals.items(of: events, under: checkpoint)) {
                if let first = open.items.first, first.entry.id.command != item.entry.id.command {
                    closed.append(open)
                    open = OpenReceipt()
                }
                open.items.append(item)
                if !isNamed, try namesPerson(event, catalogue) { open.namesPerson = true }
            }
            position = newest.position
            if position == last { closed.append(open) }
            let receipts = closed.filter { !$0.namesPerson }.compactMap { receipt in
                receipt.items.first.map { first in
                    Receipt(command: first.entry.id.command, items: receipt.items, checkpoint: checkpoint)
                }
            }
            try await sink.take(receipts, leftOut: closed.count - receipts.count)
            progress(events.count)
        }
        try await sink.finish()
    }

    private func namesPerson(_ event: RecordedEvent, _ catalogue: ExportCatalogue) throws(ExportFileError) -> Bool {
        do throws(Problems) {
            return try catalogue.namesPerson(event)
        } catch {
            throw .unreadable(position: event.position.rawValue)
        }
    }
}

/// What is known of a receipt before the events of its command are all read.
private struct OpenReceipt {
    var items: [Receipt.Item] = []
    var namesPerson = false
}

/// Writes receipts on a thread of its own.
actor ReceiptSink {
    nonisolated let unownedExecutor: UnownedSerialExecutor
    private let executor: BlockingExecutor
    private let output: ExportOutput
    private(set) var summary: ReceiptSummary

    init(path: String, replaces: Bool) throws(ExportFileError) {
        output = try ExportOutput(path: path, replaces: replaces)
        summary = ReceiptSummary(path: path)
        executor = BlockingExecutor(label: "muster.export.receipts")
        unownedExecutor = executor.asUnownedSerialExecutor()
    }

    /// - Parameter leftOut: how many others name a person.
    func take(_ receipts: [Receipt], leftOut: Int) throws {
        for receipt in receipts {
            try output.write(Receipt.record.encode(receipt))
            try output.write(CollectionOfOne(0x0A))
        }
        summary.written += receipts.count
        summary.leftOut += leftOut
    }

    func finish() throws { try output.finish() }

    /// Leaves nothing behind.
    func abandon() { output.abandon() }
}
