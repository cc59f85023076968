import ArgumentParser
import Foundation
import MusterDomain
import MusterHistory
import MusterRuntime
import Records

/// Defines the territories of a file.
struct TerritoryImportVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Define territories from a CSV file of statistical codes.",
        discussion: """
            The file's first line names its columns: code, name and, where the codes do not say it, level. A territory is \
            called by its code, and lies in the one whose code its own begins with: that one must be defined, or come \
            first. The same file twice defines nothing twice. The token is that of an administrator.

              muster territory import areas.csv --top district --prefix 2307
              muster territory import streets.csv --top district --prefix 2307

            Ends with 0 when all are defined, 65 when some lines are not, 75 when it may succeed later.
            """
    )

    @Option(help: "Where the gateway is.")
    var url = "http://127.0.0.1:8080"

    @Option(help: "The log.")
    var log = "town"

    @Option(help: "A file that holds the token.")
    var tokenFile: String?

    @Option(help: "en or zh.")
    var language = Language.en

    @Option(help: "The level whose territories lie in none other: city, district, street or community.")
    var top = "city"

    @Option(help: "Only codes that begin so.")
    var prefix = ""

    @Argument(help: "A CSV file.")
    var file: String

    func run() async throws {
        guard let level = TerritoryLevel(rawValue: top), StatisticalCode.length(of: level) != nil else {
            throw ValidationError("--top must be city, district, street or community, not '\(top)'")
        }
        let territories = TerritoryFile(try read(), top: level, prefix: prefix)
        for fault in territories.faults { complain("\(file):\(fault.line): \(fault.words[language])") }
        let sender = CommandSender(url: url, token: try DoorOptions.token(in: tokenFile), language: language)
        let work = TerritoryImport(sender: sender, log: try LogOptions.check(log))
        let summary: TerritoryImport.Summary
        do {
            summary = try await work.send(territories.rows) { complain("\($0) of \(territories.rows.count)") }
        } catch let error as SendError {
            complain("Error: \(error)")
            throw ExitCode(75)
        }
        for (line, reason) in summary.refused { complain("\(file):\(line): \(reason)") }
        print(
            Words(
                "\(summary.defined) of \(territories.rows.count) defined.",
                zh: "已设立 \(summary.defined) / \(territories.rows.count)。"
            )[
                language
            ]
        )
        if summary.isWorthRepeating { throw ExitCode(75) }
        if !summary.refused.isEmpty || !territories.faults.isEmpty { throw ExitCode(65) }
    }

    private func read() throws -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(filePath: file)))
        } catch {
            throw ValidationError("\(file) cannot be read: \(error.localizedDescription)")
        }
    }

    private func complain(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }
}
