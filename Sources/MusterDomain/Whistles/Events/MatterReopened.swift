package import EventSourcing
package import Records

/// It was not solved after all: the same lead must come again (R14.1).
package struct MatterReopened: Hashable, Sendable {
    package let matter: MatterID
    /// Nil when a reporter said no more than "not solved".
    package let reason: String?
    /// Nil, as all that follows, for a matter that no department dealt with.
    package let round: Int?
    package let lead: PartyID?
    package let onSceneBy: Timestamp?
    package let limit: Duration?
    /// Who is told when; nil as well for reopenings from before this was recorded.
    package let ladder: EscalationLadder?

    package init(
        matter: MatterID,
        reason: String? = nil,
        round: Int? = nil,
        lead: PartyID? = nil,
        onSceneBy: Timestamp? = nil,
        limit: Duration? = nil,
        ladder: EscalationLadder? = nil
    ) {
        self.matter = matter
        self.reason = reason
        self.round = round
        self.lead = lead
        self.onSceneBy = onSceneBy
        self.limit = limit
        self.ladder = ladder
    }

    package static let record = Record<MatterReopened>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field("reason", \.reason, Codec<String>.prose().optional, Words("Reason", zh: "理由"), isPersonal: true),
        Field("round", \.round, Codec<Int>.integer(1...1_000).optional, Words("Round", zh: "轮次")),
        Field("lead", \.lead, Codec<PartyID>.identifier().optional, Words("Lead", zh: "牵头单位")),
        Field("onSceneBy", \.onSceneBy, Codec<Timestamp>.timestamp.optional, Words("On scene by", zh: "到场期限")),
        Field("limitSeconds", \.limit, Codec<Duration>.seconds.optional, Words("Limit in seconds", zh: "时限（秒）")),
        Field("ladder", \.ladder, EscalationLadder.recorded.codec.optional, Words("Escalation", zh: "升级")),
        make: MatterReopened.init
    )
}
