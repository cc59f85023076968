package import EventSourcing
import Records

/// Asks for the appraisal of a period that is over, once.
package struct AskForAppraisal: Command, Hashable {
    package let appraisal: AppraisalID
    package let from: Timestamp
    package let to: Timestamp

    package init(appraisal: AppraisalID, from: Timestamp, to: Timestamp) {
        self.appraisal = appraisal
        self.from = from
        self.to = to
    }

    package static let description = CommandDescription<AskForAppraisal>(
        "AskForAppraisal",
        of: .feedback,
        Words("Ask for an appraisal", zh: "提请考核"),
        by: [.system],
        Record<AskForAppraisal>(
            Field("appraisal", \.appraisal, .identifier(), Words("Appraisal", zh: "考核")),
            Field("from", \.from, .timestamp, Words("From", zh: "开始")),
            Field("to", \.to, .timestamp, Words("To", zh: "结束")),
            make: AskForAppraisal.init
        )
    )

    package var stream: StreamName { Appraisal.stream(appraisal) }

    package func decide(_ subject: Appraisal, in context: Context) throws(Rejection) -> [Appraisal.Event] {
        if subject.isPublished || subject.isAsked { return [] }
        guard context.now >= to else { throw .tooEarly(to) }
        return [.asked(AppraisalAsked(appraisal: appraisal, from: from, to: to))]
    }
}
