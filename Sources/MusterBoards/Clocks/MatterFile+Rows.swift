import EventSourcing
import MusterDomain
import Records

extension MatterFile {
    /// A fact that was recorded this much after it happened was learned late (R14.5).
    static let lateLearning: Duration = .seconds(300)

    /// What is open in the matter: every clock, and where no clock runs whoever has the next step. Empty when nothing
    /// is left to do.
    func openRows(_ register: Register) -> [ClockRow] {
        guard let subject = matter.subject, let status = matter.status, status != .closed else { return [] }
        let maker = RowMaker(file: self, subject: subject, status: status, register: register)
        var rows = matter.openClocks.map(maker.row)
        for call in matter.openRound?.calls ?? [] {
            if let row = maker.unlimitedRow(of: call) { rows.append(row) }
        }
        // Nobody's clock runs and no department has a step: the matter lies with its community.
        if rows.isEmpty { rows.append(maker.communityRow()) }
        // No decider gives one task twice, yet keys must differ whatever the log holds.
        var keys: Set<String> = []
        return rows.filter { keys.insert($0.key).inserted }
    }
}

/// Makes the rows of one matter.
private struct RowMaker {
    let file: MatterFile
    let subject: Matter.Subject
    let status: MatterStatus
    let register: Register

    func row(_ clock: OpenClock) -> ClockRow {
        let started = file.mark(clock.startedBy)
        let state: BoardOrder.Group =
            switch clock.holder {
            case .reporter: .waiting
            case .party: clock.isPaused ? .paused : .running
            }
        let rowClock = RowClock(
            state: state,
            due: clock.due,
            since: clock.since,
            limit: clock.limit,
            startedBy: started,
            pausedBy: file.mark(clock.pausedBy)
        )
        switch clock.holder {
        case .reporter:
            return row(
                key: "",
                holder(nil, Role.resident.words),
                .feedback,
                rowClock,
                RowStage(status),
                matterTags(started)
            )
        case .party(let party):
            let holder = holder(party, register.name(of: party), isLead: clock.isLead)
            if let task = clock.task {
                let key = "/task/\(task)"
                return row(key: key, holder, .task, rowClock, RowStage(status), lateTags(started), task: task)
            }
            guard let call = matter.openRound?.call(of: party) else {
                return row(key: "/\(party)", holder, RowStep(clock.step), rowClock, RowStage(status), [])
            }
            return row(
                key: "/\(party)",
                holder,
                RowStep(clock.step),
                rowClock,
                RowStage(call),
                tags(of: call) + lateTags(started),
                remark: remark(of: call, started),
                department: party
            )
        }
    }

    /// The row of a department that no limit drives: it acts, or leads and has not filed. Nil when it has a clock, or
    /// nothing to do.
    func unlimitedRow(of call: DepartmentCall) -> ClockRow? {
        let isLead = matter.openRound?.lead == call.department
        let step: RowStep
        switch call.state {
        case .onScene, .acting: step = .act
        case .done where isLead && !matter.filings.contains(.department): step = .file
        case .blown, .disputed, .enRoute, .done, .released, .withdrawn: return nil
        }
        let arrival = file.arrival(of: call.department)
        return row(
            key: "/\(call.department)",
            holder(call.department, register.name(of: call.department), isLead: isLead),
            step,
            unlimited(since: step == .act ? arrival : file.lastAction(of: call.department) ?? arrival),
            RowStage(call),
            tags(of: call),
            remark: remark(of: call, nil),
            department: call.department
        )
    }

    func communityRow() -> ClockRow {
        let step: RowStep =
            switch status {
            case .raised, .investigating: .investigate
            case .awaitingConsent: .consent
            case .consented, .whistled, .reopened: .whistle
            case .inAction, .filedOneSide: .file
            case .resolvedLocally, .filedBoth, .awaitingFeedback, .answered, .closed: .close
            }
        let holder: ClockRow.Holder
        if let party = register.communityParty(of: subject.territory) ?? file.raisedBy {
            holder = self.holder(party, register.name(of: party))
        } else {
            holder = self.holder(nil, register.name(of: register.community(of: subject.territory) ?? subject.territory))
        }
        return row(
            key: "",
            holder,
            step,
            unlimited(since: file.changedBy),
            RowStage(status),
            matterTags(file.changedBy)
        )
    }

