package import EventSourcing
package import MusterDomain
package import Records

/// One incident that is not over.
package struct IncidentRow: BoardRow, Hashable {
    package let incident: IncidentID
    package let kind: IncidentKindID
    package let territory: TerritoryID
    package let territoryName: Words
    package let status: IncidentStatus
    package let level: IncidentLevel?
    /// Where it has been and when, the first on top; never empty.
    package let passages: [IncidentPassage]
    /// Nil before the activation, as the version.
    package let playbookName: Words?
    package let playbookVersion: Int?
    package let round: Int
    /// Every clock that runs, the one that is due first on top.
    package let clocks: [IncidentRowClock]
    /// In the order of the playbook; empty before the activation.
    package let lanes: [IncidentLane]
    package let isSummarised: Bool
    /// In the order of the playbook; empty before the follow-up is open.
    package let rechecks: [IncidentRowRecheck]
    package let sites: [SiteID]
    /// Those that no step has covered that must.
    package let sitesUncovered: [SiteID]
    package let position: Position

    /// Nil for an incident that is over, or that is not known.
    init?(
        _ incident: Incident,
        _ times: IncidentTimes,
        position: Position,
        needingSupport: Set<GroupID>,
        _ register: Register
    ) {
        guard let subject = incident.subject, let status = incident.status else { return nil }
        switch status {
        case .closed, .ruledOut: return nil
        case .suspected, .verified, .declared, .firstDisposal, .followUp, .rechecked, .reopened: break
        }
        self.incident = subject.incident
        kind = subject.kind
        territory = subject.territory
        territoryName = register.name(of: subject.territory)
        self.status = status
        level = incident.level
        passages = times.passages
        playbookName = incident.playbook?.words
        playbookVersion = incident.playbook?.version
        round = incident.round
        clocks = incident.clocks.map { IncidentRowClock($0.key, $0.value, in: incident.playbook) }
            .sorted { $0.order < $1.order }
        lanes = (incident.playbook?.groups ?? []).map { group in
            IncidentLane(group, of: incident, times, needsSupport: needingSupport.contains(group.group), register)
        }
        isSummarised = incident.isSummarised
        rechecks = (incident.playbook?.rechecks ?? []).compactMap { IncidentRowRecheck($0, of: incident) }
        sites = incident.sites
        sitesUncovered = incident.uncoveredSites
        self.position = position
    }

    package var key: String { incident.rawValue }

    /// How people call it.
    package var reference: String { Reference.text(incident.rawValue) }

    package var order: BoardOrder {
        BoardOrder(group: clocks.isEmpty ? .waiting : .running, due: clocks.first?.due, position: position, key: key)
    }

    /// When it was suspected.
    package var since: Timestamp? { passages.first?.at }

    /// The steps of the follow-up, over all groups.
    package var followUp: [IncidentLaneStep] { lanes.flatMap(\.steps).filter { $0.phase == .followUp } }

    /// Those that a re-check must look at which is not passed yet; none before the follow-up is open.
    package var sitesToRecheck: [SiteID] {
        rechecks.contains { $0.coversSites && !$0.isPassed } ? sites : []
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("key", key)
        writer.member("order", order.text)
        writer.member("incident", incident.rawValue)
        writer.member("reference", reference)
        writer.member("kind", kind.rawValue)
        writer.member("territory", territory.rawValue)
        writer.member("territoryName", territoryName)
        writer.member("status", status.rawValue)
        writer.member("statusWords", status.words)
        writer.member("level", level?.rawValue)
        writer.member("levelWords", level?.words)
        writer.member("since", since)
        writer.list("passages", passages) { passage, writer in
            writer.beginObject()
            writer.member("status", passage.status.rawValue)
            writer.member("statusWords", passage.status.words)
            writer.member("at", passage.at)
            writer.endObject()
        }
        writer.member("playbookName", playbookName)
        writer.member("playbookVersion", playbookVersion.map(Int64.init))
        writer.member("round", round)
        writer.list("clocks", clocks) { clock, writer in clock.write(to: &writer) }
        writer.list("lanes", lanes) { lane, writer in lane.write(to: &writer) }
        writer.member("isSummarised", isSummarised)
        writer.list("followUp", followUp) { step, writer in step.write(to: &writer) }
        writer.list("rechecks", rechecks) { recheck, writer in recheck.write(to: &writer) }
        writer.list("sitesUncovered", sitesUncovered) { site, writer in writer.string(site.rawValue) }
        writer.list("sitesToRecheck", sitesToRecheck) { site, writer in writer.string(site.rawValue) }
        writer.endObject()
    }
}

/// A clock of an incident that runs.
package struct IncidentRowClock: Hashable, Sendable {
    package let clock: IncidentClock
    /// What it times, as the playbook calls it; nil for kinds of which there is only one.
    package let name: Words?
    package let due: Timestamp
    package let limit: Duration
    /// Whether it is on record that its time has passed.
    package let isMissed: Bool

    init(_ clock: IncidentClock, _ deadline: IncidentDeadline, in playbook: Playbook?) {
        self.clock = clock
        name = clock.name.map { id in playbook?.words(of: clock) ?? Words(id, zh: id) }
        due = deadline.dueBy
        limit = deadline.limit
        isMissed = deadline.isMissed
    }

    /// The kind, and what it times.
    package var words: Words {
        let kind = clock.kind.words
        return name.map { Words("\(kind.en): \($0.en)", zh: "\(kind.zh)：\($0.zh)") } ?? kind
    }

    fileprivate var order: BoardOrder {
        BoardOrder(group: .running, due: due, position: .origin, key: clock.key)
    }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("kind", clock.kind.rawValue)
        writer.member("kindWords", clock.kind.words)
        writer.member("name", clock.name)
        writer.member("nameWords", name)
        writer.member("due", due)
        writer.member("limitSeconds", limit.components.seconds)
        writer.member("isMissed", isMissed)
        writer.endObject()
    }
}

extension Playbook {
    /// How it calls what a clock times; nil for what it does not have.
    fileprivate func words(of clock: IncidentClock) -> Words? {
        switch clock.kind {
        case .groupUp: groups.first { $0.group.rawValue == clock.name }?.words
        case .step: groups.lazy.flatMap(\.steps).first { $0.step.rawValue == clock.name }?.words
        case .recheck: rechecks.first { $0.recheck.rawValue == clock.name }?.words
        case .verification, .summary: nil
        }
    }
}

/// A re-check that the follow-up asks for.
package struct IncidentRowRecheck: Hashable, Sendable {
    package let recheck: RecheckID
    package let name: Words
    package let notBefore: Timestamp
    package let isPassed: Bool
    package let coversSites: Bool

    fileprivate init?(_ described: PlaybookRecheck, of incident: Incident) {
        guard let work = incident.rechecks[described.recheck] else { return nil }
        recheck = described.recheck
        name = described.words
        notBefore = work.notBefore
        isPassed = work.isPassed
        coversSites = described.coversSites
    }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("recheck", recheck.rawValue)
        writer.member("name", name)
        writer.member("notBefore", notBefore)
        writer.member("isPassed", isPassed)
        writer.endObject()
    }
}
