import EventSourcing

/// Turns pages of events into the bytes of a file, on a thread of its own, since its work blocks.
actor ExportSink {
    private struct Parts {
        let writer: any ExportWriter
        let cleaner: EventCleaner
        let maker: ItemMaker
    }

    nonisolated let unownedExecutor: UnownedSerialExecutor
    private let executor: BlockingExecutor
    private let options: ExportOptions
    private let output: ExportOutput
    private var parts: Parts?
    /// Events of the last pass.
    private(set) var events = 0

    /// Opens the file.
    init(path: String, options: ExportOptions) throws(ExportFileError) {
        self.options = options
        output = try ExportOutput(path: path, replaces: options.replaces)
        executor = BlockingExecutor(label: "muster.export")
        unownedExecutor = executor.asUnownedSerialExecutor()
    }

    var passes: Int { parts?.writer.passes ?? 0 }
    var readsByStream: Bool { parts?.writer.readsByStream ?? false }

    func begin(_ head: ExportHead, _ catalogue: ExportCatalogue, pseudonymKey: [UInt8]) throws {
        parts = Parts(
            writer: try options.format.makeWriter(output, head, catalogue),
            cleaner: EventCleaner(
                catalogue: catalogue,
                pseudonyms: Pseudonyms(key: pseudonymKey),
                isNamed: options.purpose != nil
            ),
            maker: ItemMaker(catalogue: catalogue)
        )
    }

    func begin(pass: Int) throws {
        events = 0
        try parts?.writer.begin(pass: pass)
    }

    func take(_ page: [RecordedEvent]) throws {
        guard let parts else { return }
        for event in page {
            let clean = try parts.cleaner.clean(event)
            // CloudEvents are the events themselves.
            let items = options.format == .ndjson ? [] : try parts.maker.items(of: clean)
            try parts.writer.take(clean, items)
        }
        events += page.count
    }

    func take(_ streams: [StreamName]) throws {
        guard let parts else { return }
        try parts.writer.take(streams.map(parts.cleaner.clean))
    }

    func end(pass: Int) throws { try parts?.writer.end(pass: pass) }

    /// Leaves nothing behind.
    func abandon() {
        parts = nil
        output.abandon()
    }

    /// Gives the file its name.
    func finish(position: Int64, receipts: ReceiptSummary?) throws -> ExportSummary {
        let written = parts?.writer.written ?? 0
        // A writer may hold the file open.
        parts = nil
        try output.finish()
        return ExportSummary(
            position: position,
            events: events,
            written: written,
            byteCount: output.byteCount,
            receipts: receipts
        )
    }
}
