import EventSourcing
import MusterDomain
import Records

/// A piece of work in an assignment document.
struct WorkEntry: Hashable, Sendable {
    let work: TaskID
    let kind: OpenWork.Kind
    let urgency: Urgency
    let from: Timestamp
    let until: Timestamp
    let territory: TerritoryID
    let party: PartyID?
    let place: Coordinates?
    let skills: [SkillID]

    static let record = Record<WorkEntry>(
        Field("work", \.work, .identifier(), Words("Work", zh: "工作")),
        Field("kind", \.kind, Codec<OpenWork.Kind>.choice.orMissing(.task), Words("Kind", zh: "类型")),
        Field("urgency", \.urgency, Codec<Urgency>.choice.orMissing(.normal), Words("Urgency", zh: "紧急程度")),
        Field("from", \.from, .timestamp, Words("From", zh: "开始")),
        Field("until", \.until, .timestamp, Words("Until", zh: "结束")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("party", \.party, Codec<PartyID>.identifier().optional, Words("Whose people do it", zh: "承担单位")),
        Field("place", \.place, Codec<Coordinates>.point.optional, Words("Where", zh: "地点")),
        Field(
            "skills",
            \.skills,
            Codec<[SkillID]>.list(of: .identifier(), count: 0...64, isSet: true).orMissing([]),
            Words("Skills that it needs (R12.3)", zh: "所需技能")
        ),
        make: WorkEntry.init
    )

    func openWork() throws(Rejection) -> OpenWork {
        OpenWork(
            id: work,
            kind: kind,
            urgency: urgency,
            period: try WorkPeriod(from: from, to: until),
            territory: territory,
            party: party,
            place: place,
            steps: skills.isEmpty ? [] : [WorkStep(Words(work.rawValue, zh: work.rawValue), skills: Set(skills))]
        )
    }
}
