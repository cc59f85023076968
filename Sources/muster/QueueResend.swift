import ArgumentParser
import Foundation
import Logging
import MusterRuntime
import TaskQueue

/// Sends dead letters again.
struct QueueResend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resend",
        abstract: "Make new tasks of dead letters: due at once, with all their attempts."
    )

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The log.")
    var log = "town"

    @Option(help: "A file with the JSON that takes the place of what was in the task; for one task only.")
    var payload: String?

    @Argument(help: "The numbers, as 'muster queue dead' lists them.")
    var numbers: [Int64]

    func validate() throws {
        guard !numbers.isEmpty else { throw ValidationError("give the numbers of the dead letters to send again") }
        if payload != nil, numbers.count != 1 { throw ValidationError("--payload is for one task: give one number") }
    }

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        let payload = try payload.map { path in
            do {
                return Array(try Data(contentsOf: URL(filePath: path)))
            } catch {
                throw ValidationError("cannot read \(path): \(error.localizedDescription)")
            }
        }
        let letters = numbers.map { TaskNumber($0) }
        let tasks = try await QueueVerbs(access: database.access, log: LogOptions.check(log)).withQueue {
            try await $0.resend(letters, payload: payload)
        }
        for task in tasks { print("Task \(task) was enqueued.") }
        if tasks.count < numbers.count {
            print("No dead letters: \(numbers.count - tasks.count) of the \(numbers.count) numbers given.")
            throw ExitCode(1)
        }
    }
}
