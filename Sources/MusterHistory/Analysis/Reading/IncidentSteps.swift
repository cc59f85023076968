import EventSourcing
import MusterDomain
import Records

/// The steps of incidents: which of them had a limit and what became of it, and how incidents kept to their playbooks.
struct IncidentSteps {
    struct Step {
        var begun: Int64?
        var dueBy: Int64?
        var startedClock: Int64?
        var finished: Int64?
        var isSkipped = false
        var isLate = false
        var agency: Int32 = -1
    }

    struct Run {
        let playbook: Playbook
        let activated: Int64
        var steps: [StepID: Step] = [:]
        var parties: [GroupID: Int32] = [:]
        var followedUp: Int64?
        var ended: Int64?

        var isFollowedUp: Bool { followedUp != nil }
    }

    /// By number of case.
    private var runs: [Int32: Run] = [:]
    private var order: [Int32] = []

    /// The events that say something of playbooks and steps.
    private static let told: Set<String> = [
        "PlaybookActivated", "GroupStoodUp", "StepStarted", "StepCompleted", "StepSkipped", "FollowUpOpened",
        "IncidentClosed", "IncidentReopened",
    ]

    /// Takes in one event of an incident.
    ///
    /// - Parameter filters: those that are asked of events; the incident is marked with the ones of its playbook.
    mutating func take(
        _ event: RecordedEvent,
        caseIndex: Int32,
        _ filters: [CaseFilter],
        _ columns: inout EventColumns
    ) throws(Problems) {
        // What is said of the person concerned is sealed, and says nothing of the steps.
        guard Self.told.contains(event.type.name),
            let incident = try IncidentEvent.table.decode(event.type, SealedMembers.removed(from: event.data))
        else { return }
        let time = event.occurredAt.microseconds
        switch incident {
        case .playbookActivated(let activated):
            if runs[caseIndex] == nil { order.append(caseIndex) }
            let playbook = activated.playbook
            runs[caseIndex] = Run(playbook: playbook, activated: time)
            let own = CaseFilter.playbook(playbook.playbook.rawValue, version: playbook.version)
            if let bit = filters.firstIndex(of: own) { columns.mark(caseIndex, filter: bit) }
            note(activated.deadlines, caseIndex, time)
        case .followUpOpened(let opened):
            runs[caseIndex]?.followedUp = time
            note(opened.deadlines, caseIndex, time)
        case .groupStoodUp(let group):
            runs[caseIndex]?.parties[group.group] = columns.agencyNames.index(of: group.party.rawValue)
        case .stepStarted(let started):
            // A step that is begun again after a reopening keeps its first time, as it does when it is finished again.
            guard runs[caseIndex]?.steps[started.step]?.begun == nil else { break }
            runs[caseIndex]?.steps[started.step, default: Step()].begun = time
        case .stepCompleted(let completed):
            finish(completed.step, caseIndex, time) { step in
                step.isLate = completed.isLate
                step.agency = columns.agencyNames.index(of: completed.party.rawValue)
            }
            note(completed.deadlines, caseIndex, time)
        case .stepSkipped(let skipped):
            finish(skipped.step, caseIndex, time) { $0.isSkipped = true }
            note(skipped.deadlines, caseIndex, time)
        case .closed: runs[caseIndex]?.ended = time
        case .reopened(let reopened):
            runs[caseIndex]?.ended = nil
            note(reopened.deadlines, caseIndex, time)
        case .caseSuspected, .caseRegistered, .caseVerified, .caseRuledOut, .declared, .groupLeadAssigned,
            .supportRequested, .firstDisposalSummarised, .recheckPassed, .recheckFailed, .groupStoodDown,
            .deadlineMissed:
            break
        }
    }

    private mutating func note(_ deadlines: [StepDeadline], _ caseIndex: Int32, _ time: Int64) {
        for deadline in deadlines {
            runs[caseIndex]?.steps[deadline.step, default: Step()].dueBy = deadline.dueBy.microseconds
            runs[caseIndex]?.steps[deadline.step, default: Step()].startedClock = time
        }
    }

    private mutating func finish(_ id: StepID, _ caseIndex: Int32, _ time: Int64, _ change: (inout Step) -> Void) {
        guard var step = runs[caseIndex]?.steps[id] ?? (runs[caseIndex] == nil ? nil : Step()), step.finished == nil
        else { return }
        step.finished = time
        change(&step)
        runs[caseIndex]?.steps[id] = step
    }

    // MARK: - What they come to

    /// Incidents in the order in which they came. The number of a step among all steps of their playbooks is the unit of
    /// its clock.
    var all: [(caseIndex: Int32, run: Run)] { order.compactMap { index in runs[index].map { (index, $0) } } }

