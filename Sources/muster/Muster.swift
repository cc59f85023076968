import ArgumentParser

/// The tool that people type.
@main
struct Muster: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "muster",
        abstract: "Coordinates many agencies on one event log.",
        subcommands: [
            Up.self, Migrate.self, Token.self, Secret.self, Send.self, Import.self, Export.self, Report.self,
            Replay.self, Verify.self, Rebuild.self, Erase.self, Appraise.self, Assign.self, LogVerb.self,
            QueueVerb.self,
            PlaybookVerb.self,
            TerritoryVerb.self,
            LimitsVerb.self,
        ]
    )
}
