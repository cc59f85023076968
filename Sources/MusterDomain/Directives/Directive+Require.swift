import EventSourcing
import Records

/// What many decisions ask of a directive.
extension Directive {
    func requireSubject() throws(Rejection) -> (subject: Subject, current: DirectiveVersion) {
        if let subject, let current { return (subject, current) }
        throw Rejection(
            kind: .notFound,
            rule: "S4",
            reason: "no-such-directive",
            Words("There is no such directive.", zh: "没有这项指令。")
        )
    }

    /// It was neither recalled nor superseded by now.
    func requireStanding(at time: Timestamp) throws(Rejection) {
        if recalledAt != nil { throw .recalled }
        if let succession, succession.from <= time { throw .superseded(by: succession.by) }
    }

    /// What only those who issued it may do.
    func requireIssuer(_ context: Context) throws(Rejection) {
        let issuer = try requireSubject().subject.issuer
        if context.actor.territory == issuer.territory, context.actor.party == issuer.party { return }
        throw Rejection(
            kind: .forbidden,
            rule: "S4",
            reason: "not-issuer",
            Words(
                "\(issuer.text) issued this directive, not \(context.actor.party).",
                zh: "该指令由 \(issuer.text) 发布，而不是 \(context.actor.party)。"
            ),
            advice: Words(
                "Ask for clarification, or a higher level can issue one that supersedes it.",
                zh: "请申请澄清；上级也可以发布取代它的新指令。"
            )
        )
    }

    /// As whom the actor passes it on: as its issuer, for a party that has it, or for the office of a territory.
    func requireSender(_ context: Context) throws(Rejection) -> (sender: Addressee, hop: Int) {
        let issuer = try requireSubject().subject.issuer
        let actor = context.actor
        let asParty = Addressee(actor.territory, actor.party)
        if asParty == issuer { return (issuer, 0) }
        if let holder = holders[asParty] { return (asParty, try Self.requireRelayer(holder)) }
        let asOffice = Addressee(actor.territory)
        if let holder = holders[asOffice] {
            try context.requireSpeaks(for: asOffice)
            return (asOffice, try Self.requireRelayer(holder))
        }
        throw .notAddressed(asOffice)
    }

    private static func requireRelayer(_ holder: Holder) throws(Rejection) -> Int {
        if holder.isCopy { throw .forInformation }
        return holder.hop
    }
}

extension Directive.Subject {
    /// Whether others may put one of theirs in its place: whoever issued it, and those above.
    func maySupersede(_ other: Addressee, in territories: TerritoryRegister) -> Bool {
        other == issuer
            || other.territory != issuer.territory && territories.contains(other.territory, issuer.territory)
    }
}
