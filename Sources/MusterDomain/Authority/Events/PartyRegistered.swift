package import Records

/// A party may act from now on.
package struct PartyRegistered: Hashable, Sendable {
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

    package static let record = Record<PartyRegistered>(
        refusesUnknownMembers: false,
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("nameEN", \.nameEN, .line(100), Words("Name in English", zh: "英文名称")),
        Field("nameZH", \.nameZH, .line(100), Words("Name in Chinese", zh: "中文名称")),
        Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
        Field("channel", \.channel, .choice, Words("Channel", zh: "渠道")),
        Field("webhookURL", \.webhookURL, Codec<WebhookURL>.webhookURL.optional, Words("Webhook address", zh: "回调地址")),
        Field("area", \.area, Codec<TerritoryID>.identifier().optional, Words("Area", zh: "管辖区域")),
        make: PartyRegistered.init
    )
}
