package import Records

/// Somebody whom a measure concerns says that it is wrong.
package struct MeasureChallenged: Hashable, Sendable {
    package let challenge: ChallengeID
    package let measure: MeasureID
    /// Who has to answer.
    package let issuer: PartyID
    package let text: String

    package init(
        challenge: ChallengeID,
        measure: MeasureID,
        issuer: PartyID,
        text: String
    ) {
        self.challenge = challenge
        self.measure = measure
        self.issuer = issuer
        self.text = text
    }

    package static let record = Record<MeasureChallenged>(
        refusesUnknownMembers: false,
        Field("challenge", \.challenge, .identifier(), Words("Challenge", zh: "质疑")),
        Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
        Field("issuer", \.issuer, .identifier(), Words("Issuer", zh: "发布单位")),
        Field("text", \.text, .prose(), Words("Text", zh: "说明"), isPersonal: true),
        make: MeasureChallenged.init
    )
}
