package import EventSourcing
package import MusterDomain
package import Records

/// Who may do what where, by the responsibility list in force: one line a duty and territory.
package struct ListFigures: Hashable, Sendable {
    /// A party as people call it.
    package struct Name: Hashable, Sendable {
        package let party: PartyID
        package let words: Words
    }

    package struct Line: Hashable, Sendable {
        package let duty: DutyID
        package let words: Words
        package let territory: TerritoryID
        package let territoryName: Words
        package let responsible: Name
        package let supporting: [Name]
    }

    package let version: String
    package let effectiveFrom: Timestamp
    /// Whether it is as old as it may get.
    package let isReviewDue: Bool
    package let lines: [Line]

    init(_ list: ResponsibilityList, _ register: Register) {
        func name(_ party: PartyID) -> Name { Name(party: party, words: register.name(of: party)) }
        version = list.version
        effectiveFrom = list.effectiveFrom
        isReviewDue = list.isReviewDue
        lines = list.lines.map { entry in
            Line(
                duty: entry.duty,
                words: entry.words,
                territory: entry.territory,
                territoryName: register.name(of: entry.territory),
                responsible: name(entry.responsible),
                supporting: entry.supporting.map(name)
            )
        }
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("version", version)
        writer.member("effectiveFrom", effectiveFrom)
        writer.member("isReviewDue", isReviewDue)
        writer.list("lines", lines) { line, writer in
            writer.beginObject()
            writer.member("duty", line.duty.rawValue)
            writer.member("words", line.words)
            writer.member("territory", line.territory.rawValue)
            writer.member("territoryName", line.territoryName)
            writer.member("responsible", line.responsible.party.rawValue)
            writer.member("responsibleName", line.responsible.words)
            writer.list("supporting", line.supporting) { name, writer in
                writer.beginObject()
                writer.member("party", name.party.rawValue)
                writer.member("name", name.words)
                writer.endObject()
            }
            writer.endObject()
        }
        writer.endObject()
    }
}
