package import EventSourcing
import Records

/// Records where a directive stopped on its way down.
package struct RecordRelayBroken: Command, Hashable {
    package let directive: DirectiveID
    package let territory: TerritoryID
    package let party: PartyID?
    package let missing: [TerritoryID]
    /// The limit, which names the clock.
    package let dueAt: Timestamp

    package init(
        directive: DirectiveID,
        territory: TerritoryID,
        party: PartyID? = nil,
        missing: [TerritoryID],
        dueAt: Timestamp
    ) {
        self.directive = directive
        self.territory = territory
        self.party = party
        self.missing = missing
        self.dueAt = dueAt
    }

    package static let description = CommandDescription<RecordRelayBroken>(
        "RecordRelayBroken",
        of: .directives,
        Words("Record a broken relay", zh: "记录转发中断"),
        by: [.system],
        Record<RecordRelayBroken>(
            Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field(
                "party",
                \.party,
                Codec<PartyID>.identifier().optional,
                Words("Party", zh: "单位"),
                help: Words("None for the territory's own office", zh: "不填即为该区域的主管机构")
            ),
            Field(
                "missing",
                \.missing,
                .list(of: .identifier(), count: 1...1_000, isSet: true),
                Words("Not reached", zh: "未达区域")
            ),
            Field("dueAt", \.dueAt, .timestamp, Words("Due", zh: "期限")),
            make: RecordRelayBroken.init
        )
    )

    package var stream: StreamName { Directive.stream(directive) }

    package func decide(_ subject: Directive, in context: Context) throws(Rejection) -> [Directive.Event] {
        _ = try subject.requireSubject()
        let addressee = Addressee(territory, party)
        guard subject.recalledAt == nil, let holder = subject.holders[addressee], holder.relayBy == dueAt,
            !holder.isBroken
        else { return [] }
        if let succession = subject.succession, succession.from <= context.now { return [] }
        let missing = self.missing.filter { !subject.reached.contains($0) }
        if missing.isEmpty { return [] }
        guard context.now >= dueAt else { throw .tooEarly(dueAt) }
        return [
            .relayBroken(
                RelayBroken(directive: directive, addressee: addressee, missing: missing, dueAt: dueAt)
            )
        ]
    }
}
