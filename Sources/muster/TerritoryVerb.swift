import ArgumentParser

/// What is done with territories.
struct TerritoryVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "territory",
        abstract: "Define territories by their statistical codes.",
        subcommands: [TerritoryImportVerb.self]
    )
}
