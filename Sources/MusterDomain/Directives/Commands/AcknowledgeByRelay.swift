package import EventSourcing
import Records

/// Records that who passed a directive on has got it.
package struct AcknowledgeByRelay: Command, Hashable {
    package let directive: DirectiveID
    package let territory: TerritoryID
    package let party: PartyID?
    package let version: Int
    package let at: Timestamp

    package init(
        directive: DirectiveID,
        territory: TerritoryID,
        party: PartyID? = nil,
        version: Int,
        at: Timestamp
    ) {
        self.directive = directive
        self.territory = territory
        self.party = party
        self.version = version
        self.at = at
    }

    package static let description = CommandDescription<AcknowledgeByRelay>(
        "AcknowledgeByRelay",
        of: .directives,
        Words("Acknowledge by relay", zh: "以转发视为签收"),
        by: [.system],
        Record<AcknowledgeByRelay>(
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
            Field("at", \.at, .timestamp, Words("Relayed at", zh: "转发时间")),
            make: AcknowledgeByRelay.init
        )
    )

    package var stream: StreamName { AddressedDirective.stream(directive, addressee) }

    package func decide(
        _ subject: AddressedDirective,
        in context: Context
    ) throws(Rejection) -> [AddressedDirective.Event] {
        guard let receipt = subject.receipt, !receipt.isCopy, !subject.hasRelayed || subject.acknowledged < version
        else { return [] }
        return [
            .acknowledged(
                ReceiptAcknowledged(
                    directive: directive,
                    addressee: addressee,
                    version: version,
                    manner: .relay,
                    isLate: subject.acknowledged < version && subject.ackBy.map { $0 < at } ?? false
                )
            )
        ]
    }

    private var addressee: Addressee { Addressee(territory, party) }
}
