package import EventSourcing
package import Records

/// A month is over, and somebody is to publish how parties stood in it.
package struct AppraisalAsked: Hashable, Sendable {
    package let appraisal: AppraisalID
    package let from: Timestamp
    package let to: Timestamp

    package init(appraisal: AppraisalID, from: Timestamp, to: Timestamp) {
        self.appraisal = appraisal
        self.from = from
        self.to = to
    }

    package static let record = Record<AppraisalAsked>(
        refusesUnknownMembers: false,
        Field("appraisal", \.appraisal, .identifier(), Words("Appraisal", zh: "考核")),
        Field("from", \.from, .timestamp, Words("From", zh: "开始")),
        Field("to", \.to, .timestamp, Words("To", zh: "结束")),
        make: AppraisalAsked.init
    )
}
