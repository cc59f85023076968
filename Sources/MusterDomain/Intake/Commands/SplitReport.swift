package import EventSourcing
import Records

/// Makes reports of their own of whatever else somebody spoke of; the report itself goes on with the first thing.
package struct SplitReport: Command, Hashable {
    package let report: ReportID
    package let parts: [SplitPart]

    package init(
        report: ReportID,
        parts: [SplitPart]
    ) {
        self.report = report
        self.parts = parts
    }

    package static let description = CommandDescription<SplitReport>(
        "SplitReport",
        of: .intake,
        Words("Split a report", zh: "拆分报告"),
        by: [.hotlineClerk, .communityHead, .streetCoordinator],
        Record<SplitReport>(
            Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
            Field("parts", \.parts, .list(of: SplitPart.record.codec, count: 1...10), Words("What else", zh: "其他事项")),
            make: SplitReport.init
        )
    )

    package var stream: StreamName { Report.stream(report) }

    package func decide(_ subject: Report, in context: Context) throws(Rejection) -> [Report.Event] {
        let whole = try subject.requireOpen(report, in: context)
        let names = parts.map(\.report)
        guard Set(names).count == names.count, !names.contains(report), subject.parts.isDisjoint(with: names) else {
            throw Rejection(
                rule: "S5",
                reason: "part-exists",
                Words("Each part needs a name of its own.", zh: "每一部分须有各自的编号。")
            )
        }
        guard subject.parts.count + names.count <= Report.maximumParts else {
            throw Rejection(
                rule: "S5",
                reason: "too-many-parts",
                Words(
                    "A report is split into \(Report.maximumParts) at most.",
                    zh: "一份报告最多拆分为 \(Report.maximumParts) 份。"
                )
            )
        }
        for part in parts {
            guard let territory = part.territory else { continue }
            try context.requireTerritory(territory)
            try context.requireCovers(territory)
        }
        return [
            .split(
                ReportSplit(
                    report: report,
                    parts: names,
                    contents: parts,
                    channel: subject.channel ?? .counter,
                    territory: whole,
                    reporter: subject.reporter
                )
            )
        ]
    }
}
