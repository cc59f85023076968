package import EventSourcing
package import Records

/// What the inspectors' system reads when a month is over: `muster appraise` computes the lines that it publishes.
package struct AppraisalDelivery: Hashable, Sendable {
    package let appraisal: AppraisalID
    package let kind: TaskDeliveryKind
    package let from: Timestamp
    /// That instant no longer belongs to the period.
    package let to: Timestamp

    package init(appraisal: AppraisalID, kind: TaskDeliveryKind, from: Timestamp, to: Timestamp) {
        self.appraisal = appraisal
        self.kind = kind
        self.from = from
        self.to = to
    }

    package static let record = Record<AppraisalDelivery>(
        refusesUnknownMembers: false,
        Field("appraisal", \.appraisal, .identifier(), Words("Appraisal", zh: "考核")),
        Field("kind", \.kind, .choice(among: [.appraisal]), Words("Kind", zh: "类别")),
        Field("from", \.from, .timestamp, Words("From", zh: "开始")),
        Field("to", \.to, .timestamp, Words("To", zh: "结束")),
        make: AppraisalDelivery.init
    )
}
