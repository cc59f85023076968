import EventSourcing

extension ReplayModel {
    /// Deadlines that limits make.
    struct LimitDeadlines {
        var deadlines: [Deadline] = []
        /// Labels of their kinds, whose numbers come behind the model's.
        var kinds: [Label] = []
        /// By kind, whether the log has a limit of its own.
        var replaced: [Bool] = []
    }

    /// What else is due when some stages may take so long, counted from when the work came in. Of an activity that was
    /// done several times in a case the last time counts, as it does in reports.
    func limited(by limits: [StageTime]) throws(ReplayError) -> LimitDeadlines {
        var made = LimitDeadlines()
        for limit in limits {
            let stages = try numbers(of: limit.stage)
            for number in stages {
                let kind = Int32(kinds.count + made.kinds.count)
                made.kinds.append(names[Int(number)])
                made.replaced.append(kinds.contains { $0.isReplaced(by: limit.stage) })
                var ofCase: [Int32: Int] = [:]
                for (index, row) in draft.rows.enumerated() {
                    guard let done = done(row, number) else { continue }
                    let deadline = Deadline(
                        row: Int32(index),
                        kind: kind,
                        agency: row.agency,
                        start: Moment(step: row.step, isFromBegin: false, offset: 0),
                        limit: limit.time.wholeMicroseconds,
                        done: done.moment
                    )
                    if draft.shape == .activities, let earlier = ofCase[row.caseIndex] {
                        made.deadlines[earlier] = deadline
                    } else {
                        ofCase[row.caseIndex] = made.deadlines.count
                        made.deadlines.append(deadline)
                    }
                }
            }
        }
        return made
    }

    /// The deadlines without those that a limit takes the place of.
    func deadlines(without limits: [StageTime]) -> [Deadline] {
        let isGone = kinds.map { kind in limits.contains { kind.isReplaced(by: $0.stage) } }
        return deadlines.filter { !isGone[Int($0.kind)] }
    }

    /// What work is called: stages where rows have them, or activities.
    var names: [Label] { draft.shape == .stages ? draft.stages : draft.labels }

    /// The numbers of the stages or activities that somebody means by a name.
    func numbers(of name: String) throws(ReplayError) -> [Int32] {
        let found = names.indices.filter { names[$0].isReplaced(by: name) }
        guard !found.isEmpty else { throw .unknownStage(name, known: names.map(\.name)) }
        return found.map { Int32($0) }
    }

    private struct Done {
        let moment: Moment?
    }

    /// When a row reached a stage or was that activity; nil when the limit is not for it.
    private func done(_ row: ReplayDraft.Row, _ number: Int32) -> Done? {
        switch draft.shape {
        case .stages:
            if let index = row.stages.first(where: { draft.stageTimes[$0].stage == number }) {
                return Done(moment: stageMoments[index])
            }
            return row.isOpen && draft.lastStages.contains(number) ? Done(moment: nil) : nil
        case .activities:
            let isArrival = draft.steps[Int(row.step)].basis == .none && draft.needs(of: Int(row.step)).isEmpty
            return row.label == number && !isArrival ? Done(moment: end(of: row)) : nil
        }
    }
}

extension Label {
    /// Whether a limit of that name is meant for this: by its name, its words, or its name in a playbook.
    fileprivate func isReplaced(by text: String) -> Bool { isCalled(text) || name.hasSuffix("/\(text)") }
}
