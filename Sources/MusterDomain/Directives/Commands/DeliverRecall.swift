package import EventSourcing
import Records

/// Tells an addressee that a directive was recalled.
package struct DeliverRecall: Command, Hashable {
    package let directive: DirectiveID
    package let territory: TerritoryID
    package let party: PartyID?
    package let at: Timestamp

    package init(
        directive: DirectiveID,
        territory: TerritoryID,
        party: PartyID? = nil,
        at: Timestamp
    ) {
        self.directive = directive
        self.territory = territory
        self.party = party
        self.at = at
    }

    package static let description = CommandDescription<DeliverRecall>(
        "DeliverRecall",
        of: .directives,
        Words("Deliver a recall", zh: "送达撤回"),
        by: [.system],
        Record<DeliverRecall>(
            Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field(
                "party",
                \.party,
                Codec<PartyID>.identifier().optional,
                Words("Party", zh: "单位"),
                help: Words("None for the territory's own office", zh: "不填即为该区域的主管机构")
            ),
            Field("at", \.at, .timestamp, Words("Recalled at", zh: "撤回时间")),
            make: DeliverRecall.init
        )
    )

    package var stream: StreamName { AddressedDirective.stream(directive, addressee) }

    package func decide(
        _ subject: AddressedDirective,
        in context: Context
    ) throws(Rejection) -> [AddressedDirective.Event] {
        guard subject.receipt != nil else { return [] }
        if case .recalled = subject.ending { return [] }
        return [.recalled(RecallReceived(directive: directive, addressee: addressee, at: at))]
    }

    private var addressee: Addressee { Addressee(territory, party) }
}
