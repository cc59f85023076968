import ArgumentParser
import Logging
import MusterHistory
import MusterRuntime
import Records

/// Says what happened in a log.
struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print counts and stage times of a log.",
        discussion: "Percentiles are nearest-rank; the median of an even count is the mean of the middle two."
    )

    /// How the report is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The log to report on.")
    var log: String

    @Option(help: "text or json.")
    var format = Format.text

    @Option(help: "en or zh; what people read in the text form.")
    var language = Language.en

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        let report = try await HistoryVerbs(access: database.access, log: try LogOptions.check(log)).report()
        switch format {
        case .text: print(report.text(language))
        case .json: print(String(decoding: report.json(), as: UTF8.self))
        }
    }
}

extension Language: ExpressibleByArgument {}
