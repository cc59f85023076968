package import EventSourcing
import Records

/// Tells an addressee that another directive stands in the place of one.
package struct DeliverSupersession: Command, Hashable {
    package let directive: DirectiveID
    package let territory: TerritoryID
    package let party: PartyID?
    package let by: DirectiveID
    package let from: Timestamp

    package init(
        directive: DirectiveID,
        territory: TerritoryID,
        party: PartyID? = nil,
        by: DirectiveID,
        from: Timestamp
    ) {
        self.directive = directive
        self.territory = territory
        self.party = party
        self.by = by
        self.from = from
    }

    package static let description = CommandDescription<DeliverSupersession>(
        "DeliverSupersession",
        of: .directives,
        Words("Deliver a supersession", zh: "送达取代"),
        by: [.system],
        Record<DeliverSupersession>(
            Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field(
                "party",
                \.party,
                Codec<PartyID>.identifier().optional,
                Words("Party", zh: "单位"),
                help: Words("None for the territory's own office", zh: "不填即为该区域的主管机构")
            ),
            Field("by", \.by, .identifier(), Words("By", zh: "取代者")),
            Field("from", \.from, .timestamp, Words("From", zh: "起始时间")),
            make: DeliverSupersession.init
        )
    )

    package var stream: StreamName { AddressedDirective.stream(directive, addressee) }

    package func decide(
        _ subject: AddressedDirective,
        in context: Context
    ) throws(Rejection) -> [AddressedDirective.Event] {
        guard subject.receipt != nil, subject.ending == nil else { return [] }
        return [.superseded(SupersessionReceived(directive: directive, addressee: addressee, by: by, from: from))]
    }

    private var addressee: Addressee { Addressee(territory, party) }
}
