import ArgumentParser
import Evidence
import Logging
import MusterHistory
import MusterRuntime

/// Takes a log out of the database: as a file that other tools read, or its evidence.
struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a log as a file for other tools, or its evidence into a directory.",
        discussion: """
            Formats: xes (IEEE 1849), ocel-json, ocel-xml and ocel-sqlite (OCEL 2.0), csv (RFC 4180), ndjson (CloudEvents \
            1.0), geojson (RFC 7946). The same log up to the same position gives the same bytes. What says something of a \
            person is left out and people stand under pseudonyms, unless --purpose says why they must be named. A name \
            that ends in .gz is compressed.

              muster export --format xes -o town.xes --log town
              muster export --format csv -o calls.csv.gz --log calls-2020

            With --evidence the directory holds checkpoints, tiles and entries as C2SP tlog-tiles lays them out, the \
            contents of all events, and the public keys. Such an export that was interrupted goes on when it is run \
            again, and an old one grows.
            """
    )

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The log.")
    var log = "town"

    @Option(help: "\(ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format: ExportFormat?

    @Option(name: [.short, .customLong("output")], help: ArgumentHelp("The file to write.", valueName: "file"))
    var output: String?

    @Option(help: "Take the events up to this position, instead of all.")
    var position: Int64?

    @Option(
        name: .customLong("case"),
        help: ArgumentHelp(
            "With xes: the streams that are cases, as matter, incident or directive; * for all (default: matter, or the "
                + "cases of an import).",
            valueName: "category"
        )
    )
    var category: String?

    @Option(help: "Why people must be named: keeps their names and what they said. It stands in the file.")
    var purpose: String?

    @Option(help: "Directory of the key by which personal fields are read, instead of keys/ in --data.")
    var keys: String?

    @Flag(help: "Also write FILE.receipts.ndjson, by which a reader can prove the events: muster verify --receipts.")
    var receipts = false

    @Flag(help: "Replace the file if it is there.")
    var force = false

    @Option(
        help: ArgumentHelp("Write the evidence into this directory; it is made if it is not there.", valueName: "dir")
    )
    var evidence: String?

    func validate() throws {
        try LogOptions.check(log)
        if evidence != nil {
            guard format == nil, output == nil, position == nil, category == nil, purpose == nil, !receipts, !force
            else {
                throw ValidationError("--evidence takes the whole log as it is: none of the other options goes with it")
            }
            return
        }
        guard let format, let output, !output.isEmpty else {
            throw ValidationError("Say what to write: --format and -o FILE for a file, or --evidence DIR")
        }
        if let position, position < 0 { throw ValidationError("--position is 0 or more, not \(position)") }
        if category != nil, format != .xes { throw ValidationError("--case is for xes") }
        if let purpose {
            let isOneLine = !purpose.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
            guard isOneLine, (3...200).contains(purpose.count) else {
                throw ValidationError("--purpose is one line of 3 to 200 characters, as 'audit 2026-031'")
            }
        } else if keys != nil {
            throw ValidationError("--keys is for --purpose: without one nothing is decrypted")
        }
    }

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        if let evidence { try await exportEvidence(to: evidence) } else { try await exportFile() }
    }

    private func exportFile() async throws {
        guard let format, let output else { return }
        var options = ExportOptions(format: format)
        options.position = position
        options.category = category
        options.purpose = purpose
        options.withReceipts = receipts
        options.replaces = force
        let name = try LogOptions.check(log)
        let verbs = ExportVerbs(
            access: database.access,
            log: name,
            keyDirectory: keys ?? (database.data ?? DatabaseAccess.defaultDirectory) + "/keys"
        )
        let line = ProgressLine()
        let summary: ExportSummary
        do {
            summary = try await verbs.export(options, to: output) { line.show($0) }
        } catch {
            line.end()
            throw error
        }
        line.end()
        let people = purpose == nil ? "people under pseudonyms" : "people named"
        print(
            "log \(name) → \(output): \(summary.written) \(format.unit) of \(summary.events) events up to position "
                + "\(summary.position), \(people)"
        )
        if let receipts = summary.receipts {
            let leftOut = receipts.leftOut == 0 ? "" : "; \(receipts.leftOut) would name people and are left out"
            print("receipts → \(receipts.path): \(receipts.written)\(leftOut)")
        }
    }

    private func exportEvidence(to directory: String) async throws {
        let name = try LogOptions.check(log)
        let line = ProgressLine()
        let checkpoint: SignedCheckpoint
        do {
            checkpoint = try await EvidenceVerbs.export(name, in: database.access, to: directory) { line.show($0) }
        } catch {
            line.end()
            throw error
        }
        line.end()
        print("log \(name) → \(directory): \(checkpoint.head.size) events under checkpoint \(checkpoint.head.root)")
    }
}

extension ExportFormat: ExpressibleByArgument {}

extension ExportFormat {
    /// What is counted.
    fileprivate var unit: String {
        switch self {
        case .geojson: "features"
        case .ndjson: "lines"
        case .xes, .ocelJSON, .ocelXML, .ocelSQLite, .csv: "activities"
        }
    }
}
