import ArgumentParser
import Evidence
import Logging
import MusterHistory
import MusterRuntime
import Records

/// Proves that nothing was changed.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prove that a log, an export of it, or a receipt is what was sealed and signed.",
        discussion: """
            Without --export, --receipt and --receipts the log in the database is read from its first event. Each position that is not \
            what was sealed is named. Ends with 0 when all is proven, 1 when something is not, 64 for wrong use, 65 for \
            input that cannot be read.

              muster verify --log town
              muster verify --export DIR --key 'muster.example/v1/logs/town+1a2b3c4d+AQ…'
              muster verify --receipt FILE --key 'muster.example/v1/logs/town+1a2b3c4d+AQ…'
              muster verify --receipts FILE.receipts.ndjson --key 'muster.example/v1/logs/town+1a2b3c4d+AQ…'
            """
    )

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var trusted: KeyOptions

    @Option(help: "The log (default: town).")
    var log: String?

    @Option(help: ArgumentHelp("An export to verify, instead of the database.", valueName: "dir"))
    var export: String?

    @Option(help: ArgumentHelp("A receipt to verify, instead of the database.", valueName: "file"))
    var receipt: String?

    @Option(
        help: ArgumentHelp("Receipts to verify, one a line, as 'muster export --receipts' writes.", valueName: "file")
    )
    var receipts: String?

    @Option(
        name: .customLong("anchor"),
        help: ArgumentHelp(
            "A checkpoint that was kept elsewhere, which must be one of this log's; may be given several times.",
            valueName: "file"
        )
    )
    var anchors: [String] = []

    func validate() throws {
        let sources = [export, receipt, receipts].count { $0 != nil }
        guard sources < 2 else {
            throw ValidationError("--export, --receipt and --receipts exclude each other")
        }
        let isOnDatabase = sources == 0
        if !isOnDatabase, database.database != nil {
            throw ValidationError("--database excludes --export, --receipt and --receipts, which need none")
        }
        if !isOnDatabase, log != nil {
            throw ValidationError("--log excludes --export, --receipt and --receipts, which say it")
        }
        if receipt != nil || receipts != nil, !anchors.isEmpty {
            throw ValidationError("--anchor is not for a receipt")
        }
        if let log { try LogOptions.check(log) }
    }

    func run() async throws {
        LogOutput.bootstrap(level: .critical)
        if let receipt { return try verifyReceipt(receipt) }
        if let receipts { return try ReceiptLines(path: receipts).verify(trusting: trusted.trust(data: database.data)) }
        let trust = try trusted.trust(data: database.data)
        let anchors = try anchors.map(Self.anchor)
        let line = ProgressLine()
        let verification: EvidenceVerbs.Verification
        do {
            if let export {
                verification = try await EvidenceVerbs.verifyExport(export, trusting: trust, anchors: anchors) {
                    line.show($0)
                }
            } else {
                verification = try await EvidenceVerbs.verify(
                    try LogOptions.check(log ?? "town"),
                    in: database.access,
                    trusting: trust,
                    anchors: anchors
                ) { line.show($0) }
            }
        } catch {
            line.end()
            if let error = error as? EvidenceTrustError { throw ValidationError("\(error)") }
            throw error
        }
        line.end()
        let text = VerificationText(verification)
        print(text.lines.joined(separator: "\n"))
        guard verification.report.isProven else { throw ExitCode.failure }
    }

    private func verifyReceipt(_ path: String) throws {
        let bytes = try EvidenceFile.read(path)
        let receipt: Receipt
        do throws(Problems) {
            receipt = try Receipt.record.decode(bytes)
        } catch {
            let problem = error.list.first.map { "\($0.pointer) \($0.words.en)" } ?? ""
            throw EvidenceFile.refuse("\(path) is not a receipt: \(problem)")
        }
        do {
            let signers = try EvidenceVerbs.check(receipt, trusting: try trusted.trust(data: database.data))
            print(VerificationText.lines(of: receipt, signers: signers).joined(separator: "\n"))
        } catch let error as EvidenceTrustError {
            throw ValidationError("\(error)")
        } catch let fault as Receipt.Fault {
            print("\(fault)\nNOT PROVEN")
            throw ExitCode.failure
        }
    }

    private static func anchor(_ path: String) throws -> SignedCheckpoint {
        let text = String(decoding: try EvidenceFile.read(path), as: UTF8.self)
        do throws(EvidenceError) {
            return try SignedCheckpoint(encoded: text)
        } catch {
            throw EvidenceFile.refuse("\(path): \(error)")
        }
    }
}
