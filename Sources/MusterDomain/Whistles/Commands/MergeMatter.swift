package import EventSourcing
import Records

/// Lets a matter go along with another one of the same thing, while no department was called (R5.3).
package struct MergeMatter: Command, Hashable {
    package let matter: MatterID
    package let into: MatterID

    package init(
        matter: MatterID,
        into: MatterID
    ) {
        self.matter = matter
        self.into = into
    }

    package static let description = CommandDescription<MergeMatter>(
        "MergeMatter",
        of: .whistles,
        Words("Let a matter go along with another", zh: "并入另一事项"),
        by: [.system],
        Record<MergeMatter>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("into", \.into, .identifier(), Words("Goes along with", zh: "并入")),
            make: MergeMatter.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        _ = try subject.requireSubject()
        if subject.mergedInto == into { return [] }
        switch subject.stage {
        case .raised, .investigating, .awaitingConsent, .consented:
            let reporters = subject.reporters.sorted()
            return [.merged(MatterMerged(matter: matter, into: into, reporters: reporters))]
        // Whatever is further ends by itself, and asks its own reporter.
        case .unraised, .resolvedLocally, .whistled, .inAction, .filedBoth, .awaitingFeedback, .answered, .closed,
            .reopened:
            throw subject.refusal(of: Self.description.words)
        }
    }
}
