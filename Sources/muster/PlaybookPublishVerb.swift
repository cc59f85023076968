import ArgumentParser
import MusterDomain
import Records

/// Publishes a playbook.
struct PlaybookPublishVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Publish a playbook from a YAML file.",
        discussion: """
            The token is read from MUSTER_TOKEN or --token-file, and is that of an administrator or the district command. \
            Ends with 0 when it is published, also when this very version was before; 65 when something is wrong with it \
            or it was refused, 75 when it may succeed later.

              muster playbook publish schemas/playbooks/gas-leak.yaml
            """
    )

    @OptionGroup var door: DoorOptions

    @Argument(help: "A YAML file.")
    var file: String

    func run() async throws {
        guard let playbook = try PlaybookFile(file).playbook(door.language) else { throw ExitCode(65) }
        let command = PublishPlaybook(playbook: playbook)
        try await door.send(PublishPlaybook.description.name, data: command.data)
    }
}
