package import EventSourcing
package import Records

/// What a party's system reads about a task for an incident. It names no person and no place of one.
package struct IncidentDelivery: Hashable, Sendable {
    package let incident: IncidentID
    package let kind: TaskDeliveryKind
    /// The name of the playbook, in both languages; that of the incident before one is active.
    package let title: String
    package let territory: TerritoryID
    /// What to do, as the playbook calls it, or what help is asked for.
    package let text: String
    package let group: GroupID?
    package let step: StepID?
    package let recheck: RecheckID?
    /// Of a re-check: before this it does not count.
    package let notBefore: Timestamp?
    /// Until when it is to be done; nil when nothing is timed.
    package let due: Timestamp?

    package init(
        incident: IncidentID,
        kind: TaskDeliveryKind,
        title: String,
        territory: TerritoryID,
        text: String,
        group: GroupID? = nil,
        step: StepID? = nil,
        recheck: RecheckID? = nil,
        notBefore: Timestamp? = nil,
        due: Timestamp? = nil
    ) {
        self.incident = incident
        self.kind = kind
        self.title = title
        self.territory = territory
        self.text = text
        self.group = group
        self.step = step
        self.recheck = recheck
        self.notBefore = notBefore
        self.due = due
    }

    package static let record = Record<IncidentDelivery>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field(
            "kind",
            \.kind,
            .choice(among: [.verification, .declaration, .standUp, .group, .step, .support, .summary, .recheck]),
            Words("Kind", zh: "类别")
        ),
        Field("title", \.title, .line(300), Words("Title", zh: "标题")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("text", \.text, .prose(), Words("Text", zh: "说明")),
        Field("group", \.group, Codec<GroupID>.identifier().optional, Words("Group", zh: "工作组")),
        Field("step", \.step, Codec<StepID>.identifier().optional, Words("Step", zh: "步骤")),
        Field("recheck", \.recheck, Codec<RecheckID>.identifier().optional, Words("Re-check", zh: "复查")),
        Field("notBefore", \.notBefore, Codec<Timestamp>.timestamp.optional, Words("Not before", zh: "不早于")),
        Field("due", \.due, Codec<Timestamp>.timestamp.optional, Words("Due", zh: "期限")),
        make: IncidentDelivery.init
    )
}
