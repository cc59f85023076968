package import EventLog
package import EventSourcing
package import Evidence

/// Writes a log into a file that other tools read.
///
/// The events up to one position are read page by page, so that the memory does not grow with the log. The bytes follow from
/// these events and the options alone: the same position gives the same file whenever it is exported (R16.4), unless a
/// purpose was named and somebody was erased since.
package struct FileExport: Sendable {
    private static let pageSize = 2_000

    private let log: Log
    private let options: ExportOptions
    private let clear: @Sendable ([RecordedEvent]) async throws -> [RecordedEvent]

    /// - Parameter clear: decrypts what is personal in events; used when the options name a purpose.
    package init(
        log: Log,
        options: ExportOptions,
        clear: @escaping @Sendable ([RecordedEvent]) async throws -> [RecordedEvent] = { $0 }
    ) {
        self.log = log
        self.options = options
        if options.purpose == nil { self.clear = { $0 } } else { self.clear = clear }
    }

    /// Writes the file, and the receipts beside it when they are wanted. Whatever ends it early, what bears the file's name
    /// is as it was before.
    ///
    /// - Throws: `ExportFileError`, `LogError`, `PostgresError`, `CancellationError`.
    package func run(
        to path: String,
        progress: @Sendable @escaping (AuditProgress) -> Void = { _ in }
    ) async throws -> ExportSummary {
        if options.format == .ocelSQLite, path.hasSuffix(".gz") { throw ExportFileError.notCompressed(path: path) }
        let tail = try await log.tail()
        let last = options.position.map { Position($0) } ?? tail
        guard last <= tail, last >= .origin else {
            throw ExportFileError.beyondTail(position: last.rawValue, tail: tail.rawValue)
        }
        let head = ExportHead(
            log: log.name.rawValue,
            mode: log.mode.rawValue,
            position: last.rawValue,
            purpose: options.purpose
        )
        let receipts =
            options.withReceipts ? ReceiptFile(log: log, through: last, isNamed: options.purpose != nil) : nil
        // What cannot be proven yet is told before anything is written.
        let checkpoint = try await receipts?.checkpoint()
        let sink = try ExportSink(path: path, options: options)
        let receiptSink = try receipts.map { _ in
            try ReceiptSink(path: "\(path).receipts.ndjson", replaces: options.replaces)
        }
        do {
            let pseudonymKey = try await log.pseudonymKey()
            let catalogue = try await ExportCatalogue(
                of: log,
                through: last,
                pseudonyms: options.purpose == nil ? Pseudonyms(key: pseudonymKey) : nil
            )
            try await sink.begin(head, catalogue, pseudonymKey: pseudonymKey)
            let passes = await sink.passes
            var meter = Meter(total: Int(last.rawValue) * (passes + (receipts == nil ? 0 : 1)), progress: progress)
            for pass in 0..<passes {
                if pass > 0 { try await listStreams(through: last, into: sink) }
                try await write(pass, category(catalogue), through: last, into: sink, &meter)
            }
            if let receipts, let checkpoint, let receiptSink {
                try await receipts.write(to: receiptSink, under: checkpoint, catalogue) { meter.add($0) }
            }
            try Task.checkCancellation()
            return try await sink.finish(position: last.rawValue, receipts: await receiptSink?.summary)
        } catch {
            await sink.abandon()
            await receiptSink?.abandon()
            throw error
        }
    }

    private func write(
        _ pass: Int,
        _ category: String?,
        through last: Position,
        into sink: ExportSink,
        _ meter: inout Meter
    ) async throws {
        try await sink.begin(pass: pass)
        if await sink.readsByStream {
            try await readByStream(category, through: last, into: sink, &meter)
        } else {
            try await read(through: last, into: sink, &meter)
        }
        if options.category != nil, let category, await sink.events == 0 {
            throw ExportFileError.noSuchCategory(category)
        }
        try await sink.end(pass: pass)
    }

    private func category(_ catalogue: ExportCatalogue) -> String? {
        guard let category = options.category else { return catalogue.holdsRows ? "case" : "matter" }
        return category == "*" ? nil : category
    }

    /// While one page is written the next is read.
    private func read(through last: Position, into sink: ExportSink, _ meter: inout Meter) async throws {
        var page = try await self.page(after: .origin, through: last)
        while let newest = page.last?.position {
            try Task.checkCancellation()
            async let next = self.page(after: newest, through: last)
            try await sink.take(page)
            meter.add(page.count)
            page = try await next
        }
    }

    private func page(after position: Position, through last: Position) async throws -> [RecordedEvent] {
        let limit = min(Int64(Self.pageSize), last.rawValue - position.rawValue)
        guard limit > 0 else { return [] }
        return try await clear(try await log.events(after: position, limit: Int(limit)))
    }

    private func readByStream(
        _ category: String?,
        through last: Position,
        into sink: ExportSink,
        _ meter: inout Meter
    ) async throws {
        var page = try await streamPage(category, after: .origin, through: last)
        while let newest = page.next {
            try Task.checkCancellation()
            async let next = streamPage(category, after: newest, through: last)
            try await sink.take(page.events)
            meter.add(page.passed)
            page = try await next
        }
    }

    private func streamPage(
        _ category: String?,
        after cursor: StreamCursor,
        through last: Position
    ) async throws -> (events: [RecordedEvent], next: StreamCursor?, passed: Int) {
        let page = try await log.streamPage(of: category, after: cursor, through: last, limit: Self.pageSize)
        return (try await clear(page.events), page.next, page.passed)
    }

    private func listStreams(through last: Position, into sink: ExportSink) async throws {
        var cursor = StreamCursor.origin
        while true {
            try Task.checkCancellation()
            let listing = try await log.streamNames(after: cursor, through: last, limit: Self.pageSize)
            guard let next = listing.next else { return }
            try await sink.take(listing.streams)
            cursor = next
        }
    }
}

/// Tells how far an export is.
private struct Meter {
    private let total: Int
    private let start = ContinuousClock.now
    private let progress: @Sendable (AuditProgress) -> Void
    private var events = 0

    init(total: Int, progress: @Sendable @escaping (AuditProgress) -> Void) {
        self.total = total
        self.progress = progress
    }

    mutating func add(_ count: Int) {
        events = min(events + count, total)
        progress(AuditProgress(events: events, totalEvents: total, elapsed: .now - start))
    }
}
