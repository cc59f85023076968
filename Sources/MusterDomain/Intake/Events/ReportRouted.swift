package import Records

/// A report lies with a party that has the duty.
package struct ReportRouted: Hashable, Sendable {
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

    package static let record = Record<ReportRouted>(
        refusesUnknownMembers: false,
        Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("duty", \.duty, .identifier(), Words("Duty", zh: "职责")),
        Field("note", \.note, Codec<String>.prose().optional, Words("Note", zh: "备注")),
        make: ReportRouted.init
    )
}
