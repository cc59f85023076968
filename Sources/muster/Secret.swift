import ArgumentParser
import MusterDomain
import MusterRuntime

/// Prints the secret by which a party checks its webhooks.
struct Secret: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the secret by which a party checks the webhooks it gets.",
        discussion: "Give it to the party once, by a safe way: whoever holds it can sign as Muster."
    )

    @Option(help: "Whose data directory holds the keys, below keys/ (default: \(DatabaseAccess.defaultDirectory)).")
    var data: String?

    @Option(help: "Directory of the keys, instead of --data.")
    var keys: String?

    @Option(help: "The party, as fire.")
    var party: String

    func validate() throws {
        guard data == nil || keys == nil else { throw ValidationError("--data and --keys exclude each other") }
    }

    func run() async throws {
        guard let party = PartyID(rawValue: party) else {
            throw ValidationError("--party must be letters, digits, hyphens, dots or underscores, not '\(party)'")
        }
        let directory = keys ?? (data ?? DatabaseAccess.defaultDirectory) + "/keys"
        print(try TokenSigner.webhookSecret(of: party, keyDirectory: directory))
    }
}
