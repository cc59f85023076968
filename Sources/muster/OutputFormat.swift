import ArgumentParser

/// How a verb prints what it found: for people or for programs.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}
