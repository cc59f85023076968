import EventSourcing
import MusterDomain

/// What became of incidents under another playbook.
struct PlaybookChange: Sendable {
    var model: ReplayModel
    var incidents = 0
    /// Steps that the history does not know: their work takes the time that the playbook allows.
    var newSteps = 0
    /// Of these, steps without a limit: their work takes as long as the median of all steps.
    var guessedSteps = 0
    /// Steps that the playbook does not have any more.
    var goneSteps = 0
    /// Steps that no crew is known for.
    var nobodys = 0
}

extension PlaybookChange {
    /// - Parameters:
    ///   - base: the incidents under their own playbooks, with what each step waited for something else than a crew.
    ///   - runs: the incidents in the order in which the model has them.
    init(
        _ base: ReplayModel,
        _ runs: [(caseIndex: Int32, run: IncidentSteps.Run)],
        to playbook: Playbook
    ) throws(ReplayError) {
        let isNamed = runs.contains { $0.run.playbook.playbook == playbook.playbook }
        func isMeant(_ run: IncidentSteps.Run) -> Bool {
            isNamed ? run.playbook.playbook == playbook.playbook : run.playbook.kind == playbook.kind
        }
        guard runs.contains(where: { isMeant($0.run) }) else {
            let known = Set(runs.map { $0.run.playbook.playbook.rawValue })
            throw .noIncidents(playbook: playbook.playbook.rawValue, known: known.sorted())
        }
        var builder = PlaybookBuilder(base, playbook)
        for (number, entry) in runs.enumerated() {
            if isMeant(entry.run) {
                builder.follow(entry.run, entry.caseIndex, base.draft.incidents[number])
            } else {
                builder.copy(base.draft.incidents[number])
            }
        }
        self = builder.change
    }
}

private struct PlaybookBuilder {
    private let base: ReplayModel
    private let playbook: Playbook
    private let median: Int64
    private var draft = ReplayDraft(.activities)
    private var delays: [Int64] = []
    private var deadlines: [ReplayModel.Deadline] = []
    private var kinds: [Label]
    private var made: PlaybookChange

    init(_ base: ReplayModel, _ playbook: Playbook) {
        self.base = base
        self.playbook = playbook
        let works = base.work.agencies.indices.filter { base.work.agencies[$0] >= 0 }
            .map { base.work.works[$0] }.sorted()
        median = works.isEmpty ? 0 : works[(works.count - 1) / 2]
        draft.labels = base.draft.labels
        kinds = base.kinds
        made = PlaybookChange(model: base)
    }

    var change: PlaybookChange {
        var change = made
        change.model = ReplayModel(draft, kinds: kinds)
        change.model.work.delays = delays
        change.model.deadlines = deadlines
        return change
    }

    /// Keeps an incident as it was.
    mutating func copy(_ range: Range<Int>) {
        let shift = Int32(draft.steps.count - range.lowerBound)
        for index in range {
            var row = base.draft.rows[index]
            row.step += shift
            _ = draft.add(base.draft.steps[index], needs: base.draft.needs(of: index).map { $0 + shift })
            _ = draft.add(row)
            delays.append(base.work.delays[index])
        }
        func shifted(_ moment: ReplayModel.Moment) -> ReplayModel.Moment {
            ReplayModel.Moment(step: moment.step + shift, isFromBegin: moment.isFromBegin, offset: moment.offset)
        }
        for deadline in base.deadlines where range.contains(Int(deadline.row)) {
            deadlines.append(
                ReplayModel.Deadline(
                    row: deadline.row + shift,
                    kind: deadline.kind,
                    agency: deadline.agency,
                    start: deadline.start.map(shifted),
                    limit: deadline.limit,
                    done: deadline.done.map(shifted)
                )
            )
        }
    }

    private struct Planned {
        let step: PlaybookStep
        var agency: Int32 = ReplayWork.nobody
        var work: Int64 = 0
        var delay: Int64 = 0
    }

