import EventSourcing
import MusterDomain

/// How people of the town pass a directive on: the street to its communities, they to their grids, the grid workers from
/// door to door. Most in time; here and there it stops, or somebody adds words of their own.
extension TownStory {
    func deeds(in directive: TownDirective) -> [TownDeed] {
        guard let subject = directive.source.subject, let current = directive.source.current,
            directive.source.recalledAt == nil, directive.source.succession == nil
        else { return [] }
        return directive.copies.sorted { $0.key < $1.key }.flatMap { addressee, copy -> [TownDeed] in
            guard let office = Town.office(of: addressee), copy.status != nil, !copy.isInapplicable else { return [] }
            return deeds(of: office, addressee, copy, subject.directive, current, directive.source.reached)
        }
    }

    private func deeds(
        of office: Actor,
        _ addressee: Addressee,
        _ copy: AddressedDirective,
        _ directive: DirectiveID,
        _ current: DirectiveVersion,
        _ reached: Set<TerritoryID>
    ) -> [TownDeed] {
        let (name, hop) = ("\(directive)/\(current.version)/\(addressee.territory)", limits.directives.hop)
        func deed(_ step: String, _ command: any Command, _ mean: Duration) -> TownDeed {
            TownDeed(
                key: "\(name)/\(step)",
                actor: office,
                command: command,
                after: dice.delay("\(name)/\(step)", mean: mean)
            )
        }
        guard copy.acknowledged == current.version else {
            if dice.isTrue("\(name)/silent", chance: 0.07) { return [] }
            let receipt = AcknowledgeReceipt(
                directive: directive,
                territory: addressee.territory,
                version: current.version
            )
            return [deed("acknowledge", receipt, hop * 0.15)]
        }
        let children = Town.children(of: addressee.territory)
        if !children.isEmpty {
            guard reached.isDisjoint(with: children), !dice.isTrue("\(name)/stops", chance: 0.12) else { return [] }
            let relay = RelayDirective(
                directive: directive,
                version: current.version,
                hash: current.hash,
                to: children.map { Addressee($0) },
                note: dice.isTrue("\(name)/notes", chance: 0.25) ? "With us until 20:00 each day." : nil
            )
            return [deed("relay", relay, hop * 0.2)]
        }
        guard let all = Town.households(of: addressee.territory) else { return [] }
        let met = Int(Double(all) * (0.7 + 0.3 * dice.fraction("\(name)/met")))
        guard copy.households != nil else {
            let visits = AcknowledgeReceipt(
                directive: directive,
                territory: addressee.territory,
                version: current.version,
                households: met,
                manner: .visit
            )
            return [deed("visit", visits, hop * 0.8)]
        }
        guard !copy.hasReplied else { return [] }
        let report = ReportExecution(
            directive: directive,
            territory: addressee.territory,
            count: met,
            isFull: met == all,
            evidence: ["list \(name)"]
        )
        return [deed("report", report, hop * 0.5)]
    }

    /// The district's next directive to the town; nil when there is no more to say.
    func directive(_ number: Int, at now: Timestamp) -> TownCommand? {
        let subjects: [(DirectiveSubjectID, String, String)] = [
            (DirectiveSubjectID("stairs.clear"), "Keep stairs and corridors clear", "Nothing is kept in stairwells."),
            (
                DirectiveSubjectID("charging.indoors"), "No charging of scooters indoors",
                "Scooters are charged outside."
            ),
            (DirectiveSubjectID("elderly.visits"), "Look after people who live alone", "Each is visited twice a week."),
        ]
        let (subject, title, body) = subjects[number % subjects.count]
        guard let directive = DirectiveID(rawValue: "D-\(number + 1)") else { return nil }
        return TownCommand(
            Town.districtDuty,
            IssueDirective(
                directive: directive,
                subject: subject,
                title: title,
                body: body,
                audience: [Addressee(Town.town)],
                effectiveFrom: now,
                supersedes: number < subjects.count
                    ? nil : DirectiveID(rawValue: "D-\(number + 1 - subjects.count)")
            ),
            key: "directive/\(number)"
        )
    }
}

extension Town {
    /// Who answers for a territory.
    static func office(of addressee: Addressee) -> Actor? {
        guard addressee.party == nil else { return nil }
        if addressee.territory == town { return streetDuty }
        guard let community = community(holding: addressee.territory) else { return nil }
        return addressee.territory == community.id
            ? head(of: community) : worker(of: addressee.territory, in: community)
    }

    static func children(of territory: TerritoryID) -> [TerritoryID] {
        territory == town ? communities.map(\.id) : communities.first { $0.id == territory }?.grids ?? []
    }

    /// Of a grid; nil for other territories.
    static func households(of grid: TerritoryID) -> Int? {
        communities.first { $0.grids.contains(grid) }.map { $0.households / $0.grids.count }
    }
}
