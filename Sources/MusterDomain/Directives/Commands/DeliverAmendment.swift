package import EventSourcing
import Records

/// Brings a new version to an addressee.
package struct DeliverAmendment: Command, Hashable {
    package let directive: DirectiveID
    package let territory: TerritoryID
    package let party: PartyID?
    package let inForce: DirectiveVersion
    package let replyBy: Timestamp?
    package let ackBy: Timestamp

    package init(
        directive: DirectiveID,
        territory: TerritoryID,
        party: PartyID? = nil,
        inForce: DirectiveVersion,
        replyBy: Timestamp? = nil,
        ackBy: Timestamp
    ) {
        self.directive = directive
        self.territory = territory
        self.party = party
        self.inForce = inForce
        self.replyBy = replyBy
        self.ackBy = ackBy
    }

    package static let description = CommandDescription<DeliverAmendment>(
        "DeliverAmendment",
        of: .directives,
        Words("Deliver an amendment", zh: "送达修订"),
        by: [.system],
        Record<DeliverAmendment>(
            Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field(
                "party",
                \.party,
                Codec<PartyID>.identifier().optional,
                Words("Party", zh: "单位"),
                help: Words("None for the territory's own office", zh: "不填即为该区域的主管机构")
            ),
            Field("inForce", \.inForce, DirectiveVersion.record.codec, Words("Version", zh: "版本")),
            Field("replyBy", \.replyBy, Codec<Timestamp>.timestamp.optional, Words("Reply by", zh: "答复期限")),
            Field("ackBy", \.ackBy, .timestamp, Words("Acknowledge by", zh: "签收期限")),
            make: DeliverAmendment.init
        )
    )

    package var stream: StreamName { AddressedDirective.stream(directive, addressee) }

    package func decide(
        _ subject: AddressedDirective,
        in context: Context
    ) throws(Rejection) -> [AddressedDirective.Event] {
        guard let receipt = subject.receipt, let current = subject.current, inForce.version > current.version else {
            return []
        }
        return [
            .amended(
                AmendmentReceived(
                    directive: directive,
                    addressee: addressee,
                    inForce: inForce,
                    replyBy: replyBy,
                    ackBy: receipt.isCopy ? nil : ackBy
                )
            )
        ]
    }

    private var addressee: Addressee { Addressee(territory, party) }
}
