import ArgumentParser
import Logging
import MusterHistory
import MusterRuntime
import Synchronization

/// Takes a real log of the past into a history log.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Import a file of real calls, requests or events into a history log.",
        discussion: """
            A mapping says how rows become events. For a file that has none: muster import --suggest FILE > mine.yaml, \
            look at its doubts, then muster import --log NAME --mapping mine.yaml FILE. Shipped mappings: \
            \(Mapping.shippedNames.joined(separator: ", ")).

            The same file twice adds nothing; an import that was interrupted goes on when it is run again; a row that \
            comes again with other content becomes a later revision. Rows that cannot be taken are listed beside the \
            file with line, column and reason. Ends with 0 when every row is in the log, 65 when some are not, 1 when the \
            import failed.
            """
    )

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The history log; it is made if it is not there.")
    var log: String?

    @Option(help: "Name of a shipped mapping, or a YAML file.")
    var mapping: String?

    @Option(help: "Where rejected rows are listed (default: beside INPUT, with .rejects.csv behind its name).")
    var rejects: String?

    @Flag(help: "Print a first mapping for the file, made by looking at it; nothing is imported.")
    var suggest = false

    @Argument(help: "The file to import.")
    var input: String

    func validate() throws {
        guard !suggest || (log == nil && mapping == nil && rejects == nil) else {
            throw ValidationError("--suggest only looks at the file: leave --log, --mapping and --rejects away")
        }
    }

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        if suggest { return print(try await Suggestion.yaml(for: input), terminator: "") }
        // Not in `validate`: a mistyped option, which is named after it alone, is not one that is missing.
        guard let mapping else {
            throw ValidationError("--mapping is missing: name a shipped one, or a file that --suggest has made")
        }
        guard let log else { throw ValidationError("--log is missing: name the history log to import into") }
        try await take(into: log, by: mapping)
    }

    private func take(into log: String, by mapping: String) async throws {
        let name = try LogOptions.check(log)
        let mapping = try Mapping.named(mapping)
        let list = Mutex(RejectsFile(path: rejects ?? RejectsFile.path(for: input)))
        let line = ProgressLine()
        let summary = try await HistoryVerbs(access: database.access, log: name).importFile(input, mapping: mapping) {
            line.show($0)
        } rejected: { row in
            try list.withLock { try $0.write(row) }
        }
        line.end()
        let written = try list.withLock { file in
            try file.finish()
            return file.isWritten ? file.path : nil
        }
        print(ImportText(summary: summary, log: name, rejects: written).text)
        guard summary.isComplete else { throw ExitCode(65) }
    }
}
