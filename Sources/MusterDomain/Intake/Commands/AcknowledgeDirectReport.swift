package import EventSourcing
import Records

/// Says that a level has a direct report; none waits for another (R5.2).
package struct AcknowledgeDirectReport: Command, Hashable {
    package let directReport: DirectReportID

    package init(
        directReport: DirectReportID
    ) {
        self.directReport = directReport
    }

    package static let description = CommandDescription<AcknowledgeDirectReport>(
        "AcknowledgeDirectReport",
        of: .intake,
        Words("Acknowledge a direct report", zh: "签收直报"),
        by: [.communityHead, .streetCoordinator, .districtCommand],
        Record<AcknowledgeDirectReport>(
            Field("directReport", \.directReport, .identifier(), Words("Direct report", zh: "直报")),
            make: AcknowledgeDirectReport.init
        )
    )

    package var stream: StreamName { DirectReport.stream(directReport) }

    package func decide(_ subject: DirectReport, in context: Context) throws(Rejection) -> [DirectReport.Event] {
        guard let filedAt = subject.filedAt else {
            throw Rejection(
                kind: .notFound,
                rule: "S5",
                reason: "no-such-direct-report",
                Words("There is no direct report \(directReport).", zh: "没有直报 \(directReport)。")
            )
        }
        let territory = context.actor.territory
        guard let isCopy = subject.levels[territory],
            let level = context.territories.territory(territory)?.level
        else {
            throw Rejection(
                kind: .forbidden,
                rule: "R5.2",
                reason: "not-addressed",
                Words("\(directReport) was not for \(territory).", zh: "\(directReport) 未报送 \(territory)。")
            )
        }
        try context.requireNotDated(before: filedAt, Words("it was filed", zh: "直报时间"))
        guard !subject.received.contains(territory) else {
            throw Rejection(
                rule: "R5.2",
                reason: "received-already",
                Words("\(territory) has it already.", zh: "\(territory) 已签收。")
            )
        }
        let received = DirectReportReceived(
            directReport: directReport,
            territory: territory,
            level: level,
            isCopy: isCopy
        )
        return [.received(received)]
    }
}
