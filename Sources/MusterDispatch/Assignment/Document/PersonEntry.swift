import EventSourcing
import MusterDomain
import Records

/// A person in an assignment document.
struct PersonEntry: Hashable, Sendable {
    let person: PersonID
    let tier: Int
    let base: Coordinates?
    let posts: [PostEntry]
    let skills: [SkillEntry]
    let unfit: [UnfitEntry]
    let duties: [DutyEntry]
    let overrides: [OverrideEntry]
    let reported: Timestamp?
    let released: Timestamp?
    let residents: Int?

    static let record = Record<PersonEntry>(
        Field("person", \.person, .identifier(), Words("Person", zh: "人员")),
        Field("tier", \.tier, Codec<Int>.integer(1...5).orMissing(1), Words("Roster tier (R12.5)", zh: "梯队")),
        Field("base", \.base, Codec<Coordinates>.point.optional, Words("Where they start from", zh: "出发地")),
        Field("posts", \.posts, .entries(PostEntry.record.codec), Words("Posts", zh: "岗位")),
        Field("skills", \.skills, .entries(SkillEntry.record.codec), Words("Skills (R12.3)", zh: "技能")),
        Field("unfit", \.unfit, .entries(UnfitEntry.record.codec), Words("Not fit for", zh: "不适合从事")),
        Field("duties", \.duties, .entries(DutyEntry.record.codec), Words("Roster of all posts", zh: "各岗位排班")),
        Field("overrides", \.overrides, .entries(OverrideEntry.record.codec), Words("Overrides", zh: "突破限制")),
        Field("reported", \.reported, Codec<Timestamp>.timestamp.optional, Words("On duty from", zh: "报到时间")),
        Field("released", \.released, Codec<Timestamp>.timestamp.optional, Words("Released at", zh: "解除时间")),
        Field("residents", \.residents, Codec<Int>.integer(0...1_000_000).optional, Words("Residents", zh: "居民数")),
        make: PersonEntry.init
    )

    func worker(_ limits: WorkLimits, at index: Int) throws(Problems) -> Worker {
        let place = ["people", "\(index)"]
        var known: [RosteredDuty] = []
        for (number, duty) in duties.enumerated() {
            known.append(
                try Problems.at(place + ["duties", "\(number)"]) { () throws(Rejection) in try duty.rostered() }
            )
        }
        var raised: [LimitOverride] = []
        for (number, override) in overrides.enumerated() {
            raised.append(
                try Problems.at(place + ["overrides", "\(number)"]) { () throws(Rejection) in
                    try override.limitOverride(of: person, limits)
                }
            )
        }
        // Without a date they have been there all along.
        let start = reported ?? Timestamp.plausible.lowerBound
        return try Problems.at(place) { () throws(Rejection) in
            try Worker(
                id: person,
                tier: RosterTier(rawValue: tier) ?? .standing,
                base: base,
                posts: posts.map(\.post),
                proofs: skills.map(\.proof),
                unfitness: unfit.map(\.unfitness),
                duties: known,
                overrides: raised,
                reported: start,
                released: released,
                residents: residents,
                limits: limits
            )
        }
    }
}

extension Codec {
    /// A list that may be missing.
    fileprivate static func entries<Element: Hashable & Sendable>(
        _ element: Codec<Element>
    ) -> Codec where Value == [Element] {
        Codec<[Element]>.list(of: element, count: 0...1_000).orMissing([])
    }
}

/// On what ground somebody works somewhere.
enum BasisEntry: String, Choice {
    case unit
    case dualReport = "dual-report"
    case lent

    var words: Words {
        switch self {
        case .unit: Words("Own unit", zh: "本单位")
        case .dualReport: Words("Reports where they live", zh: "居住地双报到")
        case .lent: Words("Lent", zh: "借调")
        }
    }
}

struct PostEntry: Hashable, Sendable {
    let party: PartyID
    let territory: TerritoryID
    let basis: BasisEntry
    let lender: PartyID?
    let from: Timestamp?
    let until: Timestamp?

    static let record = Record<PostEntry>(
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("basis", \.basis, Codec<BasisEntry>.choice.orMissing(.unit), Words("Ground", zh: "依据")),
        Field("lender", \.lender, Codec<PartyID>.identifier().optional, Words("Who lends them", zh: "借出单位")),
        Field("from", \.from, Codec<Timestamp>.timestamp.optional, Words("From", zh: "开始")),
        Field("until", \.until, Codec<Timestamp>.timestamp.optional, Words("Until", zh: "结束")),
        make: PostEntry.init
    )

