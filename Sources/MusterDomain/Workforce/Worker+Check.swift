import EventSourcing
import Records

extension Worker {
    /// Why this person cannot have some work; empty when they can. In the order of `AssignmentObstacle`.
    ///
    /// - Parameter without: duties that they would give away, as in a swap.
    package func refusals(
        of work: WorkNeed,
        in territories: TerritoryRegister,
        limits: WorkLimits,
        without duties: Set<ShiftID> = []
    ) -> [AssignmentRefusal] {
        let reach = reach(of: work, in: territories)
        return presenceRefusals(of: work.period) + [reach.refusal].compactMap(\.self)
            + skillRefusals(of: work.skills, during: work.period)
            + hoursRefusals(of: work.period, reachedBy: reach.post, limits, without: duties)
    }

    /// As a decider says it; empty when they can.
    package func check(_ work: OpenWork, in territories: TerritoryRegister, limits: WorkLimits) -> [Rejection] {
        refusals(of: work.need, in: territories, limits: limits).map { $0.rejection(of: id, days: limits.days) }
    }

    /// Whether they are on duty at all.
    package func presenceRefusals(of period: WorkPeriod) -> [AssignmentRefusal] {
        var refusals: [AssignmentRefusal] = []
        if period.start < reported { refusals.append(.notYetReported(until: reported)) }
        if let released, period.end > released { refusals.append(.released(at: released)) }
        return refusals
    }

    /// The post by which they can have the work, or why there is none.
    package func reach(
        of work: WorkNeed,
        in territories: TerritoryRegister
    ) -> (post: Post?, refusal: AssignmentRefusal?) {
        let period = work.period
        let matching = posts.filter { post in
            work.party.map { $0 == post.party } ?? true && territories.contains(post.territory, work.territory)
        }
        let inForce = matching.filter { $0.covers(period) }
        // A party that has lent somebody away does not have them meanwhile.
        if let post = inForce.first(where: { lending(by: $0.party, during: period) == nil }) { return (post, nil) }
        if let post = inForce.first, let lending = lending(by: post.party, during: period) {
            return (nil, .lentAway(to: lending.party))
        }
        if let post = matching.first(where: { $0.touches(period) }) ?? matching.first {
            return (nil, .postNotInForce(post.party))
        }
        let home = posts.first { $0.basis == .dualReport && $0.covers(period) }
        let isUnitWork = posts.contains { $0.basis != .dualReport && $0.party == work.party }
        if let home, !isUnitWork { return (nil, .outsideHome(home.territory)) }
        return (nil, .noPost(in: work.territory, of: work.party))
    }

    private func lending(by party: PartyID, during period: WorkPeriod) -> Post? {
        posts.first { $0.basis == .lent(by: party) && $0.touches(period) }
    }

    /// What is missing of the skills that all steps need together (R12.3).
    package func skillRefusals(of skills: Set<SkillID>, during period: WorkPeriod) -> [AssignmentRefusal] {
        var refusals: [AssignmentRefusal] = []
        for skill in skills.sorted() {
            let own = proofs.filter { $0.skill == skill }
            if own.contains(where: { $0.covers(period) }) { continue }
            if let expired = own.filter({ $0.from <= period.start }).compactMap(\.until).max() {
                refusals.append(.skillExpired(skill, expired))
            } else if let later = own.map(\.from).min() {
                refusals.append(.skillNotYet(skill, later))
            } else {
                refusals.append(.skillMissing(skill))
            }
        }
        refusals.sort { $0.reason < $1.reason }
        for unfit in unfitness where unfit.touches(period) && unfit.skill.map(skills.contains) ?? true {
            refusals.append(.unfit(unfit.skill))
        }
        return refusals
    }

    /// Puts the roster into a timetable; tags are `-1 - index` of the duty.
    package func fill(
        _ timetable: inout Timetable,
        as person: Int = 0,
        limits: WorkLimits,
        without left: Set<ShiftID> = []
    ) {
        for (index, duty) in duties.enumerated() where !left.contains(duty.id) {
            // Facts can be longer than a slot.
            var start = duty.period.start
            while start < duty.period.end {
                let end = min(duty.period.end, start + WorkSlot.longest)
                let slot = WorkSlot(WorkPeriod(start, end), days: limits.days)
                timetable.insert(slot, tag: -1 - Int32(index), for: person)
                start = end
            }
        }
    }

    private func hoursRefusals(
        of period: WorkPeriod,
        reachedBy post: Post?,
        _ limits: WorkLimits,
        without left: Set<ShiftID>
    ) -> [AssignmentRefusal] {
        guard period.length <= limits.longestShift else {
            return [.shiftTooLong(period.length, limit: limits.longestShift)]
        }
        let slot = WorkSlot(period, days: limits.days)
        var timetable = Timetable(
            from: slot.firstDay,
            through: slot.lastDay,
            limits: limits,
            overrides: [overrides]
        )
        fill(&timetable, limits: limits, without: left)
        return refusals(from: timetable.breaches(of: slot), reachedBy: post, limits) { tag in
            .shift(duties[-1 - Int(tag)].id)
        }
    }

    /// In words of the domain what a timetable says.
    ///
    /// - Parameter name: what a tag stands for.
    package func refusals(
        from breaches: TimetableBreaches,
        reachedBy post: Post?,
        _ limits: WorkLimits,
        name: (Int32) -> AssignmentRefusal.DutyName
    ) -> [AssignmentRefusal] {
        var refusals: [AssignmentRefusal] = []
        if let tag = breaches.overlap {
            let index = -1 - Int(tag)
            if post?.basis == .dualReport, duties.indices.contains(index), duties[index].basis == .unit {
                refusals.append(.unitDuty(duties[index].id))
            } else {
                refusals.append(.occupied(by: name(tag)))
            }
        }
        if let spell = breaches.spell {
            let length = Duration.microseconds(spell.end - spell.start)
            if let neighbour = [spell.before, spell.after].first(where: { $0 != Timetable.none }) {
                refusals.append(.tooLittleRest(beside: name(neighbour), spell: length, limit: limits.longestSpell))
            } else {
                refusals.append(.shiftTooLong(length, limit: limits.longestSpell))
            }
        }
        if let week = breaches.week {
            let hours = Duration.microseconds(week.microseconds)
            refusals.append(.tooManyHours(hours, limit: limits.weeklyWork, lastDay: week.lastDay))
        }
        if let restDay = breaches.restDay {
            let limit = 7 - limits.restDaysPerWeek
            refusals.append(.noRestDay(workDays: restDay.days, limit: limit, lastDay: restDay.lastDay))
        }
        return refusals
    }
}
