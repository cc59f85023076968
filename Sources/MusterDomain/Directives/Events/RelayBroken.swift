package import EventSourcing
package import Records

/// A directive stopped on its way down: somebody did not pass it on in time.
package struct RelayBroken: Hashable, Sendable {
    package let directive: DirectiveID
    package let addressee: Addressee
    /// The territories right below that it did not reach.
    package let missing: [TerritoryID]
    package let dueAt: Timestamp

    package init(
        directive: DirectiveID,
        addressee: Addressee,
        missing: [TerritoryID],
        dueAt: Timestamp
    ) {
        self.directive = directive
        self.addressee = addressee
        self.missing = missing
        self.dueAt = dueAt
    }

    package static let record = Record<RelayBroken>(
        refusesUnknownMembers: false,
        Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
        Field("addressee", \.addressee, Addressee.record.codec, Words("Addressee", zh: "接收方")),
        Field(
            "missing",
            \.missing,
            .list(of: .identifier(), count: 1...1_000, isSet: true),
            Words("Not reached", zh: "未达区域")
        ),
        Field("dueAt", \.dueAt, .timestamp, Words("Due", zh: "期限")),
        make: RelayBroken.init
    )
}
