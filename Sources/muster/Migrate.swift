import ArgumentParser
import Logging
import MusterRuntime

/// Brings the database's schema up to this build's.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make or update Muster's tables; daemons refuse to start on tables of another version."
    )

    @OptionGroup var database: DatabaseOptions

    @Option(name: .customLong("log"), help: "Also create this log if it is not there, as a live one.")
    var log: String?

    func run() async throws {
        LogOutput.bootstrap(level: .warning)
        try await DatabaseVerbs.migrate(database.access, creating: try log.map(LogOptions.check))
        print("The database is ready for this build.")
    }
}
