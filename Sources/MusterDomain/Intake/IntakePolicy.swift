import EventSourcing
import Records

/// Makes a matter of every report and sends the grid worker of its place, so that nothing waits in a queue for want of
/// a clerk. The matter bears the report's id.
package struct IntakePolicy: Policy {
    package static let name = "intake"

    private var authority = Authority()
    private var territories = TerritoryRegister()

    package init() {}

    package mutating func evolve(_ fact: Fact) {
        switch fact.event {
        case .authority(let event): authority.evolve(event, from: fact.origin)
        case .territory(let event): territories.evolve(event, from: fact.origin)
        case .report, .matter, .privacy, .unknown: break
        case .incident, .playbook: break
        }
    }

    package func reactions(to fact: Fact) -> [Reaction] {
        switch fact.event {
        case .report(.submitted(let report)): raise(report, fact)
        case .matter(.raised(let matter)): assign(matter, fact)
        case .report(.triaged), .matter, .authority, .territory, .privacy, .unknown: []
        case .incident, .playbook: []
        }
    }

    private func raise(_ report: ReportSubmitted, _ fact: Fact) -> [Reaction] {
        guard let matter = MatterID(rawValue: report.report.rawValue) else { return [] }
        let command = RaiseMatter(
            matter: matter,
            report: report.report,
            kind: report.kind,
            territory: report.territory,
            place: report.place,
            title: Self.title(of: report),
            text: report.text,
            reporter: report.reporter,
            urgency: report.isUrgent || report.kind.isEmergency ? .emergency : .normal
        )
        return [.issue(command: command, actor: .system(in: report.territory), key: "raise/\(fact.id)")]
    }

    private func assign(_ matter: MatterRaised, _ fact: Fact) -> [Reaction] {
        guard let person = gridWorker(near: matter.territory, at: fact.origin.recordedAt) else { return [] }
        let command = AssignInvestigator(matter: matter.matter, person: person)
        return [.issue(command: command, actor: .system(in: matter.territory), key: "assign/\(fact.id)")]
    }

    /// The grid worker of the place, or else of the smallest ground around it up to the community.
    private func gridWorker(near territory: TerritoryID, at time: Timestamp) -> PersonID? {
        for place in [territory] + territories.ancestors(of: territory) {
            guard let level = territories.territory(place)?.level, !level.isAbove(.community) else { return nil }
            if let person = authority.holder(of: .gridWorker, in: place, at: time) { return person }
        }
        return nil
    }

    /// The beginning of the text on one line; it keeps the rules of a line of text whatever was reported.
    static func title(of report: ReportSubmitted) -> String {
        let words = report.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let title = String(String.UnicodeScalarView(words.unicodeScalars.prefix(80)))
        return title.unicodeScalars.allSatisfy(\.properties.isWhitespace) ? report.kind.words.zh : title
    }
}
