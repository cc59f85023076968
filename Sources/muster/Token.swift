import ArgumentParser
import EventSourcing
import Logging
import MusterDomain
import MusterRuntime

/// Signs a token for an actor.
struct Token: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Sign a bearer token for an actor, or a sign-in link.",
        discussion: """
            The token goes to standard output. Whoever holds it acts as that actor in that log until it expires; what the \
            actor may do follows from the role, and for most roles from an appointment on record.
            """
    )

    @Option(
        help: "Whose data directory holds the signing keys, below keys/ (default: \(DatabaseAccess.defaultDirectory))."
    )
    var data: String?

    @Option(help: "Directory of the signing keys, instead of --data.")
    var keys: String?

    @Option(help: "Who acts, as grid-worker-dq02; a pseudonym, not a name.")
    var person: String

    @Option(help: "The party they act for, as fire.")
    var party: String

    @Option(help: "What they are: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).")
    var role: String

    @Option(help: "Where they act, as qingshi.")
    var territory: String

    @Option(help: "The log it is good for.")
    var log = "town"

    @Option(help: "How many hours it is good for, 1 to 8760.")
    var hours = 12

    @Option(help: "Print a sign-in link at this address instead, good once, for an hour.")
    var link: String?

    func validate() throws {
        guard data == nil || keys == nil else { throw ValidationError("--data and --keys exclude each other") }
        guard (1...8_760).contains(hours) else { throw ValidationError("--hours must be from 1 to 8760, not \(hours)") }
        _ = try actor()
        try LogOptions.check(log)
    }

    func run() async throws {
        LogOutput.bootstrap(level: .warning)
        let directory = keys ?? (data ?? DatabaseAccess.defaultDirectory) + "/keys"
        let signer = try await TokenSigner(keyDirectory: directory)
        let log = try LogOptions.check(log)
        if let link {
            print(try await signer.signInLink(for: try actor(), log: log, at: link))
        } else {
            print(try await signer.token(for: try actor(), log: log, lifetime: .seconds(hours * 3_600)))
        }
    }

    private func actor() throws -> Actor {
        guard let role = Role(rawValue: role) else {
            let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--role must be one of \(roles), not '\(role)'")
        }
        return Actor(
            person: try identifier(person, "--person"),
            party: try identifier(party, "--party"),
            role: role,
            territory: try identifier(territory, "--territory")
        )
    }

    private func identifier<Kind>(_ text: String, _ option: String) throws -> Identifier<Kind> {
        guard let identifier = Identifier<Kind>(rawValue: text) else {
            throw ValidationError("\(option) must be letters, digits, hyphens, dots or underscores, not '\(text)'")
        }
        return identifier
    }
}
