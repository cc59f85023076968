import ArgumentParser

/// What is done with playbooks.
struct PlaybookVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "playbook",
        abstract: "Check playbooks, and publish them.",
        subcommands: [PlaybookCheckVerb.self, PlaybookPublishVerb.self]
    )
}
