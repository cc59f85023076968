package import EventSourcing
import Records

/// Records that an addressee let the limit to acknowledge pass.
package struct RecordAckOverdue: Command, Hashable {
    package let directive: DirectiveID
    package let territory: TerritoryID
    package let party: PartyID?
    package let version: Int
    /// The limit, which names the clock.
    package let dueAt: Timestamp

    package init(
        directive: DirectiveID,
        territory: TerritoryID,
        party: PartyID? = nil,
        version: Int,
        dueAt: Timestamp
    ) {
        self.directive = directive
        self.territory = territory
        self.party = party
        self.version = version
        self.dueAt = dueAt
    }

    package static let description = CommandDescription<RecordAckOverdue>(
        "RecordAckOverdue",
        of: .directives,
        Words("Record overdue receipt", zh: "记录逾期未签收"),
        by: [.system],
        Record<RecordAckOverdue>(
            Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field(
                "party",
                \.party,
                Codec<PartyID>.identifier().optional,
                Words("Party", zh: "单位"),
                help: Words("None for the territory's own office", zh: "不填即为该区域的主管机构")
            ),
            Field("version", \.version, .integer(1...DirectiveVersion.maximumVersion), Words("Version", zh: "版本")),
            Field("dueAt", \.dueAt, .timestamp, Words("Due", zh: "期限")),
            make: RecordAckOverdue.init
        )
    )

    package var stream: StreamName { AddressedDirective.stream(directive, addressee) }

    package func decide(
        _ subject: AddressedDirective,
        in context: Context
    ) throws(Rejection) -> [AddressedDirective.Event] {
        guard subject.ending == nil, subject.current?.version == version, subject.ackBy == dueAt,
            subject.acknowledged < version, !subject.isInapplicable, !subject.isAckOverdue
        else { return [] }
        guard context.now >= dueAt else { throw .tooEarly(dueAt) }
        return [
            .ackOverdue(AckOverdue(directive: directive, addressee: addressee, version: version, dueAt: dueAt))
        ]
    }

    private var addressee: Addressee { Addressee(territory, party) }
}
