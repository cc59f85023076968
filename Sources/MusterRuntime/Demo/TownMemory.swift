import EventSourcing
import MusterDomain

/// The open matters of the town as the log tells them, and what is about to be done in each.
actor TownMemory {
    private struct Tracked {
        var matter = Matter()
        var turn = 0
        var lastMovedAt: Timestamp
        /// When each deed falls due; set once, when it first becomes possible.
        var dues: [String: Timestamp] = [:]
        var finished: Set<String> = []
    }

    private let story: TownStory
    private let speed: Double
    private var matters: [MatterID: Tracked] = [:]
    private var reportCount = 0
    private var lastReportAt: Timestamp?

    init(story: TownStory, speed: Double) {
        self.story = story
        self.speed = speed
    }

    /// Takes in a page of the log. What cannot be read is somebody else's alarm.
    func follow(_ page: [RecordedEvent]) {
        for recorded in page {
            guard let fact = try? Fact(recorded) else { continue }
            switch fact.event {
            case .report(.submitted):
                reportCount += 1
                lastReportAt = fact.origin.recordedAt
            case .matter(let event):
                follow(event, fact)
            default:
                break
            }
        }
    }

    private func follow(_ event: MatterEvent, _ fact: Fact) {
        guard let id = MatterID(rawValue: String(fact.stream.id)) else { return }
        var tracked = matters[id] ?? Tracked(lastMovedAt: fact.origin.recordedAt)
        tracked.matter.evolve(event, from: fact.origin)
        tracked.lastMovedAt = fact.origin.recordedAt
        if case .reopened = event { tracked.turn += 1 }
        matters[id] = tracked.matter.stage == .closed ? nil : tracked
    }

    /// What is to be done now, in no order.
    func dueDeeds(at now: Timestamp, atMost limit: Int) -> [(TownCommand, MatterID?)] {
        var due: [(TownCommand, MatterID?)] = []
        for (id, var tracked) in matters {
            for deed in story.deeds(in: tracked.matter, turn: tracked.turn) where !tracked.finished.contains(deed.key) {
                let time = tracked.dues[deed.key] ?? tracked.lastMovedAt + deed.after / speed
                tracked.dues[deed.key] = time
                guard time <= now, due.count < limit else { continue }
                due.append((TownCommand(deed.actor, deed.command, key: deed.key), id))
                tracked.finished.insert(deed.key)
            }
            matters[id] = tracked
        }
        return due
    }

    /// The number of the next report when it is time for it: soon in a quiet town, rarely in a busy one.
    func dueReport(at now: Timestamp) -> Int? {
        let pause: Duration
        switch matters.count {
        case ..<14: pause = .seconds(15)
        case ..<32: pause = story.dice.delay("pause/\(reportCount)", mean: .seconds(200))
        default: return nil
        }
        if let lastReportAt, now < lastReportAt + pause / speed { return nil }
        return reportCount
    }

    /// A deed that the door could not take now is tried again.
    func took(_ command: TownCommand, in id: MatterID?, answer: TownDoor.Answer) {
        guard answer == .later, let id, var tracked = matters[id] else { return }
        tracked.finished = tracked.finished.filter { CommandID(UniqueID(hashing: "demo/\($0)")) != command.id }
        matters[id] = tracked
    }
}
