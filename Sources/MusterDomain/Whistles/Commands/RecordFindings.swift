package import EventSourcing
import Records

/// Says what was found at the place.
package struct RecordFindings: Command, Hashable {
    package let matter: MatterID
    package let text: String
    package let needsDepartment: Bool
    /// The findings that these put right; nil for new ones (R0.4).
    package let corrects: EventID?

    package init(
        matter: MatterID,
        text: String,
        needsDepartment: Bool,
        corrects: EventID? = nil
    ) {
        self.matter = matter
        self.text = text
        self.needsDepartment = needsDepartment
        self.corrects = corrects
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
            Field(
                "corrects",
                \.corrects,
                Codec<EventID>.eventID.optional,
                Words("Corrects", zh: "更正"),
                help: Words("Id of the findings that these put right", zh: "被更正的核查结果的事件编号")
            ),
            make: RecordFindings.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        try context.requireCovers(try subject.requireSubject().territory)
        try subject.requireInvestigator(context)
        if let corrects { try subject.requireFindings(corrects) }
        switch subject.stage {
        case .raised, .investigating, .awaitingConsent, .consented, .whistled, .inAction, .reopened:
            return [
                .findingsRecorded(
                    FindingsRecorded(matter: matter, text: text, needsDepartment: needsDepartment, corrects: corrects)
                )
            ]
        case .unraised, .resolvedLocally, .filedBoth, .awaitingFeedback, .answered, .closed:
            throw subject.refusal(of: Self.description.words)
        }
    }
}
