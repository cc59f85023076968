package import EventSourcing
import Records

/// Answers whoever reported it, often while they are still there.
package struct AnswerImmediately: Command, Hashable {
    package let report: ReportID
    package let text: String
    package let isSolved: Bool

    package init(
        report: ReportID,
        text: String,
        isSolved: Bool
    ) {
        self.report = report
        self.text = text
        self.isSolved = isSolved
    }

    package static let description = CommandDescription<AnswerImmediately>(
        "AnswerImmediately",
        of: .intake,
        Words("Answer at once", zh: "当场答复"),
        by: [.hotlineClerk, .gridWorker, .communityHead, .streetCoordinator],
        Record<AnswerImmediately>(
            Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
            Field("text", \.text, .prose(), Words("Answer", zh: "答复")),
            Field("isSolved", \.isSolved, .boolean, Words("Solved", zh: "是否解决")),
            make: AnswerImmediately.init
        )
    )

    package var stream: StreamName { Report.stream(report) }

    package func decide(_ subject: Report, in context: Context) throws(Rejection) -> [Report.Event] {
        _ = try subject.requireOpen(report, in: context)
        return [
            .answered(
                ReportAnswered(
                    report: report,
                    text: text,
                    isSolved: isSolved,
                    isFirstContact: subject.stage == .submitted,
                    reporter: subject.reporter
                )
            )
        ]
    }
}
