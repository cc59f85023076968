import EventSourcing
import Records

/// Makes a matter of every report and sends the grid worker of its place, so that nothing waits in a queue for want of
/// a clerk. The matter bears the report's id, and goes the way of the report: with another one, or to its end when the
/// report was answered at once.
package struct IntakePolicy: Policy {
    package static let name = "intake"

    private var authority = Authority()
    private var territories = TerritoryRegister()

    package init() {}

    package mutating func evolve(_ fact: Fact) {
        switch fact.event {
        case .authority(let event): authority.evolve(event, from: fact.origin)
        case .territory(let event): territories.evolve(event, from: fact.origin)
        default: break
        }
    }

    package func reactions(to fact: Fact) -> [Reaction] {
        switch fact.event {
        case .report(let event): reactions(to: event, fact)
        case .matter(.raised(let matter)): assign(matter, fact)
        case .matter(.merged(let merged)): join(merged, fact)
        default: []
        }
    }

    private func reactions(to event: ReportEvent, _ fact: Fact) -> [Reaction] {
        switch event {
        case .submitted(let report): raise(report, fact)
        case .merged(let merged): join(merged, fact)
        case .joined(let joined): merge(joined, fact)
        case .split(let split): submitParts(split, fact)
        case .answered(let answer): resolve(answer, fact)
        case .triaged, .routed, .overdue: []
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
            urgency: report.isPressing ? .emergency : .normal
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

    // MARK: Reports of the same

    private func join(_ merged: ReportsMerged, _ fact: Fact) -> [Reaction] {
        let scope = fact.origin.actor.territory
        return merged.duplicates.map { duplicate in
            .issue(
                command: JoinReport(report: duplicate, into: merged.report, scope: scope),
                actor: .system(in: scope),
                key: "join/\(fact.id)/\(duplicate)"
            )
        }
    }

    private func merge(_ joined: ReportJoined, _ fact: Fact) -> [Reaction] {
        guard let matter = MatterID(rawValue: joined.report.rawValue),
            let into = MatterID(rawValue: joined.into.rawValue)
        else { return [] }
        return [issue(MergeMatter(matter: matter, into: into), "merge", fact)]
    }

    private func join(_ merged: MatterMerged, _ fact: Fact) -> [Reaction] {
        if merged.reporters.isEmpty { return [] }
        let command = JoinReporters(matter: merged.into, from: merged.matter, reporters: merged.reporters)
        return [issue(command, "join-reporters", fact)]
    }

    // MARK: Split and answered

    private func submitParts(_ split: ReportSplit, _ fact: Fact) -> [Reaction] {
        (split.contents ?? []).map { part in
            let command = SubmitPart(
                report: part.report,
                from: split.report,
                channel: split.channel,
                kind: part.kind,
                territory: part.territory ?? split.territory,
                place: part.place,
                text: part.text,
                reporter: split.reporter
            )
            return .issue(
                command: command,
                actor: .system(in: command.territory),
                key: "part/\(fact.id)/\(part.report)"
            )
        }
    }

    private func resolve(_ answer: ReportAnswered, _ fact: Fact) -> [Reaction] {
        guard answer.isSolved, let matter = MatterID(rawValue: answer.report.rawValue) else { return [] }
        return [issue(ResolveLocally(matter: matter, text: "Answered at once · 当场答复"), "answered", fact)]
    }

    private func issue(_ command: any Command, _ what: String, _ fact: Fact) -> Reaction {
        .issue(command: command, actor: .system(in: fact.origin.actor.territory), key: "\(what)/\(fact.id)")
    }

    /// The beginning of the text on one line; it keeps the rules of a line of text whatever was reported.
    static func title(of report: ReportSubmitted) -> String {
        let words = report.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let title = String(String.UnicodeScalarView(words.unicodeScalars.prefix(80)))
        return title.unicodeScalars.allSatisfy(\.properties.isWhitespace) ? report.kind.words.zh : title
    }
}
