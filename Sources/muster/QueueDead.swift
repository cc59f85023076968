import ArgumentParser
import EventSourcing
import Logging
import MusterDomain
import MusterRuntime
import Records
import TaskQueue

/// Lists dead letters, or shows one.
struct QueueDead: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead",
        abstract: "List the tasks that were given up, or show one with what it holds."
    )

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The log.")
    var log = "town"

    @Option(help: "Only those of this agency.")
    var agency: String?

    @Option(help: "Only those after this number.")
    var after: Int64 = 0

    @Option(help: "At most so many: 1 to 1,000.")
    var limit = 100

    @Argument(help: "The number of the one to show.")
    var number: Int64?

    func validate() throws {
        guard (1...1_000).contains(limit) else { throw ValidationError("--limit is 1 to 1000, not \(limit)") }
    }

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        let (agency, limit) = (agency, number == nil ? limit : 1)
        let after = TaskNumber(number.map { $0 - 1 } ?? after)
        let letters = try await QueueVerbs(access: database.access, log: LogOptions.check(log)).withQueue {
            try await $0.deadLetters(of: agency, after: after, limit: limit)
        }
        if let number {
            guard let letter = letters.first, letter.task.rawValue == number else {
                throw ValidationError("task \(number) is no dead letter; 'muster queue dead' lists them")
            }
            print(Self.line(letter))
            print(
                "enqueued \(letter.enqueuedAt.rfc3339), priority \(letter.priority), key \(letter.uniqueKey ?? "none")"
            )
            print(letter.payload)
            return
        }
        if letters.isEmpty { print("No dead letters.") }
        for letter in letters { print(Self.line(letter)) }
        if letters.count == limit, let last = letters.last { print("More: --after \(last.task)") }
    }

    private static func line(_ letter: DeadLetter) -> String {
        "\(letter.task)  \(letter.agency)  \(letter.kind)\(about(letter))  \(letter.diedAt.rfc3339)  "
            + "after \(letter.attempts) attempts: \(letter.error)"
    }

    /// ` about directive D-2026-031`; empty for a task that is about nothing of the log, as a scheduled one.
    private static func about(_ letter: DeadLetter) -> String {
        TaskSubject(payload: Array(letter.payload.utf8)).map { " about \($0.words.en.lowercased()) \($0.name)" } ?? ""
    }
}