    /// Lets an incident go by the other playbook.
    mutating func follow(_ run: IncidentSteps.Run, _ caseIndex: Int32, _ range: Range<Int>) {
        made.incidents += 1
        var known: [String: Int] = [:]
        for index in range { known[base.draft.labels[Int(base.draft.rows[index].label)].name] = index }
        let planned = plan(run, known)
        let wanted = Set(playbook.allSteps.map(\.step))
        made.goneSteps += run.playbook.allSteps.count { step in
            !wanted.contains(step.step) && run.steps[step.step]?.finished != nil
        }

        let activation = draft.addFixed(at: run.activated, ReplayDraft.StepNames.activation, caseIndex).step
        delays.append(0)
        let first = Int32(draft.steps.count)
        var numbers: [StepID: Int32] = [:]
        for (index, step) in planned.enumerated() { numbers[step.step.step] = first + Int32(index) }
        let followUp = first + Int32(planned.count)
        for step in planned {
            var needs = step.step.needs.compactMap { numbers[$0] }
            if step.step.phase == .followUp { needs.append(followUp) }
            add(step, run, caseIndex, needs: needs.isEmpty ? [activation] : needs)
        }
        guard run.followedUp != nil, let old = range.last else { return }
        let needs = planned.filter { $0.step.phase == .firstDisposal }.compactMap { numbers[$0.step.step] }
        _ = draft.addRow(
            ReplayDraft.Step(
                base: run.activated,
                begin: run.activated,
                end: run.activated,
                agency: ReplayWork.nobody,
                label: ReplayDraft.StepNames.followUp
            ),
            needs.isEmpty ? [activation] : needs,
            caseIndex,
            agency: -1
        )
        delays.append(base.work.delays[old])
    }

    /// The steps that come to be done: those of which the history knows how, and new ones, as far as what they need is
    /// done.
    private mutating func plan(_ run: IncidentSteps.Run, _ known: [String: Int]) -> [Planned] {
        let before = Set(run.playbook.allSteps.map(\.step))
        var found: [StepID: Planned] = [:]
        for group in playbook.groups {
            let known = group.steps.map { known[ReplayDraft.StepNames.name($0.step, in: run.playbook)] }
            let party = run.parties[group.group] ?? known.compactMap { $0.map { base.draft.rows[$0].agency } }.first
            for (step, old) in zip(group.steps, known) where step.phase == .firstDisposal || run.followedUp != nil {
                var planned = Planned(step: step)
                if let old {
                    planned.agency = base.work.agencies[old]
                    planned.work = base.work.works[old]
                    planned.delay = base.work.delays[old]
                } else if !before.contains(step.step) {
                    made.newSteps += 1
                    if step.within == nil { made.guessedSteps += 1 }
                    if (party ?? -1) < 0 { made.nobodys += 1 }
                    planned.agency = party ?? ReplayWork.nobody
                    planned.work = step.within?.wholeMicroseconds ?? median
                } else {
                    continue
                }
                found[step.step] = planned
            }
        }
        // A step that waits for one that is never done is not done either.
        var isSettled = false
        while !isSettled {
            isSettled = true
            for (id, planned) in found where planned.step.needs.contains(where: { found[$0] == nil }) {
                found[id] = nil
                isSettled = false
            }
        }
        return playbook.allSteps.compactMap { found[$0.step] }
    }

    private mutating func add(_ planned: Planned, _ run: IncidentSteps.Run, _ caseIndex: Int32, needs: [Int32]) {
        let label = label(of: planned.step)
        let row = draft.addRow(
            ReplayDraft.Step(
                base: run.activated,
                begin: run.activated,
                end: run.activated + planned.work,
                agency: planned.agency,
                label: label,
                basis: planned.agency < 0 ? .none : .given
            ),
            needs,
            caseIndex,
            agency: planned.agency
        )
        // A step that takes no crew takes its time all the same.
        delays.append(planned.agency < 0 ? planned.delay + planned.work : planned.delay)
        guard let within = planned.step.within else { return }
        let step = draft.rows[Int(row)].step
        deadlines.append(
            ReplayModel.Deadline(
                row: row,
                kind: kind(of: planned.step),
                agency: planned.agency,
                start: ReplayModel.Moment(step: step, isFromBegin: false, offset: 0),
                limit: within.wholeMicroseconds,
                done: ReplayModel.Moment(
                    step: step,
                    isFromBegin: true,
                    offset: planned.agency < 0 ? 0 : planned.work
                )
            )
        )
    }

    private mutating func label(of step: PlaybookStep) -> Int32 {
        let name = ReplayDraft.StepNames.name(step.step, in: playbook)
        if let known = draft.labels.firstIndex(where: { $0.name == name }) { return Int32(known) }
        draft.labels.append(Label(name, words: step.words))
        return Int32(draft.labels.count - 1)
    }

    private mutating func kind(of step: PlaybookStep) -> Int32 {
        let name = ReplayDraft.StepNames.name(step.step, in: playbook)
        if let known = kinds.firstIndex(where: { $0.name == name }) { return Int32(known) }
        kinds.append(Label(name, words: step.words))
        return Int32(kinds.count - 1)
    }
}
