import ArgumentParser
import Logging
import MusterRuntime
import TaskQueue

/// Stops handing out an agency's tasks.
struct QueuePause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Hand out no more tasks of an agency. What it has may be ended; what comes waits."
    )

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The log.")
    var log = "town"

    @Argument(help: "The agency.")
    var agency: String

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        let agency = agency
        try await QueueVerbs(access: database.access, log: LogOptions.check(log)).withQueue {
            try await $0.pause(agency, true)
        }
        print("Tasks of \(agency) are held back.")
    }
}
