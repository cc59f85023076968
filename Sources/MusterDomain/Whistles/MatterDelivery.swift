package import EventSourcing
package import Records

/// What a party's system reads about a task for a matter.
package struct MatterDelivery: Hashable, Sendable {
    package let matter: MatterID
    package let kind: TaskDeliveryKind
    package let title: String?
    package let place: String?
    package let territory: TerritoryID?
    /// What to do, or why it is not needed any more.
    package let text: String
    package let urgency: Urgency?
    package let duty: DutyID?
    /// Set for a task; nil for a whistle.
    package let task: TaskID?
    /// Until when to agree, accept, arrive, finish or decide, or when somebody else should have; nil when nothing is timed.
    package let due: Timestamp?

    package static let record = Record<MatterDelivery>(
        refusesUnknownMembers: false,
        Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
        Field(
            "kind",
            \.kind,
            .choice(among: [.consent, .whistle, .task, .reopened, .withdrawn, .appeal, .escalation, .noShow]),
            Words("Kind", zh: "类别")
        ),
        Field("title", \.title, Codec<String>.line().optional, Words("Title", zh: "标题")),
        Field("place", \.place, Codec<String>.line().optional, Words("Place", zh: "地点")),
        Field("territory", \.territory, Codec<TerritoryID>.identifier().optional, Words("Territory", zh: "区域")),
        Field("text", \.text, .prose(), Words("Text", zh: "说明")),
        Field("urgency", \.urgency, Codec<Urgency>.choice.optional, Words("Urgency", zh: "紧急程度")),
        Field("duty", \.duty, Codec<DutyID>.identifier().optional, Words("Duty", zh: "职责")),
        Field("task", \.task, Codec<TaskID>.identifier().optional, Words("Task", zh: "任务")),
        Field("due", \.due, Codec<Timestamp>.timestamp.optional, Words("Due", zh: "期限")),
        make: MatterDelivery.init
    )
}
