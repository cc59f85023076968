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

    package var stream: StreamName { StreamName(category: "matter", id: matter.rawValue) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        []
    }
}
