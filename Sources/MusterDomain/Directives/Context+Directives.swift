import EventSourcing
import Records

/// Who speaks for whom, and who may be given a directive by whom.
extension Context {
    /// The actor must act in exactly the addressee's territory, in the office that its level has, or for the very party.
    func requireSpeaks(for addressee: Addressee) throws(Rejection) {
        if actor.territory == addressee.territory {
            if let party = addressee.party {
                if actor.party == party { return }
            } else if isOffice(of: addressee.territory) {
                return
            }
        }
        throw Rejection(
            kind: .forbidden,
            rule: "S4",
            reason: "not-addressee",
            Words(
                "\(actor.person) does not speak for \(addressee.text).",
                zh: "\(actor.person) 不能代表 \(addressee.text)。"
            ),
            advice: Words("Whoever holds the post there can.", zh: "请由在该处任职的人员办理。")
        )
    }

    /// Whether the actor's role is the one that runs a territory of that level.
    func isOffice(of territory: TerritoryID) -> Bool {
        territories.territory(territory).map { actor.role == $0.level.office } ?? false
    }

    /// When a hop that begins now must be acknowledged and passed on. The whole cascade has an end of its own, but whoever
    /// hears of it after that is not late before they heard.
    func hopLimits(
        under response: ResponseLevel?,
        cascadeBy: Timestamp
    ) -> (ackBy: Timestamp, relayBy: Timestamp, limit: Duration) {
        let limit = limits.directives.hop(under: response)
        let ackBy = now + limit
        return (ackBy, cascadeBy > now ? min(ackBy, cascadeBy) : ackBy, limit)
    }

    /// Whether a sender may give a directive to these, by the tree of territories (R4.2): to the territories right below,
    /// or, from a territory's own office, to parties of the same territory. What lies deeper needs `isDirect`.
    ///
    /// - Parameters:
    ///   - isOffice: whether the sender is the office of its territory.
    ///   - directive: who has it already.
    /// - Returns: the levels that are skipped, which get a copy.
    func requireChildren(
        _ targets: [Addressee],
        of sender: Addressee,
        isOffice: Bool,
        isDirect: Bool,
        downTo: TerritoryLevel,
        of directive: Directive
    ) throws(Rejection) -> [Addressee] {
        var copies: [Addressee] = []
        let issuer = directive.subject?.issuer
        for target in targets {
            try requireTerritory(target.territory)
            if let party = target.party { try requireParty(party) }
            try requireLevel(of: target.territory, downTo)
            if target == issuer || target == sender { throw .loop(target) }
            if target.territory == sender.territory {
                guard let party = target.party, party != actor.party else { throw .loop(target) }
                guard isOffice else { throw .notOwnChild(target, of: sender) }
            } else if territories.territory(target.territory)?.parent != sender.territory {
                for skipped in try levelsSkipped(to: target, from: sender, isDirect: isDirect)
                where !copies.contains(skipped) && directive.holders[skipped] == nil && skipped != issuer {
                    copies.append(skipped)
                }
            }
            if let holder = directive.holders[target], !holder.isCopy {
                throw Rejection(
                    rule: "R4.2",
                    reason: "relayed-already",
                    Words(
                        "\(target.text) has it already, from \(holder.from.text).",
                        zh: "\(target.text) 已从 \(holder.from.text) 收到。"
                    )
                )
            }
        }
        return copies.filter { !targets.contains($0) }
    }

    private func requireLevel(of territory: TerritoryID, _ downTo: TerritoryLevel) throws(Rejection) {
        guard let level = territories.territory(territory)?.level, downTo.isAbove(level) else { return }
        throw Rejection(
            rule: "R4.2",
            reason: "below-audience",
            Words(
                "\(territory) lies below the level \(downTo.words.en), where this directive ends.",
                zh: "\(territory) 低于该指令的最末层级（\(downTo.words.zh)）。"
            ),
            advice: Words("Households are reported by their number, by the grid.", zh: "住户由网格按户数上报。")
        )
    }

    private func levelsSkipped(
        to target: Addressee,
        from sender: Addressee,
        isDirect: Bool
    ) throws(Rejection) -> [Addressee] {
        let above = territories.ancestors(of: target.territory)
        guard let depth = above.firstIndex(of: sender.territory) else {
            if territories.contains(target.territory, sender.territory) { throw .loop(target) }
            throw .notOwnChild(target, of: sender)
        }
        guard isDirect else {
            throw Rejection(
                rule: "R4.2",
                reason: "level-skipped",
                Words(
                    "Between \(sender.territory) and \(target.text) lies \(above[0]).",
                    zh: "\(sender.territory) 与 \(target.text) 之间还有 \(above[0])。"
                ),
                advice: Words(
                    "Relay to \(above[0]), or mark it as direct: then \(above[0]) gets a copy.",
                    zh: "请转发给 \(above[0])；或标为直达，\(above[0]) 将收到抄送。"
                )
            )
        }
        return above[..<depth].map { Addressee($0) }
    }
}

extension TerritoryLevel {
    /// The role in which somebody runs a territory of this level.
    var office: Role? {
        switch self {
        case .city, .district: .districtCommand
        case .street: .streetCoordinator
        case .community: .communityHead
        case .grid: .gridWorker
        case .building: nil
        }
    }
}
