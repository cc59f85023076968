import ArgumentParser
import Foundation
import Logging
import MusterHistory
import MusterRuntime
import Records

/// Says what happened in a log.
struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what happened in a log: where time is lost, who waits for whom, what was late.",
        discussion: """
            Filters choose whole cases. Percentiles are nearest-rank; the median of an even count is the mean of the middle \
            two. --format csv is one table, the summary unless --query names another. Tables for --query: \
            \(ReportQuery.allCases.map(\.rawValue).joined(separator: ", ")).

            muster report calls -o calls.html
            muster report calls --query stage-percentiles --format csv
            muster report calls --compare 2020-04-01..2020-05-01 --with 2020-05-01..2020-06-01
            muster report town --as-known-at 2026-11-21T18:00:00+08:00
            """
    )

    /// How the report is written.
    enum Form: String, ExpressibleByArgument, CaseIterable {
        case text, json, csv, html
    }

    @OptionGroup var database: DatabaseOptions

    @Argument(help: "The log to report on.")
    var name: String?

    @Option(help: "The same as LOG.")
    var log: String?

    @Option(help: "text, json, csv (one table) or html; by the ending of the output file when there is one.")
    var format: Form?

    @Option(name: [.customShort("o"), .long], help: "Where the report is written (default: standard output).")
    var output: String?

    @Option(help: "en or zh; what people read.")
    var language = Language.en

    @OptionGroup var choice: ReportChoice

    @Option(help: "One table instead of the whole report.")
    var query: ReportQuery?

    @Option(help: "Of process-map: ways that this share of the cases consists of entirely, from 0 to 1.")
    var cover: Double?

    func validate() throws {
        guard (name == nil) != (log == nil) else { throw ValidationError("name one log: muster report LOG") }
        _ = try choice.value()
        if chosenFormat == .html, query != nil { throw ValidationError("html is the whole report, without --query") }
        if let cover {
            guard query == .processMap else { throw ValidationError("--cover is for --query process-map") }
            guard cover > 0, cover <= 1 else { throw ValidationError("--cover is above 0 and at most 1") }
        }
    }

    private var chosenFormat: Form {
        if let format { return format }
        return output.flatMap { Form(rawValue: URL(fileURLWithPath: $0).pathExtension.lowercased()) } ?? .text
    }

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        let line = ProgressLine()
        let start = ContinuousClock.now
        let report = try await HistoryVerbs(access: database.access, log: try LogOptions.check(name ?? log ?? ""))
            .report(choice.value()) { done, goal in
                line.show(ReadingProgress(position: done, goal: goal, elapsed: .now - start))
            }
        line.end()
        try write(try text(report))
    }

    private func text(_ report: LogReport) throws -> String {
        if let query {
            let table = cover.map { report.analysis.processMap(covering: $0) } ?? report.analysis.table(query)
            switch chosenFormat {
            case .text, .html: return table.text(language)
            case .json: return String(decoding: table.json(), as: UTF8.self) + "\n"
            case .csv: return table.csv(language)
            }
        }
        switch chosenFormat {
        case .text: return report.text(language)
        case .csv: return report.analysis.table(.summary).csv(language)
        case .json: return String(decoding: report.json(), as: UTF8.self) + "\n"
        case .html: return try ReportPage.html(report.analysis, language: language)
        }
    }

    private func write(_ text: String) throws {
        guard let output else {
            print(text, terminator: "")
            return
        }
        try Data(text.utf8).write(to: URL(fileURLWithPath: output), options: .atomic)
    }
}

extension Language: ExpressibleByArgument {}
extension ReportQuery: ExpressibleByArgument {}
