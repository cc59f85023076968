package import EventSourcing
import Records

/// Lays a report before the party that has the duty.
package struct RouteReport: Command, Hashable {
    package let report: ReportID
    package let party: PartyID
    package let duty: DutyID
    package let note: String?

    package init(
        report: ReportID,
        party: PartyID,
        duty: DutyID,
        note: String? = nil
    ) {
        self.report = report
        self.party = party
        self.duty = duty
        self.note = note
    }

    package static let description = CommandDescription<RouteReport>(
        "RouteReport",
        of: .intake,
        Words("Pass a report on", zh: "转办报告"),
        by: [.hotlineClerk, .communityHead, .streetCoordinator, .districtCommand],
        Record<RouteReport>(
            Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
            Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
            Field("duty", \.duty, .identifier(), Words("Duty", zh: "职责")),
            Field("note", \.note, Codec<String>.prose().optional, Words("Note", zh: "备注")),
            make: RouteReport.init
        )
    )

    package var stream: StreamName { Report.stream(report) }

    package func decide(_ subject: Report, in context: Context) throws(Rejection) -> [Report.Event] {
        let territory = try subject.requireOpen(report, in: context)
        let kind = try context.requireParty(party).kind
        if let entry = context.responsibility(for: duty, in: territory) {
            guard entry.names(party) else { throw context.notOnList(party, entry) }
        } else if kind != .district {
            throw context.nobodyResponsible(
                for: duty,
                in: territory,
                advice: Words("Pass it to the district, which takes what nobody has.", zh: "请转区级单位兜底。")
            )
        }
        guard subject.stage != .routed(party) else {
            throw Rejection(
                rule: "S5",
                reason: "routed-already",
                Words("Report \(report) lies with \(party) already.", zh: "报告 \(report) 已转 \(party)。")
            )
        }
        return [.routed(ReportRouted(report: report, party: party, duty: duty, note: note))]
    }
}
