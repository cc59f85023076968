package import EventSourcing
import Records

/// Asks the community head to agree to a whistle.
package struct RequestConsent: Command, Hashable {
    package let matter: MatterID
    package let reason: String

    package init(
        matter: MatterID,
        reason: String
    ) {
        self.matter = matter
        self.reason = reason
    }

    package static let description = CommandDescription<RequestConsent>(
        "RequestConsent",
        of: .whistles,
        Words("Request consent", zh: "申请同意"),
        by: [.gridWorker, .communityHead],
        Record<RequestConsent>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
            make: RequestConsent.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        try context.requireCovers(try subject.requireSubject().territory)
        try subject.requireInvestigator(context)
        guard subject.stage == .investigating else { throw subject.refusal(of: Self.description.words) }
        guard subject.needsDepartment == true else {
            throw Rejection(
                rule: "S3",
                reason: "findings-missing",
                Words(
                    "The findings do not say that a department is needed.",
                    zh: "核查结果没有表明需要部门处置。"
                ),
                advice: Words("Record the findings first.", zh: "请先记录核查结果。")
            )
        }
        // Whoever is asked has the whole time, however late the question comes in (R0.3).
        let limit = context.limits.consent
        let request = ConsentRequested(matter: matter, reason: reason, answerBy: context.now + limit, limit: limit)
        return [.consentRequested(request)]
    }
}
