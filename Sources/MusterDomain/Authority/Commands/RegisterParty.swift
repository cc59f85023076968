package import EventSourcing
import Records

/// Lets an organisation act.
package struct RegisterParty: Command, Hashable {
    package let party: PartyID
    package let nameEN: String
    package let nameZH: String
    package let kind: PartyKind
    package let channel: DeliveryChannel
    package let webhookURL: WebhookURL?
    /// Where it acts; nil sets no bound.
    package let area: TerritoryID?

    package init(
        party: PartyID,
        nameEN: String,
        nameZH: String,
        kind: PartyKind,
        channel: DeliveryChannel,
        webhookURL: WebhookURL? = nil,
        area: TerritoryID? = nil
    ) {
        self.party = party
        self.nameEN = nameEN
        self.nameZH = nameZH
        self.kind = kind
        self.channel = channel
        self.webhookURL = webhookURL
        self.area = area
    }

    package static let description = CommandDescription<RegisterParty>(
        "RegisterParty",
        of: .authority,
        Words("Register a party", zh: "登记单位"),
        by: [.administrator, .districtCommand],
        isOrder: true,
        Record<RegisterParty>(
            Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
            Field("nameEN", \.nameEN, .line(100), Words("Name in English", zh: "英文名称")),
            Field("nameZH", \.nameZH, .line(100), Words("Name in Chinese", zh: "中文名称")),
            Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
            Field("channel", \.channel, .choice, Words("Channel", zh: "渠道")),
            Field(
                "webhookURL",
                \.webhookURL,
                Codec<WebhookURL>.webhookURL.optional,
                Words("Webhook address", zh: "回调地址")
            ),
            Field(
                "area",
                \.area,
                Codec<TerritoryID>.identifier().optional,
                Words("Area", zh: "管辖区域"),
                help: Words("It has no posts and duties outside", zh: "区域之外不设岗位、不承担职责")
            ),
            make: RegisterParty.init
        )
    )

    package var stream: StreamName { Authority.stream }

    package func decide(_ authority: Authority, in context: Context) throws(Rejection) -> [Authority.Event] {
        guard party.rawValue != LeadChoice.firstReceiverText, party != Actor.systemParty else {
            throw Rejection(
                rule: "S1",
                reason: "reserved-name",
                Words("\(party) has a meaning of its own in Muster.", zh: "\(party) 是系统保留名称。")
            )
        }
        guard authority.parties[party] == nil else {
            throw Rejection(
                rule: "S1",
                reason: "party-exists",
                Words("Party \(party) is registered already.", zh: "单位 \(party) 已登记。")
            )
        }
        guard (channel == .webhook) == (webhookURL != nil) else {
            throw Rejection(
                rule: "S1",
                reason: "webhook-address",
                Words(
                    "A webhook address belongs to the channel webhook, and to no other.",
                    zh: "仅当渠道为回调时才需要且必须填写回调地址。"
                )
            )
        }
        if let area { try context.requireTerritory(area) }
        return [
            .partyRegistered(
                PartyRegistered(
                    party: party,
                    nameEN: nameEN,
                    nameZH: nameZH,
                    kind: kind,
                    channel: channel,
                    webhookURL: webhookURL,
                    area: area
                )
            )
        ]
    }
}