    private var matter: Matter { file.matter }

    private func holder(_ party: PartyID?, _ name: Words, isLead: Bool = false) -> ClockRow.Holder {
        ClockRow.Holder(party: party, name: name, isLead: isLead)
    }

    private func unlimited(since mark: EventMark?) -> RowClock {
        RowClock(
            state: .waiting,
            due: nil,
            since: (mark ?? file.changedBy)?.occurredAt ?? Timestamp(microseconds: 0),
            limit: nil,
            startedBy: mark ?? file.changedBy,
            pausedBy: nil
        )
    }

    private func row(
        key: String,
        _ holder: ClockRow.Holder,
        _ step: RowStep,
        _ clock: RowClock,
        _ stage: RowStage,
        _ tags: [RowTag],
        remark: RowRemark? = nil,
        task: TaskID? = nil,
        department: PartyID? = nil
    ) -> ClockRow {
        ClockRow(
            key: subject.matter.rawValue + key,
            matter: subject.matter,
            title: file.title,
            kind: subject.kind,
            urgency: matter.openRound?.urgency ?? subject.urgency,
            place: file.place,
            territory: subject.territory,
            territoryName: register.name(of: subject.territory),
            holder: holder,
            step: step,
            clock: clock,
            stage: stage,
            tags: tags,
            remark: remark,
            task: task,
            department: department,
            position: clock.startedBy?.position ?? .origin
        )
    }

    /// What is amiss with one department's call.
    private func tags(of call: DepartmentCall) -> [RowTag] {
        var tags: [RowTag] = []
        if let clock = call.clock {
            if clock.isNoShow {
                let at = file.noShow(of: call.department)
                tags.append(clock.step == .accept ? .noAnswer(at: at) : .noShow(at: at))
            }
            if let level = EscalationLevel.allCases.last(where: clock.told.contains) {
                tags.append(.escalated(to: level, at: file.escalation(of: call.department)))
            }
        }
        if case .disputed = call.state { tags.append(.disputed(at: file.disputes[call.department]?.at)) }
        return tags + roundTags(of: call)
    }

    /// What is amiss with the whistle as a whole; said once, on the row of the lead.
    private func roundTags(of call: DepartmentCall) -> [RowTag] {
        guard let round = matter.openRound, (round.lead ?? round.departments.first) == call.department else {
            return []
        }
        var tags: [RowTag] = []
        if let at = file.reopenedAt { tags.append(.reopened(at: at)) }
        if round.number > 1 { tags.append(.repeated(round.number)) }
        switch round.ratification {
        case .waiting: tags.append(.ratificationMissing)
        case .refused: tags.append(.ratificationRefused)
        case .notNeeded, .given: break
        }
        return tags
    }

    private func matterTags(_ mark: EventMark?) -> [RowTag] {
        (file.reopenedAt.map { [.reopened(at: $0)] } ?? []) + lateTags(mark)
    }

    private func lateTags(_ mark: EventMark?) -> [RowTag] {
        guard let mark, mark.recordedAt.since(mark.occurredAt) > MatterFile.lateLearning else { return [] }
        return [.learnedLate(at: mark.recordedAt)]
    }

    private func remark(of call: DepartmentCall, _ started: EventMark?) -> RowRemark? {
        switch call.state {
        case .enRoute: RowRemark(words: Words("on the way since", zh: "出发于"), at: started?.occurredAt)
        case .onScene, .acting:
            RowRemark(words: Words("arrived", zh: "到场于"), at: file.arrival(of: call.department)?.occurredAt)
        case .done: RowRemark(words: Words("done, not filed", zh: "已处置，未报备"), at: nil)
        case .blown, .disputed, .released, .withdrawn: nil
        }
    }
}
