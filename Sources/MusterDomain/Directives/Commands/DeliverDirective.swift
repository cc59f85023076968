package import EventSourcing
import Records

/// Brings a directive to an addressee.
package struct DeliverDirective: Command, Hashable {
    package let directive: DirectiveID
    package let territory: TerritoryID
    package let party: PartyID?
    package let from: Addressee
    package let issuer: Addressee
    package let hop: Int
    package let isCopy: Bool
    package let versions: [DirectiveVersion]
    package let note: String?
    package let replyBy: Timestamp?
    package let ackBy: Timestamp?

    package init(
        directive: DirectiveID,
        territory: TerritoryID,
        party: PartyID? = nil,
        from: Addressee,
        issuer: Addressee,
        hop: Int,
        isCopy: Bool = false,
        versions: [DirectiveVersion],
        note: String? = nil,
        replyBy: Timestamp? = nil,
        ackBy: Timestamp? = nil
    ) {
        self.directive = directive
        self.territory = territory
        self.party = party
        self.from = from
        self.issuer = issuer
        self.hop = hop
        self.isCopy = isCopy
        self.versions = versions
        self.note = note
        self.replyBy = replyBy
        self.ackBy = ackBy
    }

    package static let description = CommandDescription<DeliverDirective>(
        "DeliverDirective",
        of: .directives,
        Words("Deliver a directive", zh: "送达指令"),
        by: [.system],
        Record<DeliverDirective>(
            Field("directive", \.directive, .identifier(), Words("Directive", zh: "指令")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field(
                "party",
                \.party,
                Codec<PartyID>.identifier().optional,
                Words("Party", zh: "单位"),
                help: Words("None for the territory's own office", zh: "不填即为该区域的主管机构")
            ),
            Field("from", \.from, Addressee.record.codec, Words("From", zh: "转发方")),
            Field("issuer", \.issuer, Addressee.record.codec, Words("Issuer", zh: "发布方")),
            Field("hop", \.hop, .integer(1...1_000), Words("Hop", zh: "层级")),
            Field("isCopy", \.isCopy, Codec<Bool>.boolean.orMissing(false), Words("For information", zh: "抄送")),
            Field(
                "versions",
                \.versions,
                .list(of: DirectiveVersion.record.codec, count: 1...DirectiveVersion.maximumVersion),
                Words("Versions", zh: "版本")
            ),
            Field("note", \.note, Codec<String>.prose(1_000).optional, Words("Local note", zh: "本级说明")),
            Field("replyBy", \.replyBy, Codec<Timestamp>.timestamp.optional, Words("Reply by", zh: "答复期限")),
            Field("ackBy", \.ackBy, Codec<Timestamp>.timestamp.optional, Words("Acknowledge by", zh: "签收期限")),
            make: DeliverDirective.init
        )
    )

    package var stream: StreamName { AddressedDirective.stream(directive, addressee) }

    package func decide(
        _ subject: AddressedDirective,
        in context: Context
    ) throws(Rejection) -> [AddressedDirective.Event] {
        if let receipt = subject.receipt, isCopy || !receipt.isCopy { return [] }
        return [
            .received(
                DirectiveReceived(
                    directive: directive,
                    addressee: addressee,
                    from: from,
                    issuer: issuer,
                    hop: hop,
                    isCopy: isCopy,
                    versions: versions,
                    note: note,
                    replyBy: replyBy,
                    ackBy: ackBy
                )
            )
        ]
    }

    private var addressee: Addressee { Addressee(territory, party) }
}
