import EventSourcing

extension Incident {
    /// The groups that stood up and have not reported, in the order of the playbook (R6.3).
    package var silentGroups: [GroupID] {
        (playbook?.groups ?? []).filter { group in
            groups[group.group] != nil
                && !group.steps.contains { $0.isReport && steps[$0.step]?.state == .completed }
        }
        .map(\.group)
    }

    /// Whether a deed comes after its time, judged by when it happened (R0.3); false where nothing runs.
    func isLate(_ clock: IncidentClock, _ context: Context) -> Bool {
        clocks[clock].map { context.occurredAt > $0.dueBy } ?? false
    }

    /// The clocks of first-disposal steps that start with the activation or the reopening.
    static func firstDeadlines(of playbook: Playbook, from start: Timestamp, _ limits: IncidentLimits) -> [StepDeadline]
    {
        playbook.groups.flatMap(\.steps).compactMap { step in
            step.phase == .firstDisposal && step.needs.isEmpty ? step.deadline(from: start, limits) : nil
        }
    }

    /// The clocks of the steps that waited for this one alone. Those of the same group begin when it was finished, however
    /// late that is told; those of other groups when it is known, so that they have their whole time (R0.3).
    func deadlines(afterFinishing finished: StepWork, _ context: Context) -> [StepDeadline] {
        let id = finished.step.step
        let happened = max(min(context.occurredAt, context.now), finished.startedAt ?? context.occurredAt)
        return waiting { step in
            step.needs.contains(id) && isOpen(step.phase)
                && step.needs.allSatisfy { $0 == id || steps[$0]?.state.isFinished == true }
        }
        .compactMap { step in
            let isOwn = steps[step.step]?.group == finished.group
            return step.deadline(from: isOwn ? happened : context.now, context.limits.incidents)
        }
    }

    /// The clocks of the follow-up steps that wait for nothing more.
    func followUpDeadlines(from start: Timestamp, _ limits: IncidentLimits) -> [StepDeadline] {
        waiting { step in
            step.phase == .followUp && step.needs.allSatisfy { steps[$0]?.state.isFinished == true }
        }
        .compactMap { $0.deadline(from: start, limits) }
    }

    /// In the order of the playbook.
    private func waiting(where isMeant: (PlaybookStep) -> Bool) -> [PlaybookStep] {
        (playbook?.groups ?? []).flatMap(\.steps).filter { steps[$0.step]?.state == .waiting && isMeant($0) }
    }
}

extension PlaybookStep {
    fileprivate func deadline(from start: Timestamp, _ limits: IncidentLimits) -> StepDeadline? {
        within.map { within in
            let limit = limits.time(within)
            return StepDeadline(step: step, dueBy: start + limit, limit: limit)
        }
    }
}
