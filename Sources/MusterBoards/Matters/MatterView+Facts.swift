package import EventSourcing
package import MusterDomain
import Records

extension MatterView {
    /// The view of a matter that its facts give; nil when they do not raise it.
    ///
    /// - Parameters:
    ///   - facts: the matter's own and those of its report, in the order of the log.
    ///   - parked: how many events of the matter could not be read.
    package init?(
        _ matter: MatterID,
        facts: [Fact],
        register: Register,
        parked: Int = 0
    ) {
        var file = MatterFile(matter)
        var raised: MatterRaised?
        for fact in facts {
            guard case .matter(let event) = fact.event else { continue }
            if case .raised(let payload) = event { raised = payload }
            file.evolve(event, fact)
        }
        guard let raised, let status = file.matter.status, let last = facts.map(\.position).max() else { return nil }
        self.matter = matter
        title = raised.title
        text = raised.text
        place = raised.place
        kind = raised.kind
        urgency = file.matter.rounds.last?.urgency ?? raised.urgency
        territory = raised.territory
        territoryName = register.name(of: raised.territory)
        self.status = status
        stage = RowStage(status)
        position = last
        self.parked = parked
        let entries = facts.map { MatterEntry($0, register) }
        events = entries
        rows = file.openRows(register, .names).sorted { $0.order < $1.order }
        parties = Self.parties(of: entries, file, register)
        ladders = Self.ladders(of: rows, file)
        filings = Self.filings(of: facts, file, register)
    }

    private static func parties(of entries: [MatterEntry], _ file: MatterFile, _ register: Register) -> [MatterParty] {
        let lead = file.matter.rounds.last?.lead
        var seen: Set<PartyID> = []
        var parties: [MatterParty] = []
        var seenRoles: Set<Words> = []
        func add(_ party: PartyID) {
            guard seen.insert(party).inserted else { return }
            parties.append(MatterParty(party: party, name: register.name(of: party), isLead: party == lead))
        }
        for entry in entries {
            if let party = entry.party {
                add(party)
            } else if seenRoles.insert(entry.partyName).inserted {
                parties.append(MatterParty(party: nil, name: entry.partyName, isLead: false))
            }
        }
        // Called and silent so far: an empty line says so.
        for call in file.matter.rounds.last?.calls ?? [] { add(call.department) }
        for task in file.matter.tasks { add(task.party) }
        return parties
    }

    private static func ladders(of rows: [ClockRow], _ file: MatterFile) -> [MatterLadder] {
        rows.compactMap { row in
            guard let department = row.department, let clock = file.matter.openRound?.call(of: department)?.clock,
                !clock.isPaused
            else { return nil }
            return MatterLadder(
                row: row.key,
                since: clock.since,
                due: clock.due,
                rungs: EscalationLevel.allCases.compactMap { level in
                    guard let percent = clock.ladder.percent(of: level), let at = clock.time(of: level) else {
                        return nil
                    }
                    return MatterLadder.Rung(
                        level: level,
                        percent: percent,
                        at: at,
                        isTold: clock.told.contains(level)
                    )
                }
            )
        }
    }

    private static func filings(of facts: [Fact], _ file: MatterFile, _ register: Register) -> [MatterFiling] {
        FilingSide.allCases.map { side in
            let filing = file.matter.filings.contains(side) ? file.filings[side] : nil
            var superior: String?
            for fact in facts where fact.position == filing?.position {
                if case .matter(.filedWithSuperior(let payload)) = fact.event { superior = payload.superior }
            }
            return MatterFiling(
                side: side,
                party: filing?.party,
                partyName: filing.map { register.name(of: $0.party) },
                superior: superior,
                at: filing?.at,
                position: filing?.position
            )
        }
    }
}

extension MatterView {
    /// How many events of one matter are read at most; no honest matter comes near.
    package static let maximumEvents = 5_000

    /// Reads a matter's stream, and its report's; nil when there is no such matter.
    ///
    /// - Throws: what the store throws.
    package static func load(
        _ matter: MatterID,
        from store: any EventStore,
        register: Register
    ) async throws -> MatterView? {
        var events = try await all(of: Matter.stream(matter), from: store)
        if let report = report(of: events) {
            events += try await all(of: Report.stream(report), from: store)
            events.sort { $0.position < $1.position }
        }
        var facts: [Fact] = []
        var parked = 0
        for event in events {
            do throws(Problems) {
                facts.append(try Fact(event))
            } catch {
                // The boards log such events with their position; here the count is shown.
                parked += 1
            }
        }
        return MatterView(matter, facts: facts, register: register, parked: parked)
    }

    private static func all(of stream: StreamName, from store: any EventStore) async throws -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        var version = StreamVersion.none
        while events.count < maximumEvents {
            let page = try await store.events(of: stream, after: version, limit: 500)
            guard let last = page.last else { break }
            events += page
            version = last.version
        }
        return events
    }

    private static func report(of events: [RecordedEvent]) -> ReportID? {
        for event in events {
            if let fact = try? Fact(event), case .matter(.raised(let payload)) = fact.event { return payload.report }
        }
        return nil
    }
}