    var post: Post {
        let ground: Post.Basis =
            switch basis {
            case .unit: .unit
            case .dualReport: .dualReport
            case .lent: .lent(by: lender ?? party)
            }
        let start = from ?? Timestamp.plausible.lowerBound
        return Post(party: party, territory: territory, basis: ground, from: start, until: until)
    }
}

struct SkillEntry: Hashable, Sendable {
    let skill: SkillID
    let from: Timestamp?
    let until: Timestamp?

    static let record = Record<SkillEntry>(
        Field("skill", \.skill, .identifier(), Words("Skill", zh: "技能")),
        Field("from", \.from, Codec<Timestamp>.timestamp.optional, Words("From", zh: "开始")),
        Field("until", \.until, Codec<Timestamp>.timestamp.optional, Words("Until", zh: "结束")),
        make: SkillEntry.init
    )

    var proof: SkillProof {
        SkillProof(skill: skill, from: from ?? Timestamp.plausible.lowerBound, until: until)
    }
}

struct UnfitEntry: Hashable, Sendable {
    let skill: SkillID?
    let from: Timestamp?
    let until: Timestamp?

    static let record = Record<UnfitEntry>(
        Field("skill", \.skill, Codec<SkillID>.identifier().optional, Words("Skill; missing: any work", zh: "技能")),
        Field("from", \.from, Codec<Timestamp>.timestamp.optional, Words("From", zh: "开始")),
        Field("until", \.until, Codec<Timestamp>.timestamp.optional, Words("Until", zh: "结束")),
        make: UnfitEntry.init
    )

    var unfitness: Unfitness {
        Unfitness(skill: skill, from: from ?? Timestamp.plausible.lowerBound, until: until)
    }
}

struct DutyEntry: Hashable, Sendable {
    let shift: ShiftID
    let from: Timestamp
    let until: Timestamp
    let party: PartyID
    let territory: TerritoryID
    let basis: BasisEntry
    let lender: PartyID?
    let isWorked: Bool

    static let record = Record<DutyEntry>(
        Field("shift", \.shift, .identifier(), Words("Shift", zh: "班次")),
        Field("from", \.from, .timestamp, Words("From", zh: "开始")),
        Field("until", \.until, .timestamp, Words("Until", zh: "结束")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("basis", \.basis, Codec<BasisEntry>.choice.orMissing(.unit), Words("Ground", zh: "依据")),
        Field("lender", \.lender, Codec<PartyID>.identifier().optional, Words("Who lends them", zh: "借出单位")),
        Field("worked", \.isWorked, Codec<Bool>.boolean.orMissing(false), Words("Worked already", zh: "已完成")),
        make: DutyEntry.init
    )

    func rostered() throws(Rejection) -> RosteredDuty {
        let post = PostEntry(
            party: party,
            territory: territory,
            basis: basis,
            lender: lender,
            from: nil,
            until: nil
        ).post
        return RosteredDuty(
            id: shift,
            period: try WorkPeriod(from: from, to: until),
            party: party,
            territory: territory,
            basis: post.basis,
            state: isWorked ? .worked : .planned
        )
    }
}

struct OverrideEntry: Hashable, Sendable {
    let limit: WorkLimit
    let value: Double
    let reason: String
    let by: PersonID
    let from: Timestamp
    let until: Timestamp?

    static let record = Record<OverrideEntry>(
        Field("limit", \.limit, .choice, Words("Limit", zh: "限制")),
        Field("value", \.value, .number(0...168), Words("Hours, or rest days", zh: "小时数，或休息日数")),
        Field("reason", \.reason, .prose(), Words("Reason", zh: "理由")),
        Field("by", \.by, .identifier(), Words("Who answers for it", zh: "批准人")),
        Field("from", \.from, .timestamp, Words("From", zh: "开始")),
        Field("until", \.until, Codec<Timestamp>.timestamp.optional, Words("Until", zh: "失效")),
        make: OverrideEntry.init
    )

    func limitOverride(of person: PersonID, _ limits: WorkLimits) throws(Rejection) -> LimitOverride {
        let time = Duration.seconds(value * 3_600)
        let raised: RaisedLimit =
            switch limit {
            case .spell: .spell(time)
            case .rest: .rest(time)
            case .weeklyWork: .weeklyWork(time)
            case .restDay: .restDays(Int(value))
            }
        return try LimitOverride(
            raised,
            of: person,
            reason: reason,
            by: by,
            from: from,
            until: until,
            limits: limits
        )
    }
}
