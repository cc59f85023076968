import Records

extension Context {
    /// May this person, holding this post, for this party, in this territory, at this time, send such a command?
    ///
    /// The command handler asks before every decision, so that the same answer holds for every door. What depends on
    /// the matter itself, as whose whistle it is, the command decides.
    package func authorise(_ entry: CommandEntry) throws(Rejection) {
        // First, so that a property company learns the rule and not merely that its role does not fit.
        if entry.isOrder, isPropertyActor { throw .propertyOrders }
        guard entry.roles.contains(actor.role) else { throw .roleNotAllowed(actor.role, entry) }
        guard actor.role.needsAppointment else { return }
        guard authority.parties[actor.party] != nil else {
            throw Rejection(
                kind: .forbidden,
                rule: "S1",
                reason: "party-unknown",
                Words("Party \(actor.party) is not registered.", zh: "单位 \(actor.party) 未登记。"),
                advice: Words("An administrator can register it.", zh: "可由系统管理员登记。")
            )
        }
        guard authority.holdsPost(actor, in: territories, at: occurredAt) else {
            throw Rejection(
                kind: .forbidden,
                rule: "S1",
                reason: "no-post",
                Words(
                    "\(actor.person) was no \(actor.role.words.en) of \(actor.party) for \(actor.territory) then.",
                    zh: "\(actor.person) 当时在 \(actor.territory) 没有 \(actor.party) 的\(actor.role.words.zh)任职。"
                ),
                advice: Words("An administrator can appoint the person.", zh: "可由系统管理员任命。")
            )
        }
    }

    /// Whether the actor speaks for a property company, whatever the role (R1.1).
    var isPropertyActor: Bool {
        actor.role == .propertyManager || authority.parties[actor.party]?.kind == .property
    }
}

extension Rejection {
    fileprivate static let propertyOrders = Rejection(
        kind: .forbidden,
        rule: "R1.1",
        reason: "property-orders",
        Words("A property company may execute and report, never issue.", zh: "物业可以执行和上报，不能发布或加码。"),
        advice: Words("Ask the community to give the order.", zh: "请由社区下达。")
    )

    fileprivate static func roleNotAllowed(_ role: Role, _ entry: CommandEntry) -> Rejection {
        let senders = entry.roles.map(\.words)
        return Rejection(
            kind: .forbidden,
            rule: entry.roleRule,
            reason: "role-not-allowed",
            Words(
                "\(role.words.en) may not do this: \(entry.words.en).",
                zh: "\(role.words.zh)不能执行：\(entry.words.zh)。"
            ),
            advice: Words(
                "Those who may: \(senders.map(\.en).joined(separator: ", ")).",
                zh: "可由以下角色执行：\(senders.map(\.zh).joined(separator: "、"))。"
            )
        )
    }
}
