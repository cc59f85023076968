import ArgumentParser
import EventSourcing
import Foundation
import Logging
import MusterDomain
import MusterRuntime

/// Erases what a person has said and what was said of them.
struct Erase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Erase a person: destroy the key that their personal fields are encrypted with.",
        discussion: """
            Texts, places and coordinates of all their earlier events read as [erased] from then on, in events, boards and \
            replays, in every process within two seconds. The events themselves, their hashes and proofs stay as they are. \
            Who erased whom, when and why is recorded as an event. It cannot be undone; a backup of before, with the key \
            file of the same time, still holds what was erased.

              muster erase --person fenglin-01-resident-1 --ground request

            Ends with 0 when the person is erased, also when they were before; 1 when it was declined or failed, as for a \
            person that the log knows nothing of; 64 for wrong use.
            """
    )

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The log.")
    var log = "town"

    @Option(help: "Who is erased, by the name in their tokens and events.")
    var person: String

    @Option(help: "Why: \(ErasureGround.allCases.map(\.rawValue).joined(separator: ", ")).")
    var ground = ErasureGround.request.rawValue

    @Option(help: "Who erases, for the record (default: the name of your account).")
    var by: String?

    @Flag(help: "Do not ask.")
    var yes = false

    func validate() throws {
        try LogOptions.check(log)
        _ = try (name(person, "--person"), reason(), administrator())
        guard yes || Self.isTerminal else {
            throw ValidationError("It cannot be undone: say --yes where nobody can be asked")
        }
    }

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        let person = try name(person, "--person")
        let outcome = try await ErasureVerbs(access: database.access, log: try LogOptions.check(log))
            .erase(person, because: try reason(), by: try administrator()) { [yes, log] in
                yes || Self.confirm(person, log)
            }
        switch outcome {
        case .erased(let keys, let position):
            let what = keys == 1 ? "1 key was" : "\(keys) keys were"
            print("\(person) is erased: \(what) destroyed. Recorded at position \(position).")
        case .erasedBefore:
            print("\(person) was erased before; nothing was left to do.")
        case .declined:
            print("Nothing was done.")
            throw ExitCode.failure
        }
    }

    private static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    private static func confirm(_ person: PersonID, _ log: String) -> Bool {
        print(
            """
            Everything that \(person) has said in log \(log), and where, will read as [erased]: in events, on boards, in \
            every replay. Events, hashes and proofs stay. This cannot be undone.
            Type the name to go on:
            """,
            terminator: " "
        )
        return readLine() == person.rawValue
    }

    private func reason() throws -> ErasureGround {
        guard let reason = ErasureGround(rawValue: ground) else {
            let grounds = ErasureGround.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--ground must be one of \(grounds), not '\(ground)'")
        }
        return reason
    }

    private func administrator() throws -> PersonID {
        if let by { return try name(by, "--by") }
        guard let account = ErasureVerbs.accountName else {
            throw ValidationError("--by is needed: the name of your account is none that Muster can record")
        }
        return account
    }

    private func name(_ text: String, _ option: String) throws -> PersonID {
        guard let person = PersonID(rawValue: text) else {
            throw ValidationError("\(option) must be letters, digits, hyphens, dots or underscores, not '\(text)'")
        }
        return person
    }
}
