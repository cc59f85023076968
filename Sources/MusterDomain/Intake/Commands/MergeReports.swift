package import EventSourcing
import Records

/// Says that several reports are of the same thing; whoever brought them stays a party to the outcome (R5.3).
package struct MergeReports: Command, Hashable {
    package let report: ReportID
    package let duplicates: [ReportID]

    package init(
        report: ReportID,
        duplicates: [ReportID]
    ) {
        self.report = report
        self.duplicates = duplicates
    }

    package static let description = CommandDescription<MergeReports>(
        "MergeReports",
        of: .intake,
        Words("Merge reports", zh: "合并报告"),
        by: [.hotlineClerk, .communityHead, .streetCoordinator],
        Record<MergeReports>(
            Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
            Field(
                "duplicates",
                \.duplicates,
                .list(of: .identifier(), count: 1...50, isSet: true),
                Words("Reports of the same", zh: "相同报告")
            ),
            make: MergeReports.init
        )
    )

    package var stream: StreamName { Report.stream(report) }
    package var references: [StreamName] { duplicates.map(Report.stream) }

    package func decide(_ subject: Report, in context: Context) throws(Rejection) -> [Report.Event] {
        _ = try subject.requireOpen(report, in: context)
        let new = duplicates.filter { !subject.duplicates.contains($0) }
        guard !new.isEmpty else {
            throw Rejection(
                rule: "R5.3",
                reason: "merged-already",
                Words("They go along with \(report) already.", zh: "这些报告已并入 \(report)。")
            )
        }
        guard subject.duplicates.count + new.count <= Report.maximumDuplicates else {
            throw Rejection(
                rule: "R5.3",
                reason: "too-many-duplicates",
                Words(
                    "No more than \(Report.maximumDuplicates) reports go along with one.",
                    zh: "一份报告最多并入 \(Report.maximumDuplicates) 份。"
                ),
                advice: Words("Begin with another one; nothing is lost.", zh: "请以另一份为主；不会丢失任何报告。")
            )
        }
        // They may have gone elsewhere by the time that they are told, and then stay there.
        for duplicate in new {
            let other = context.reference(Report.self, Report.stream(duplicate))
            try other.requireMayJoin(report, duplicate, in: context)
        }
        return [.merged(ReportsMerged(report: report, duplicates: new))]
    }
}
