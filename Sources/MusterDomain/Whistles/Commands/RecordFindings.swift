package import EventSourcing
import Records

/// Says what was found at the place.
package struct RecordFindings: Command, Hashable {
    package let matter: MatterID
    package let text: String
    package let needsDepartment: Bool

    package init(
        matter: MatterID,
        text: String,
        needsDepartment: Bool
    ) {
        self.matter = matter
        self.text = text
        self.needsDepartment = needsDepartment
    }

    package static let description = CommandDescription<RecordFindings>(
        "RecordFindings",
        of: .whistles,
        Words("Record findings", zh: "记录核查结果"),
        by: [.gridWorker, .communityHead],
        Record<RecordFindings>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("text", \.text, .prose(), Words("Findings", zh: "核查结果")),
            Field("needsDepartment", \.needsDepartment, .boolean, Words("Needs a department", zh: "需要部门")),
            make: RecordFindings.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        try context.requireCovers(try subject.requireSubject().territory)
        try subject.requireInvestigator(context)
        switch subject.stage {
        case .raised, .investigating, .awaitingConsent, .consented, .whistled, .inAction, .reopened:
            return [
                .findingsRecorded(FindingsRecorded(matter: matter, text: text, needsDepartment: needsDepartment))
            ]
        case .unraised, .resolvedLocally, .filedBoth, .awaitingFeedback, .answered, .closed:
            throw subject.refusal(of: Self.description.words)
        }
    }
}
