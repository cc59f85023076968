/// People's work around some days, and whether more fits in by R12.1 and R12.2.
///
/// Whether a set of duties is allowed depends on the set alone, not on the order in which they were added, and every part
/// of an allowed set is allowed. People are numbered; without a number it is the first one, for timetables of one. They lie
/// behind each other in a few arrays, so that a look at one of thousands copies and counts nothing.
package struct Timetable: Sendable {
    /// No tag at all.
    package static let none = Int32.min

    /// Of all people, with room for `room` each: whatever names the work for the owner of this timetable, when it is,
    /// and the rest of it. Looks need times far more often than the rest.
    private var tags: [Int32]
    private var starts: [Int64]
    private var ends: [Int64]
    private var slots: [WorkSlot]
    private var counts: [Int]
    private var room = 12
    /// Microseconds of work on each day, of all people.
    private var loads: [Int64]
    private let firstDay: Int
    private let dayCount: Int
    private let rules: WorkRules
    /// Of each person.
    private let overrides: [[LimitOverride]]

    /// Timetables without work, for whatever touches a span of days.
    ///
    /// - Parameter overrides: of each person; the people are as many.
    package init(from first: Int, through last: Int, limits: WorkLimits, overrides: [[LimitOverride]] = [[]]) {
        // A week on either side, since work counts for the six days after it, and a day for spells over its end.
        firstDay = first - 8
        dayCount = max(0, last - first) + 17
        let people = overrides.count
        loads = Array(repeating: 0, count: dayCount * people)
        counts = Array(repeating: 0, count: people)
        tags = Array(repeating: Timetable.none, count: room * people)
        starts = Array(repeating: 0, count: room * people)
        ends = starts
        slots = Array(repeating: .nothing, count: room * people)
        rules = WorkRules(limits)
        self.overrides = overrides
    }

    /// Microseconds of work on the days of a range.
    package func work(on days: ClosedRange<Int>, of person: Int = 0) -> Int64 {
        let first = max(0, days.lowerBound - firstDay)
        let last = min(dayCount - 1, days.upperBound - firstDay)
        guard first <= last else { return 0 }
        let begin = person * dayCount
        return loads[(begin + first)...(begin + last)].reduce(0, +)
    }

    private func covers(_ slot: WorkSlot) -> Bool {
        slot.firstDay >= firstDay && slot.lastDay < firstDay + dayCount
    }

    /// Adds work, whether it is allowed or not. Work beyond the days of this timetable does not matter and is left out.
    package mutating func insert(_ slot: WorkSlot, tag: Int32, for person: Int = 0) {
        guard covers(slot) else { return }
        if counts[person] == room { makeRoom() }
        let place = index(after: slot.start, of: person)
        var index = range(of: person).upperBound
        while index > place {
            move(from: index - 1, to: index)
            index -= 1
        }
        tags[place] = tag
        starts[place] = slot.start
        ends[place] = slot.end
        slots[place] = slot
        counts[person] += 1
        for day in 0..<4 { add(slot.shares[day], on: slot.firstDay + day, person) }
    }

    /// Removes the work of a tag; without any it does nothing.
    package mutating func remove(tag: Int32, of person: Int = 0) {
        let range = range(of: person)
        guard let place = tags[range].firstIndex(of: tag) else { return }
        let slot = slots[place]
        var index = place
        while index + 1 < range.upperBound {
            move(from: index + 1, to: index)
            index += 1
        }
        counts[person] -= 1
        for day in 0..<4 { add(-slot.shares[day], on: slot.firstDay + day, person) }
    }

    private mutating func move(from index: Int, to other: Int) {
        tags[other] = tags[index]
        starts[other] = starts[index]
        ends[other] = ends[index]
        slots[other] = slots[index]
    }

    /// Doubles the room of everybody.
    private mutating func makeRoom() {
        let (room, people) = (self.room, counts.count)
        func widened<Element>(_ old: [Element], _ nothing: Element) -> [Element] {
            (0..<people).flatMap { old[($0 * room)..<($0 + 1) * room] + Array(repeating: nothing, count: room) }
        }
        tags = widened(tags, Timetable.none)
        starts = widened(starts, 0)
        ends = widened(ends, 0)
        slots = widened(slots, .nothing)
        self.room = room * 2
    }

    private mutating func add(_ microseconds: Int64, on day: Int, _ person: Int) {
        let index = day - firstDay
        guard microseconds != 0, index >= 0, index < dayCount else { return }
        loads[person * dayCount + index] += microseconds
    }

    private func range(of person: Int) -> Range<Int> {
        person * room..<person * room + counts[person]
    }

    /// The first entry that ends after an instant.
    private func index(after instant: Int64, of person: Int) -> Int {
        let range = range(of: person)
        // Few entries: searching in halves is not faster.
        var index = range.upperBound
        while index > range.lowerBound, ends[index - 1] > instant { index -= 1 }
        return index
    }

    /// Whether more work is allowed.
    ///
    /// - Parameter without: leaves out the work of this tag.
    package func admits(_ slot: WorkSlot, for person: Int = 0, without tag: Int32 = Timetable.none) -> Bool {
        examine(slot, for: person, without: tag, stopsAtFirst: true).isClear
    }

    /// What is against more work, of each sort the first in time.
    package func breaches(
        of slot: WorkSlot,
        for person: Int = 0,
        without tag: Int32 = Timetable.none
    ) -> TimetableBreaches {
        examine(slot, for: person, without: tag, stopsAtFirst: false)
    }

    private func examine(
        _ slot: WorkSlot,
        for person: Int,
        without tag: Int32,
        stopsAtFirst: Bool
    ) -> TimetableBreaches {
        var breaches = TimetableBreaches()
        let right = index(after: slot.start, of: person)
        checkOverlap(slot, of: person, from: right, without: tag, &breaches)
        if stopsAtFirst, !breaches.isClear { return breaches }
        checkSpell(slot, of: person, from: right, without: tag, &breaches)
        if stopsAtFirst, !breaches.isClear { return breaches }
        checkDays(slot, of: person, without: tag, &breaches)
        return breaches
    }

    private func checkOverlap(
        _ slot: WorkSlot,
        of person: Int,
        from right: Int,
        without tag: Int32,
        _ breaches: inout TimetableBreaches
    ) {
        let last = range(of: person).upperBound
        var index = right
        while index < last, starts[index] < slot.end {
            if tags[index] != tag {
                breaches.overlap = tags[index]
                return
            }
            index += 1
        }
    }

    private func checkSpell(
        _ slot: WorkSlot,
        of person: Int,
        from right: Int,
        without tag: Int32,
        _ breaches: inout TimetableBreaches
    ) {
        let range = range(of: person)
        let raised = overrides[person]
        var (start, end) = (slot.start, slot.end)
        var (before, after) = (Timetable.none, Timetable.none)
        var index = right - 1
        while index >= range.lowerBound {
            if tags[index] != tag {
                if rules.isRest(from: ends[index], to: start, raised) { break }
                if before == Timetable.none { before = tags[index] }
                start = min(start, starts[index])
            }
            index -= 1
        }
        index = right
        while index < range.upperBound {
            if tags[index] != tag {
                if rules.isRest(from: end, to: starts[index], raised) { break }
                if after == Timetable.none { after = tags[index] }
                end = max(end, ends[index])
            }
            index += 1
        }
        if !rules.allowsSpell(from: start, to: end, raised) {
            breaches.spell = TimetableBreaches.Spell(start: start, end: end, before: before, after: after)
        }
    }

    private func checkDays(
        _ slot: WorkSlot,
        of person: Int,
        without tag: Int32,
        _ breaches: inout TimetableBreaches
    ) {
        let left = tag == Timetable.none ? WorkSlot.nothing : self.slot(of: tag, person)
        let begin = person * dayCount
        let first = slot.firstDay
        let last = slot.lastDay + 6
        var week = InlineArray<7, Int64>(repeating: 0)
        var place = 0
        var (sum, days): (Int64, Int) = (0, 0)
        for day in (first - 6)...last {
            let index = day - firstDay
            var load = index >= 0 && index < dayCount ? loads[begin + index] : 0
            load += slot.share(of: day) - left.share(of: day)
            let gone = week[place]
            week[place] = load
            place = place == 6 ? 0 : place + 1
            sum += load - gone
            days += (load > 0 ? 1 : 0) - (gone > 0 ? 1 : 0)
            guard day >= first, load > 0, sum > rules.weekly || days > rules.workDays else { continue }
            let raised = overrides[person].filter { liesWithin($0.period, on: day, slot, of: person, without: tag) }
            if breaches.week == nil, !rules.allowsWeek(sum, raised) {
                breaches.week = TimetableBreaches.Week(lastDay: day, microseconds: sum)
            }
            if breaches.restDay == nil, !rules.allowsWorkDays(days, raised) {
                breaches.restDay = TimetableBreaches.RestDay(lastDay: day, days: days)
            }
        }
    }

    /// The work of a tag; nothing when there is none.
    private func slot(of tag: Int32, _ person: Int) -> WorkSlot {
        for index in range(of: person) where tags[index] == tag { return slots[index] }
        return .nothing
    }

    /// Whether all work of a day, with some more, lies in a period wholly.
    private func liesWithin(
        _ period: WorkPeriod,
        on day: Int,
        _ slot: WorkSlot,
        of person: Int,
        without tag: Int32
    ) -> Bool {
        func holds(_ other: WorkSlot) -> Bool { other.share(of: day) == 0 || period.contains(other.period) }
        return holds(slot) && range(of: person).allSatisfy { tags[$0] == tag || holds(slots[$0]) }
    }
}
