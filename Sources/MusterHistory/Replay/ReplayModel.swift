/// A history as a replay takes it: what there was to do, how it went, and what was due.
struct ReplayModel: Sendable {
    /// A time that moves with a step: from when the step came in, or from when it was begun.
    struct Moment: Hashable, Sendable {
        let step: Int32
        let isFromBegin: Bool
        let offset: Int64

        func time(in run: ReplayRun) -> Int64 {
            (isFromBegin ? run.begins[Int(step)] : run.bases[Int(step)]) + offset
        }
    }

    /// Something that was to be done by a moment.
    struct Deadline: Hashable, Sendable {
        let row: Int32
        let kind: Int32
        let agency: Int32
        /// The limit counts from here; nil when its end is an instant whatever happens.
        let start: Moment?
        /// From the start, or since 1970.
        let limit: Int64
        /// Nil as long as it is open.
        let done: Moment?

        func due(in run: ReplayRun) -> Int64 { start.map { $0.time(in: run) + limit } ?? limit }
    }

    let draft: ReplayDraft
    var work = ReplayWork()
    /// How it was.
    private(set) var history = ReplayRun()
    /// In the order of the draft's.
    private(set) var stageMoments: [Moment] = []
    var deadlines: [Deadline] = []
    /// Labels of the deadlines' kinds.
    var kinds: [Label]
    var assumptions: [WorkInference.Assumption] = []

    /// - Parameter draft: of which every step has a begin.
    init(_ draft: ReplayDraft, kinds: [Label]) {
        self.draft = draft
        self.kinds = kinds
        for (index, step) in draft.steps.enumerated() {
            let isWork = step.agency >= 0
            // What takes no crew is begun when it was, and is done when it was.
            let begin = isWork ? max(step.begin, step.base) : step.end
            work.append(
                agency: step.agency,
                work: isWork ? step.end - begin : 0,
                arrival: step.base,
                delay: begin - step.base,
                rank: begin,
                needs: draft.needs(of: index)
            )
            history.append(base: step.base, begin: begin, end: step.end)
        }
        for row in draft.rows {
            for index in row.stages { stageMoments.append(anchor(draft.stageTimes[index].time, row.step)) }
        }
        let rowsOfCase = RowsOfCases(draft)
        deadlines = draft.deadlines.map { deadline in
            let own = draft.rows[Int(deadline.row)].step
            func moment(_ time: Int64, ofCase: Bool) -> Moment {
                anchor(time, ofCase ? rowsOfCase.step(before: time, deadline.row, draft) : own)
            }
            // A clock starts when something else of the case was done.
            let start =
                deadline.start == EventColumns.unknown
                ? nil : moment(deadline.start, ofCase: draft.shape == .activities)
            return Deadline(
                row: deadline.row,
                kind: deadline.kind,
                agency: deadline.agency,
                start: start,
                limit: start == nil ? deadline.due : deadline.due - deadline.start,
                done: deadline.done == EventColumns.unknown ? nil : moment(deadline.done, ofCase: deadline.isOfCase)
            )
        }
    }

    private func anchor(_ time: Int64, _ step: Int32) -> Moment {
        let begin = history.begins[Int(step)]
        let isFromBegin = time >= begin
        return Moment(
            step: step,
            isFromBegin: isFromBegin,
            offset: time - (isFromBegin ? begin : history.bases[Int(step)])
        )
    }

    func moments(of row: ReplayDraft.Row) -> ArraySlice<Moment> { stageMoments[row.stages] }

    /// The end of a row's step.
    func end(of row: ReplayDraft.Row) -> Moment {
        let step = Int(row.step)
        return Moment(step: row.step, isFromBegin: true, offset: history.ends[step] - history.begins[step])
    }
}

/// Finds the step that a time of a case moves with.
private struct RowsOfCases {
    private var rows: [Int32: [Int32]] = [:]

    /// Rows that are activities belong to their case; one with stages, or of a playbook, stands for itself.
    init(_ draft: ReplayDraft) {
        guard draft.shape == .activities, !draft.deadlines.isEmpty else { return }
        for (index, row) in draft.rows.enumerated() { rows[row.caseIndex, default: []].append(Int32(index)) }
    }

    /// The last step of the case that was done by then; where there is none, that of the row.
    func step(before time: Int64, _ row: Int32, _ draft: ReplayDraft) -> Int32 {
        let own = draft.rows[Int(row)]
        var best: (end: Int64, step: Int32)?
        for index in rows[own.caseIndex] ?? [] {
            let step = draft.rows[Int(index)].step
            let end = draft.steps[Int(step)].end
            if end <= time, best.map({ end >= $0.end }) ?? true { best = (end, step) }
        }
        return best?.step ?? own.step
    }
}
