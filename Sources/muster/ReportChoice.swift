import ArgumentParser
import EventSourcing
import MusterHistory

/// Which cases of a log are reported on, and how they are looked at.
struct ReportChoice: ParsableArguments {
    @OptionGroup var cases: CaseChoice

    @Option(help: "Activities that cases are held against, in their order, with commas between them.")
    var path: String?

    @Option(help: "The playbook that incidents are held against.")
    var playbook: String?

    @Option(help: "The attribute with what was read off, as a temperature (default: the mapping's; figures of steps).")
    var reading: String?

    @Option(help: "So many equal readings of one person in a row are looked at.")
    var identical = EntryStatistics.standardInARow

    @Option(
        help:
            "One side of a comparison: FROM..UNTIL, agency=NAME, place=NAME, ATTRIBUTE=VALUE, or playbook=NAME@VERSION."
    )
    var compare: String?

    @Option(help: "The other side.")
    var with: String?

    /// - Throws: `ValidationError`.
    func value() throws -> AnalysisChoice {
        var choice = try cases.value()
        choice.path = path?.split(separator: ",").map(String.init) ?? []
        choice.playbook = playbook
        choice.reading = reading
        guard identical > 1 else { throw ValidationError("--identical is 2 or more") }
        choice.identicalInARow = identical
        guard (compare == nil) == (with == nil) else { throw ValidationError("--compare and --with go together") }
        choice.sides = try [compare, with].compactMap(\.self).map { text in
            guard let side = CaseFilter(text) else {
                throw ValidationError(
                    "'\(text)' is no side: FROM..UNTIL, agency=NAME, place=NAME, ATTRIBUTE=VALUE, or playbook=NAME@VERSION"
                )
            }
            return side
        }
        // Only incidents have playbooks.
        if choice.category == "matter", playbook != nil || choice.isOfPlaybooks { choice.category = "incident" }
        try CaseChoice.checkFilters(choice)
        return choice
    }
}
