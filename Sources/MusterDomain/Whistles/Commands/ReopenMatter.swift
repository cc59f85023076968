package import EventSourcing
import Records

/// Sends the same lead again.
package struct ReopenMatter: Command, Hashable {
    package let matter: MatterID
    package let reason: String

    package init(
        matter: MatterID,
        reason: String
    ) {
        self.matter = matter
        self.reason = reason
    }

    package static let description = CommandDescription<ReopenMatter>(
        "ReopenMatter",
        of: .whistles,
        Words("Reopen the matter", zh: "重开"),
        by: [.communityHead, .streetCoordinator, .districtCommand],
        isOrder: true,
        Record<ReopenMatter>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
            make: ReopenMatter.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        let matter = try subject.requireSubject()
        try context.requireCovers(matter.territory)
        try subject.requireNotMerged()
        guard subject.stage == .closed else { throw subject.refusal(of: Self.description.words) }
        return [.reopened(subject.reopening(matter, because: reason, in: context))]
    }
}
