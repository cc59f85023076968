package import EventSourcing
package import Records

/// What a party's system reads about a report that was passed on to it, or that nobody dealt with in time. What was said, and by whom, stands with the matter of
/// the same name, where those may read it who deal with it.
package struct ReportDelivery: Hashable, Sendable {
    package let report: ReportID
    package let kind: TaskDeliveryKind
    /// What it is about. Nil, as the territory, when its matter is over.
    package let about: ReportKind?
    package let territory: TerritoryID?
    /// Nil while nobody has said whose duty it is.
    package let duty: DutyID?
    /// Somebody may be in danger (R5.4).
    package let isUrgent: Bool
    /// Until when somebody should have dealt with it; nil for one that is passed on.
    package let due: Timestamp?

    package init(
        report: ReportID,
        kind: TaskDeliveryKind,
        about: ReportKind? = nil,
        territory: TerritoryID? = nil,
        duty: DutyID? = nil,
        isUrgent: Bool = false,
        due: Timestamp? = nil
    ) {
        self.report = report
        self.kind = kind
        self.about = about
        self.territory = territory
        self.duty = duty
        self.isUrgent = isUrgent
        self.due = due
    }

    package static let record = Record<ReportDelivery>(
        refusesUnknownMembers: false,
        Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
        Field("kind", \.kind, .choice(among: [.report, .reportOverdue]), Words("Kind", zh: "类别")),
        Field("about", \.about, Codec<ReportKind>.choice.optional, Words("What it is about", zh: "反映内容")),
        Field("territory", \.territory, Codec<TerritoryID>.identifier().optional, Words("Territory", zh: "区域")),
        Field("duty", \.duty, Codec<DutyID>.identifier().optional, Words("Duty", zh: "职责")),
        Field("isUrgent", \.isUrgent, .boolean, Words("Urgent", zh: "紧急")),
        Field("due", \.due, Codec<Timestamp>.timestamp.optional, Words("Due", zh: "期限")),
        make: ReportDelivery.init
    )
}
