package import Records

/// Somebody judged how urgent a report is and whose duty it concerns.
package struct ReportTriaged: Hashable, Sendable {
    package let report: ReportID
    package let urgency: Urgency
    package let duty: DutyID

    package init(
        report: ReportID,
        urgency: Urgency,
        duty: DutyID
    ) {
        self.report = report
        self.urgency = urgency
        self.duty = duty
    }

    package static let record = Record<ReportTriaged>(
        refusesUnknownMembers: false,
        Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
        Field("urgency", \.urgency, .choice, Words("Urgency", zh: "紧急程度")),
        Field("duty", \.duty, .identifier(), Words("Duty", zh: "职责")),
        make: ReportTriaged.init
    )
}