    /// Adds a clock for each step that had a limit.
    func finish(_ columns: inout EventColumns, kinds: inout [Label]) {
        var numbers: [String: Int32] = [:]
        var unit: Int32 = -1
        for (caseIndex, run) in all {
            for step in run.playbook.allSteps {
                unit += 1
                guard let known = run.steps[step.step], let due = known.dueBy else { continue }
                let name = "\(run.playbook.playbook)/\(step.step)"
                if numbers[name] == nil {
                    numbers[name] = Int32(kinds.count)
                    kinds.append(Label(name, words: Words(step.nameEN, zh: step.nameZH)))
                }
                var clock = Clock(caseIndex: caseIndex, kind: numbers[name] ?? 0, due: due)
                clock.agency = known.agency
                clock.unit = unit
                clock.start = known.startedClock ?? EventColumns.unknown
                if let finished = known.finished {
                    clock.done = known.isLate ? max(finished, due + 1) : min(finished, due)
                } else if let ended = run.ended {
                    guard ended > due else { continue }
                    clock.done = ended
                }
                columns.clocks.append(clock)
            }
        }
    }

    /// How incidents kept to a playbook: the given one, or the one that most were activated with. Nil without incidents
    /// of it.
    ///
    /// - Parameter duration: of the chosen cases by number; nil for others.
    func conformance(to name: String?, duration: (Int32) -> Int64?) -> ConformanceStatistics? {
        var counts: [String: Int] = [:]
        for run in runs.values { counts[run.playbook.playbook.rawValue, default: 0] += 1 }
        let commonest = counts.max { $0.value == $1.value ? $0.key > $1.key : $0.value < $1.value }?.key
        guard let wanted = name ?? commonest else { return nil }
        let chosen = order.filter { runs[$0]?.playbook.playbook.rawValue == wanted && duration($0) != nil }
        guard let newest = chosen.compactMap({ runs[$0]?.playbook }).max(by: { $0.version < $1.version }) else {
            return nil
        }
        var found: [Breach: [Int32]] = [:]
        var (perfect, fitness) = (0, 0.0)
        for caseIndex in chosen {
            guard let run = runs[caseIndex] else { continue }
            let (breaches, rules) = Self.breaches(run)
            for breach in breaches { found[breach, default: []].append(caseIndex) }
            if breaches.isEmpty { perfect += 1 }
            fitness += rules == 0 ? 1 : 1 - Double(breaches.count) / Double(rules)
        }
        let labels = newest.stepLabels
        func label(_ step: StepID) -> Label { labels[step] ?? Label(step.rawValue) }
        let most = found.sorted { a, b in
            a.value.count == b.value.count ? a.key.order < b.key.order : a.value.count > b.value.count
        }
        return ConformanceStatistics(
            reference: .playbook(name: wanted, version: newest.version, newest.allSteps.map { label($0.step) }),
            count: chosen.count,
            perfect: perfect,
            fitness: chosen.isEmpty ? 1 : fitness / Double(chosen.count),
            deviations: most.prefix(40).map { breach, cases in
                let with = Set(cases)
                let summaries = [true, false].map { isIn in
                    DurationSummary(chosen.filter { with.contains($0) == isIn }.compactMap(duration))
                }
                return ConformanceStatistics.Deviation(
                    kind: breach.kind,
                    step: label(breach.step),
                    needed: breach.needed.map(label),
                    count: cases.count,
                    cases: cases.count,
                    cost: summaries.contains { $0.count == 0 } ? nil : summaries[0].p50 - summaries[1].p50
                )
            }
        )
    }

    private struct Breach: Hashable {
        let kind: ConformanceStatistics.Kind
        let step: StepID
        var needed: StepID?

        var order: String { "\(kind.rawValue) \(step.rawValue) \(needed?.rawValue ?? "")" }
    }

    /// What was not kept of a playbook's rules, and how many rules there were: that each step is done, after what it
    /// needs, and in time. As long as the incident is open, a step that is not done yet breaks none.
    private static func breaches(_ run: Run) -> (list: [Breach], rules: Int) {
        var (breaches, rules): ([Breach], Int) = ([], 0)
        for step in run.playbook.allSteps where step.phase == .firstDisposal || run.isFollowedUp {
            guard let known = run.steps[step.step], let finished = known.finished else {
                guard run.ended != nil else { continue }
                rules += 1
                breaches.append(Breach(kind: .skipped, step: step.step))
                continue
            }
            rules += 1
            if known.isSkipped {
                if !step.canSkip { breaches.append(Breach(kind: .skipped, step: step.step)) }
                continue
            }
            if step.within != nil {
                rules += 1
                if known.isLate { breaches.append(Breach(kind: .late, step: step.step)) }
            }
            for need in step.needs {
                rules += 1
                guard let before = run.steps[need]?.finished, before <= finished else {
                    breaches.append(Breach(kind: .tooEarly, step: step.step, needed: need))
                    continue
                }
            }
        }
        return (breaches, rules)
    }
}

extension Playbook {
    /// Of all groups, in their order.
    var allSteps: [PlaybookStep] { groups.flatMap(\.steps) }

    fileprivate var stepLabels: [StepID: Label] {
        Dictionary(
            allSteps.map { ($0.step, Label($0.step.rawValue, words: Words($0.nameEN, zh: $0.nameZH))) },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
