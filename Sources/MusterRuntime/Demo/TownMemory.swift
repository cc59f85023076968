import EventSourcing
import MusterDomain

/// What goes on in the town as the log tells it, and what is about to be done.
actor TownMemory {
    private struct Tracked {
        var course: TownCourse
        var lastMovedAt: Timestamp
        /// When each deed falls due; set once, when it first becomes possible.
        var dues: [String: Timestamp] = [:]
        var finished: Set<String> = []

        var isMatter: Bool { if case .matter = course { true } else { false } }
    }

    /// How often something of a kind began, and when last.
    private struct Beginnings {
        var count = 0
        var lastAt: Timestamp?

        mutating func add(at time: Timestamp) {
            count += 1
            lastAt = time
        }
    }

    private let story: TownStory
    private let speed: Double
    private var courses: [StreamName: Tracked] = [:]
    private var reports = Beginnings()
    private var incidents = Beginnings()
    private var directives = Beginnings()

    init(story: TownStory, speed: Double) {
        self.story = story
        self.speed = speed
    }

    /// Takes in a page of the log. What cannot be read is somebody else's alarm.
    func follow(_ page: [RecordedEvent]) {
        for recorded in page {
            guard let fact = try? Fact(recorded) else { continue }
            switch fact.event {
            case .report(.submitted): reports.add(at: fact.origin.recordedAt)
            case .incident(.caseSuspected): incidents.add(at: fact.origin.recordedAt)
            case .directive(.issued): directives.add(at: fact.origin.recordedAt)
            default: break
            }
            follow(fact)
        }
    }

    private func follow(_ fact: Fact) {
        guard let (stream, beginning) = TownCourse.start(of: fact) else { return }
        var tracked = courses[stream] ?? Tracked(course: beginning, lastMovedAt: fact.origin.recordedAt)
        tracked.course.evolve(fact)
        tracked.lastMovedAt = fact.origin.recordedAt
        courses[stream] = isOver(tracked.course) ? nil : tracked
    }

    /// Nobody will do anything any more.
    private func isOver(_ course: TownCourse) -> Bool {
        switch course {
        case .matter(let matter, _): matter.stage == .closed && story.deeds(in: course).isEmpty
        case .incident(let incident): incident.status == .closed || incident.status == .ruledOut
        case .directive(let directive): directive.source.recalledAt != nil || directive.source.succession != nil
        }
    }

    /// What is to be done now, in no order.
    func dueDeeds(at now: Timestamp, atMost limit: Int) -> [(TownCommand, StreamName?)] {
        var due: [(TownCommand, StreamName?)] = []
        for (stream, var tracked) in courses {
            for deed in story.deeds(in: tracked.course) where !tracked.finished.contains(deed.key) {
                let start = max(tracked.lastMovedAt, deed.notBefore ?? tracked.lastMovedAt)
                let time = tracked.dues[deed.key] ?? start + deed.after / speed
                tracked.dues[deed.key] = time
                guard time <= now, due.count < limit else { continue }
                due.append((TownCommand(deed.actor, deed.command, key: deed.key), stream))
                tracked.finished.insert(deed.key)
            }
            courses[stream] = tracked
        }
        return due
    }

    /// What begins now by itself: reports, soon in a quiet town and rarely in a busy one; now and then a suspicion or a
    /// directive.
    func dueBeginnings(at now: Timestamp, _ reports: TownReports) -> [TownCommand] {
        [
            isReportDue(at: now) ? reports.report(self.reports.count) : nil,
            isDue(incidents, every: .seconds(4 * 3_600), at: now) && !hasIncident
                ? story.suspicion(incidents.count, at: now) : nil,
            isDue(directives, every: .seconds(6 * 3_600), at: now) ? story.directive(directives.count, at: now) : nil,
        ].compactMap(\.self)
    }

    private func isReportDue(at now: Timestamp) -> Bool {
        let pause: Duration
        switch courses.values.count(where: \.isMatter) {
        case ..<14: pause = .seconds(15)
        case ..<32: pause = story.dice.delay("pause/\(reports.count)", mean: .seconds(200))
        default: return false
        }
        return reports.lastAt.map { now >= $0 + pause / speed } ?? true
    }

    private func isDue(_ beginnings: Beginnings, every pause: Duration, at now: Timestamp) -> Bool {
        // The town is awake before anything great happens.
        guard reports.count > 3 else { return false }
        return beginnings.lastAt.map { now >= $0 + pause / speed } ?? true
    }

    private var hasIncident: Bool {
        courses.values.contains { if case .incident = $0.course { true } else { false } }
    }

    /// A deed that the door could not take now is tried again.
    func took(_ command: TownCommand, in stream: StreamName?, answer: TownDoor.Answer) {
        guard answer == .later, let stream, var tracked = courses[stream] else { return }
        tracked.finished = tracked.finished.filter { CommandID(UniqueID(hashing: "demo/\($0)")) != command.id }
        courses[stream] = tracked
    }
}
