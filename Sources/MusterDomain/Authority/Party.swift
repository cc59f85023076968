package import Records

/// An acting organisation.
package struct Party: Hashable, Sendable {
    package let id: PartyID
    package let words: Words
    package let kind: PartyKind
    package let channel: DeliveryChannel
    /// Set when the channel is a webhook.
    package let webhookURL: WebhookURL?
    /// Where it acts: it has no posts and duties elsewhere. Nil where nobody said so.
    package let area: TerritoryID?
}
