import ArgumentParser
import Logging
import MusterRuntime
import TaskQueue

/// Goes on handing out an agency's tasks.
struct QueueResume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Hand out the tasks of an agency again, by priority and age."
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
            try await $0.pause(agency, false)
        }
        print("Tasks of \(agency) are handed out again.")
    }
}
