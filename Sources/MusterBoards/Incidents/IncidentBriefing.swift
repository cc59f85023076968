package import EventSourcing
package import MusterDomain
package import Records

/// What was said of an incident as a whole, as an incident briefing begins (ICS 201): the situation when it was reported
/// and verified, on what basis it was declared, and the first summary.
///
/// Boards hold no words of people, so that nothing in them has to be erased; these are read from the log when somebody
/// looks, and what was erased reads so.
package struct IncidentBriefing: Sendable, Equatable {
    package struct Entry: Sendable, Equatable {
        package let words: Words
        package let text: String
        package let at: Timestamp
    }

    /// In the order of the log.
    package let entries: [Entry]

    /// - Parameters:
    ///   - position: events after it are left out, as a board that has come so far does not know them.
    ///   - end: what happened later is left out; nil takes all.
    package static func load(
        _ incident: IncidentID,
        from store: any EventStore,
        through position: Position,
        until end: Timestamp?
    ) async throws -> IncidentBriefing {
        var entries: [Entry] = []
        var version = StreamVersion.none
        while true {
            let page = try await store.events(of: Incident.stream(incident), after: version, limit: 500)
            guard let last = page.last else { break }
            version = last.version
            for event in page where event.position <= position && end.map({ event.occurredAt <= $0 }) ?? true {
                // An event that cannot be read is counted on the board.
                guard let fact = try? Fact(event), let entry = Entry(fact) else { continue }
                entries.append(entry)
            }
            guard last.position <= position else { break }
        }
        return IncidentBriefing(entries: entries)
    }
}

extension IncidentBriefing.Entry {
    /// Nil for a fact that says nothing of the incident as a whole.
    fileprivate init?(_ fact: Fact) {
        guard case .incident(let event) = fact.event else { return nil }
        let said: (Words, String)? =
            switch event {
            case .caseSuspected(let payload): (Words("Situation", zh: "情况"), payload.text)
            case .caseVerified(let payload): (Words("Verified", zh: "核实"), payload.text)
            case .declared(let payload): (Words("Declared because", zh: "宣布依据"), payload.basis)
            case .firstDisposalSummarised(let payload): (Words("First summary", zh: "首次处置汇总"), payload.text)
            case .reopened(let payload): (Words("Reopened because", zh: "重启原因"), payload.reason)
            case .caseRegistered, .caseRuledOut, .playbookActivated, .groupStoodUp, .groupLeadAssigned, .stepStarted,
                .stepCompleted, .stepSkipped, .supportRequested, .followUpOpened, .recheckPassed, .recheckFailed,
                .groupStoodDown, .closed, .deadlineMissed:
                nil
            }
        guard let (words, text) = said else { return nil }
        self.init(words: words, text: text, at: fact.origin.occurredAt)
    }
}
