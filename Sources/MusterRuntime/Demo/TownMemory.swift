import EventSourcing
import MusterDomain

/// What goes on in the town as the log tells it, and what is about to be done.
actor TownMemory {
    private struct Tracked {
        var course: TownCourse
        var lastMovedAt: Timestamp
        /// What will happen next; thought about anew whenever the course moves.
        var deeds: [TownDeed] = []
        /// When each deed falls due; set once, when it first becomes possible.
        var dues: [String: Timestamp] = [:]
        var finished: Set<String> = []
        /// When the first deed that is not finished falls due; nil while there is none.
        var nextAt: Timestamp?

        var isMatter: Bool { if case .matter = course { true } else { false } }

        mutating func plan(_ deeds: [TownDeed], speed: Double) {
            self.deeds = deeds
            let keys = Set(deeds.map(\.key))
            dues = dues.filter { keys.contains($0.key) }
            finished.formIntersection(keys)
            for deed in deeds where dues[deed.key] == nil {
                dues[deed.key] = max(lastMovedAt, deed.notBefore ?? lastMovedAt) + deed.after / speed
            }
            findNext()
        }

        mutating func findNext() {
            nextAt = dues.filter { !finished.contains($0.key) }.values.min()
        }
    }

    private let story: TownStory
    private let speed: Double
    private var courses: [StreamName: Tracked] = [:]
    private var beginnings: TownBeginnings
    private var appraisals: TownAppraisals

    init(story: TownStory, speed: Double) {
        self.story = story
        self.speed = speed
        beginnings = TownBeginnings(speed: speed)
        appraisals = TownAppraisals(period: Duration.seconds(4 * 3_600) / speed)
    }

    /// Takes in a page of the log. What cannot be read is somebody else's alarm.
    func follow(_ page: [RecordedEvent]) {
        for recorded in page {
            guard let fact = try? Fact(recorded) else { continue }
            beginnings.count(fact)
            appraisals.follow(fact)
            follow(fact)
        }
    }

    private func follow(_ fact: Fact) {
        guard let (stream, beginning) = TownCourse.start(of: fact) else { return }
        var tracked = courses[stream] ?? Tracked(course: beginning, lastMovedAt: fact.origin.recordedAt)
        tracked.course.evolve(fact)
        tracked.lastMovedAt = fact.origin.recordedAt
        tracked.plan(story.deeds(in: tracked.course), speed: speed)
        courses[stream] = isOver(tracked) ? nil : tracked
    }

    /// Nobody will do anything any more.
    private func isOver(_ tracked: Tracked) -> Bool {
        switch tracked.course {
        case .matter(let matter, _): matter.stage == .closed && tracked.deeds.isEmpty
        case .incident(let incident): incident.status == .closed || incident.status == .ruledOut
        case .directive(let directive): directive.source.recalledAt != nil || directive.source.succession != nil
        case .building, .report, .call, .surge, .form, .directReport, .measure, .asset, .inquiry, .notice:
            tracked.deeds.isEmpty
        }
    }

    /// What is to be done now, in no order.
    func dueDeeds(at now: Timestamp, atMost limit: Int) -> [(TownCommand, StreamName?)] {
        var due: [(TownCommand, StreamName?)] = []
        for (stream, tracked) in courses where due.count < limit && tracked.nextAt.map({ $0 <= now }) == true {
            var tracked = tracked
            for deed in tracked.deeds where due.count < limit && !tracked.finished.contains(deed.key) {
                guard let time = tracked.dues[deed.key], time <= now else { continue }
                due.append((TownCommand(deed), stream))
                tracked.finished.insert(deed.key)
            }
            tracked.findNext()
            courses[stream] = tracked
        }
        return due
    }

    /// What begins now by itself: reports, soon in a quiet town and rarely in a busy one; now and then something greater.
    func dueBeginnings(at now: Timestamp, _ reports: TownReports) -> [TownCommand] {
        // The town is awake before anything great happens.
        let busyness = courses.values.count(where: \.isMatter)
        return
            ([
                beginnings.isReportDue(at: now, busyness, story.dice) ? reports.report(beginnings.reports.count) : nil
            ] + (beginnings.isAwake ? story.begin(beginnings, hasIncident: hasIncident, at: now) : [])
            + [appraisals.due.flatMap(story.publish)]).compactMap(\.self)
    }

    private var hasIncident: Bool {
        courses.values.contains { if case .incident = $0.course { true } else { false } }
    }

    /// A deed that the door could not take now is tried again.
    func took(_ command: TownCommand, in stream: StreamName?, answer: TownDoor.Answer) {
        guard answer == .later, let stream, var tracked = courses[stream] else { return }
        tracked.finished = tracked.finished.filter { CommandID(UniqueID(hashing: "demo/\($0)")) != command.id }
        tracked.findNext()
        courses[stream] = tracked
    }
}
