import EventSourcing
package import MusterDomain
package import Records

/// Somebody does some work, with what spoke for them.
package struct Assignment: Hashable, Sendable {
    package let work: TaskID
    package let person: PersonID
    package let tier: RosterTier
    /// From their base to the place, in kilometres; nil when either is unknown.
    package let distance: Double?
    /// Work over all posts in the days that the plan compares, without and with this batch (R12.1).
    package let hoursBefore: Duration
    package let hoursAfter: Duration
    /// Skills that they have beyond those needed.
    package let surplusSkills: Int
    package let residents: Int?
    package let limits: WorkLimits

    init(of work: Int, in draft: AssignmentDraft) {
        let problem = draft.problem
        let person = Int(draft.owners[work])
        let worker = problem.batch.people[person]
        self.work = problem.batch.work[work].id
        self.person = worker.id
        tier = worker.tier
        distance = problem.distance(work, person)
        hoursBefore = problem.pool.hours[person]
        hoursAfter = .microseconds(draft.timetables.work(on: problem.days, of: person))
        surplusSkills = problem.surplusSkills(work, person)
        residents = worker.residents
        limits = problem.batch.limits
    }

    /// Why this person, in a sentence.
    package var words: Words {
        let before = WorkTime.words(hoursBefore)
        let after = WorkTime.words(hoursAfter)
        let limit = WorkTime.words(limits.weeklyWork)
        let way = distance.map(Kilometres.words) ?? Words("at an unknown distance", zh: "距离未知")
        let overload = residents.map { $0 >= limits.overloadResidents } ?? false ? residents : nil
        return Words(
            "\(person) takes \(work): \(way.en), \(before.en) of work before and \(after.en) after it, of \(limit.en) "
                + "a week, \(surplusSkills == 0 ? "no skill" : "\(surplusSkills) skills") beyond those needed, "
                + "tier \(tier.rawValue) (\(tier.words.en))."
                + (overload.map { " Serves \($0) residents, which is overload (R12.7)." } ?? ""),
            zh: "\(person) 承担 \(work)：\(way.zh)，工时由 \(before.zh)增至 \(after.zh)（每周上限 \(limit.zh)），"
                + "\(surplusSkills == 0 ? "没有多余技能" : "多余技能 \(surplusSkills) 项")，"
                + "第 \(tier.rawValue) 级梯队（\(tier.words.zh)）。"
                + (overload.map { "服务居民 \($0) 人，已超负荷（R12.7）。" } ?? "")
        )
    }
}

/// How distances are said.
enum Kilometres {
    static func words(_ kilometres: Double) -> Words {
        let tenths = Int((min(max(0, kilometres), 100_000) * 10).rounded())
        let text = "\(tenths / 10).\(tenths % 10)"
        return Words("\(text) km away", zh: "距离 \(text) 公里")
    }
}
