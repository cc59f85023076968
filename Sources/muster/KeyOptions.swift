import ArgumentParser
import Evidence
import MusterRuntime

/// Whom a verification trusts.
struct KeyOptions: ParsableArguments {
    @Option(
        name: .customLong("key"),
        help: ArgumentHelp(
            "A verifier key to trust, of the log or of a witness; may be given several times.",
            valueName: "vkey"
        )
    )
    var texts: [String] = []

    @Option(help: "Directory of the signing keys, whose public halves are trusted when no --key is given.")
    var keys: String?

    func validate() throws { _ = try named() }

    /// - Parameter data: the directory whose keys are meant when nothing else is said.
    func trust(data: String?) throws -> EvidenceTrust {
        EvidenceTrust(
            keys: try named(),
            keyDirectory: keys ?? (data ?? DatabaseAccess.defaultDirectory) + "/keys"
        )
    }

    private func named() throws -> [NoteKey] {
        try texts.map { text in
            do throws(EvidenceError) {
                return try NoteKey(text: text)
            } catch {
                throw ValidationError("--key '\(text)': \(error)")
            }
        }
    }
}
