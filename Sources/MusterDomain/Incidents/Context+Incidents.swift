import Records

extension Context {
    /// Those who may verify or rule out: who has the duty on the list, or else any department of the place; the district
    /// takes what nobody has (R1.5).
    func requireVerifier(_ subject: Incident.Subject) throws(Rejection) {
        try requireCovers(subject.territory)
        guard let duty = subject.verifyDuty, actor.role != .districtCommand else { return }
        try requireOnList(actor.party, duty: duty, in: subject.territory)
    }

    /// The party has a duty on the list in force; what nobody has on it the district takes.
    func requireOnList(_ party: PartyID, duty: DutyID, in territory: TerritoryID) throws(Rejection) {
        let entry = responsibility(for: duty, in: territory)
        if let entry, entry.names(party) { return }
        if entry == nil, authority.parties[party]?.kind == .district { return }
        throw Rejection(
            rule: "R1.5",
            reason: "no-duty-on-list",
            Words(
                "\(party) does not have the duty \(duty) in \(territory) on the list in force.",
                zh: "现行清单上，\(party) 在 \(territory) 没有职责 \(duty)。"
            ),
            advice: entry.map {
                Words("\($0.responsible) is responsible for it.", zh: "责任单位是 \($0.responsible)。")
            } ?? Words("Nobody has it; the district takes what nobody has.", zh: "无责任单位，由区级兜底。")
        )
    }

    /// Those who may act for a group: its own party, or those who command the ground.
    func requireCommands(_ party: PartyID, in territory: TerritoryID) throws(Rejection) {
        if actor.party == party { return }
        switch actor.role {
        case .communityHead, .streetCoordinator, .districtCommand, .system: try requireCovers(territory)
        default: try requireActsFor(party)
        }
    }
}
