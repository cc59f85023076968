package import EventSourcing
import Records

/// One person with everything that decides what work they can have: all posts, the roster of all posts, skills, and
/// overrides.
///
/// The roster must reach back and ahead a week and a day from the work that is checked; older duties do no harm.
package struct Worker: Hashable, Sendable {
    package let id: PersonID
    package let tier: RosterTier
    /// Where they start from; nil when unknown.
    package let base: Coordinates?
    package let posts: [Post]
    package let proofs: [SkillProof]
    package let unfitness: [Unfitness]
    /// In the order of time.
    package let duties: [RosteredDuty]
    package let overrides: [LimitOverride]
    /// From when they are on duty at all.
    package let reported: Timestamp
    /// From when no longer; nil while they stay.
    package let released: Timestamp?
    /// How many residents they serve (R12.7); nil when nobody has counted them.
    package let residents: Int?

    /// Refused when the roster holds the same duty twice, duties at the same time, planned ones that are longer than the
    /// longest shift or go on after the release, when there are posts in two home communities at a time, or when the
    /// number of residents is negative.
    package init(
        id: PersonID,
        tier: RosterTier = .standing,
        base: Coordinates? = nil,
        posts: [Post],
        proofs: [SkillProof] = [],
        unfitness: [Unfitness] = [],
        duties: [RosteredDuty] = [],
        overrides: [LimitOverride] = [],
        reported: Timestamp,
        released: Timestamp? = nil,
        residents: Int? = nil,
        limits: WorkLimits
    ) throws(Rejection) {
        let sorted = duties.sorted { ($0.period.start, $0.id) < ($1.period.start, $1.id) }
        self.id = id
        self.tier = tier
        self.base = base
        self.posts = posts
        self.proofs = proofs
        self.unfitness = unfitness
        self.duties = sorted
        self.overrides = overrides
        self.reported = reported
        self.released = released
        self.residents = residents
        try requireOneHome()
        try requireSoundRoster(limits)
        guard residents.map({ $0 >= 0 }) ?? true else {
            throw Rejection(
                rule: "R12.7",
                reason: "negative-residents",
                Words("The number of residents cannot be negative.", zh: "居民数不能为负数。")
            )
        }
    }

    private func requireOneHome() throws(Rejection) {
        let homes = posts.filter { $0.basis == .dualReport }
        for (index, one) in homes.enumerated() {
            for other in homes[..<index] where one.touches(other) && one.territory != other.territory {
                throw Rejection(
                    rule: "R12.4",
                    reason: "second-home",
                    Words(
                        "\(id) reports to \(other.territory) already; there is one home community.",
                        zh: "\(id) 已在 \(other.territory) 报到；每人只有一个居住地社区。"
                    )
                )
            }
        }
    }

    private func requireSoundRoster(_ limits: WorkLimits) throws(Rejection) {
        var ids: Set<ShiftID> = []
        for duty in duties where !ids.insert(duty.id).inserted {
            throw Rejection(
                rule: "S12",
                reason: "duty-twice",
                Words("Duty \(duty.id) stands twice on the roster of \(id).", zh: "值勤 \(duty.id) 在 \(id) 的排班中重复。")
            )
        }
        for (one, other) in zip(duties, duties.dropFirst()) where one.period.overlaps(other.period) {
            throw Rejection(
                rule: "R12.1",
                reason: "overlapping-duties",
                Words(
                    "\(id) has \(one.id) and \(other.id) at the same time.",
                    zh: "\(id) 的 \(one.id) 与 \(other.id) 时间重叠。"
                )
            )
        }
        for duty in duties where duty.state == .planned {
            try limits.requirePossible(duty.period)
            if let released, duty.period.end > released {
                throw Rejection(
                    rule: "S12",
                    reason: "released-but-rostered",
                    Words(
                        "\(id) is released at \(limits.days.text(of: released)), but rostered for \(duty.id).",
                        zh: "\(id) 于 \(limits.days.text(of: released)) 解除在岗，却仍排有 \(duty.id)。"
                    ),
                    advice: Words("Take the duty off the roster, or release later.", zh: "请撤销该班次，或推迟解除时间。")
                )
            }
        }
    }
}

extension WorkLimits {
    /// A single duty that nobody may plan, whatever is overridden, as one of 30 hours.
    package func requirePossible(_ period: WorkPeriod) throws(Rejection) {
        guard period.length > longestShift else { return }
        throw Rejection(
            rule: "R12.2",
            reason: "shift-impossible",
            Words(
                "A shift of \(WorkTime.words(period.length).en) cannot be planned; "
                    + "\(WorkTime.words(longestShift).en) is the utmost.",
                zh: "不能安排 \(WorkTime.words(period.length).zh)的班次；最长 \(WorkTime.words(longestShift).zh)。"
            )
        )
    }
}
