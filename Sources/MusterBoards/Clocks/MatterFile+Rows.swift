import EventSourcing
import MusterDomain
import Records

extension MatterFile {
    /// A fact that was recorded this much after it happened was learned late (R14.5). It is no key of the configuration:
    /// rows depend on the log alone, so that stored, live, rebuilt and past boards agree whatever is configured when.
    static let lateLearning: Duration = .seconds(300)

    /// What is open in the matter: every clock, and where no clock runs whoever has the next step. Empty when nothing
    /// is left to do. A row of `rows` of which nothing has changed is in it again, the same object.
    ///
    /// - Parameter reach: which of `rows` may have to be made again.
    func openRows(_ register: Register, _ reach: RowReach) -> [ClockRow] {
        guard let subject = matter.subject, let status = matter.status, status != .closed else { return [] }
        let frame = RowFrame(
            subject: subject,
            status: status,
            round: matter.openRound,
            register: register,
            reach: reach
        )
        var open: [ClockRow] = []
        for clock in matter.openClocks {
            open.append(kept(clock.part, reach) ?? row(of: clock, in: frame))
        }
        for call in frame.round?.calls ?? [] {
            guard let step = unlimitedStep(of: call, in: frame) else { continue }
            open.append(kept(.party(call.department), reach) ?? row(of: call, step, in: frame))
        }
        // Nobody's clock runs and no department has a step: the matter lies with its community.
        if open.isEmpty { open.append(communityRow(in: frame)) }
        // No decider gives one task twice, yet rows must differ whatever the log holds.
        for index in open.indices.dropFirst().reversed()
        where open[..<index].contains(where: { $0.content.part == open[index].content.part }) {
            open.remove(at: index)
        }
        return open
    }

    /// The row as it is, where the reach leaves it alone.
    private func kept(_ part: ClockRow.Part, _ reach: RowReach) -> ClockRow? {
        guard case .department(let department) = reach, part != .party(department) else { return nil }
        return rows.first { $0.content.part == part }
    }
}

/// Which rows of a matter may not be as they were.
enum RowReach {
    /// That of one department. Whether a row is there at all is always asked anew.
    case department(PartyID)
    case matter
    /// All, and names may have changed too.
    case names
}

extension MatterEvent {
    /// The one department whose row it changes at most, as long as the matter stays in its stage; nil for events that
    /// say something about others as well.
    var department: PartyID? {
        switch self {
        case .whistleAccepted(let payload): payload.becomesLead ? nil : payload.department
        case .competenceDisputed(let payload): payload.department
        case .departmentArrived(let payload): payload.department
        case .actionCompleted(let payload): payload.department
        case .departmentNoShow(let payload): payload.department
        case .whistleEscalated(let payload): payload.department
        case .raised, .investigatorAssigned, .findingsRecorded, .resolvedLocally, .consentRequested, .consentGiven,
            .consentRefused, .whistleBlown, .whistleWithdrawn, .competenceRuled, .findingsHandedOver, .jointPlanAgreed,
            .taskDelegated, .taskCompleted, .filedWithSuperior, .helpOffered, .feedbackAsked, .feedbackGiven,
            .feedbackMissing, .closed, .reopened, .appealed, .reviewStarted, .reviewDecided, .reviewOverdue, .merged,
            .reportersJoined:
            nil
        }
    }
}

extension OpenClock {
    fileprivate var part: ClockRow.Part {
        switch holder {
        case .reporter: .whole
        case .party(let party): task.map { .task($0) } ?? .party(party)
        }
    }
}

/// What the rows of one matter have in common.
private struct RowFrame {
    let subject: Matter.Subject
    let status: MatterStatus
    /// The whistle that is open.
    let round: WhistleRound?
    let register: Register
    let reach: RowReach

    /// Whether the names on rows that were made before still hold.
    var namesHold: Bool {
        switch reach {
        case .department, .matter: true
        case .names: false
        }
    }

    /// Which department's row says what is amiss with the whistle as a whole.
    func speaksForRound(_ department: PartyID) -> Bool {
        guard let round else { return false }
        return (round.lead ?? round.calls.first(where: \.isCalled)?.department) == department
    }
}

extension MatterFile {
    private func row(of clock: OpenClock, in frame: RowFrame) -> ClockRow {
        let started = mark(clock.startedBy)
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
            pausedBy: mark(clock.pausedBy)
        )
        switch clock.holder {
        case .reporter:
            return row(
                .whole,
                of: .named(Role.resident.words),
                .feedback,
                rowClock,
                RowStage(frame.status),
                matterTags(started),
                in: frame
            )
        case .party(let party):
            guard clock.task == nil, let call = frame.round?.call(of: party) else {
                return row(
                    clock.part,
                    of: .party(party),
                    RowStep(clock.step),
                    rowClock,
                    RowStage(frame.status),
                    clock.task == nil ? [] : lateTags(started),
                    task: clock.task,
                    in: frame
                )
            }
            return row(
                clock.part,
                of: .party(party, isLead: clock.isLead),
                RowStep(clock.step),
                rowClock,
                RowStage(call),
                tags(of: call, in: frame) + lateTags(started),
                remark: remark(of: call, started),
                department: party,
                in: frame
            )
        }
    }

    /// What a department must do that no limit drives: it leads and has not filed, or acts and no limit was recorded. Nil
    /// when it has a clock, or nothing to do.
    private func unlimitedStep(of call: DepartmentCall, in frame: RowFrame) -> RowStep? {
        switch call.state {
        case .onScene, .acting: call.clock == nil ? .act : nil
        case .done: frame.round?.lead == call.department && !matter.filings.contains(.department) ? .file : nil
        case .blown, .disputed, .enRoute, .released, .withdrawn: nil
        }
    }

    /// The row of a department that no limit drives.
    private func row(of call: DepartmentCall, _ step: RowStep, in frame: RowFrame) -> ClockRow {
        let history = history(of: call.department)
        return row(
            .party(call.department),
            of: .party(call.department, isLead: frame.round?.lead == call.department),
            step,
            unlimited(since: step == .act ? history?.arrival : history?.action ?? history?.arrival),
            RowStage(call),
            tags(of: call, in: frame),
            remark: remark(of: call, nil),
            department: call.department,
            in: frame
        )
    }

    private func communityRow(in frame: RowFrame) -> ClockRow {
        let step: RowStep =
            switch frame.status {
            case .raised, .investigating: .investigate
            case .awaitingConsent: .consent
            case .consented, .whistled, .reopened: .whistle
            case .inAction, .filedOneSide: .file
            case .resolvedLocally, .filedBoth, .awaitingFeedback, .answered, .closed: .close
            }
        let (register, territory) = (frame.register, frame.subject.territory)
        let holder: RowHolder =
            if let party = register.communityParty(of: territory) ?? raisedBy {
                .party(party)
            } else {
                .named(register.name(of: register.community(of: territory) ?? territory))
            }
        return row(
            .whole,
            of: holder,
            step,
            consentClock ?? unlimited(since: changedBy),
            RowStage(frame.status),
            matterTags(changedBy),
            in: frame
        )
    }

    /// The clock of a head who is asked for consent; nil for other rows, and where no limit was recorded.
    private var consentClock: RowClock? {
        guard matter.stage == .awaitingConsent, let approval, let due = approval.answerBy else { return nil }
        return RowClock(
            state: .running,
            due: due,
            since: approval.limit.map { due - $0 } ?? approval.askedAt,
            limit: approval.limit,
            startedBy: changedBy,
            pausedBy: nil
        )
    }

    private func unlimited(since mark: EventMark?) -> RowClock {
        RowClock(
            state: .waiting,
            due: nil,
            since: (mark ?? changedBy)?.occurredAt ?? Timestamp(microseconds: 0),
            limit: nil,
            startedBy: mark ?? changedBy,
            pausedBy: nil
        )
    }

    /// Whose row it is.
    private enum RowHolder {
        case party(PartyID, isLead: Bool = false)
        /// No party.
        case named(Words)
    }

    /// The row as it was made last when nothing about it has changed: then no text is built, and nobody is told.
    private func row(
        _ part: ClockRow.Part,
        of holder: RowHolder,
        _ step: RowStep,
        _ clock: RowClock,
        _ stage: RowStage,
        _ tags: [RowTag],
        remark: RowRemark? = nil,
        task: TaskID? = nil,
        department: PartyID? = nil,
        in frame: RowFrame
    ) -> ClockRow {
        let last = rows.first { $0.content.part == part }
        let named = frame.namesHold ? last : nil
        let territory = frame.subject.territory
        let content = ClockRow.Content(
            key: last?.key ?? ClockRow.key(of: part, in: id),
            matter: id,
            part: part,
            title: title,
            kind: frame.subject.kind,
            urgency: frame.round?.urgency ?? frame.subject.urgency,
            place: place,
            territory: territory,
            territoryName: named.flatMap { $0.content.territory == territory ? $0.content.territoryName : nil }
                ?? frame.register.name(of: territory),
            holder: self.holder(holder, frame.register, last: named?.content.holder),
            step: step,
            clock: clock,
            stage: stage,
            tags: tags,
            remark: remark,
            task: task,
            department: department,
            position: clock.startedBy?.position ?? .origin
        )
        if let last, last.content == content { return last }
        return ClockRow(content)
    }

    private func holder(_ holder: RowHolder, _ register: Register, last: ClockRow.Holder?) -> ClockRow.Holder {
        switch holder {
        case .named(let name):
            return ClockRow.Holder(party: nil, name: name, isLead: false)
        case .party(let party, let isLead):
            let name = last.flatMap { $0.party == party ? $0.name : nil } ?? register.name(of: party)
            return ClockRow.Holder(party: party, name: name, isLead: isLead)
        }
    }

    /// What is amiss with one department's call.
    private func tags(of call: DepartmentCall, in frame: RowFrame) -> [RowTag] {
        var tags: [RowTag] = []
        if let clock = call.clock {
            let history = history(of: call.department)
            if clock.isNoShow {
                let at = history?.noShowAt
                tags.append(clock.step == .accept ? .noAnswer(at: at) : .noShow(at: at))
            }
            if let level = EscalationLevel.allCases.last(where: clock.told.contains) {
                tags.append(.escalated(to: level, at: history?.escalatedAt))
            }
            if case .disputed = call.state { tags.append(.disputed(at: history?.dispute?.at)) }
        }
        guard let round = frame.round, frame.speaksForRound(call.department) else { return tags }
        // What is amiss with the whistle as a whole is said once.
        if let at = reopenedAt { tags.append(.reopened(at: at)) }
        if round.number > 1 { tags.append(.repeated(round.number)) }
        switch round.ratification {
        case .waiting: tags.append(.ratificationMissing)
        case .refused: tags.append(.ratificationRefused)
        case .notNeeded, .given: break
        }
        return tags
    }

    private func matterTags(_ mark: EventMark?) -> [RowTag] {
        (reopenedAt.map { [.reopened(at: $0)] } ?? []) + lateTags(mark)
    }

    private func lateTags(_ mark: EventMark?) -> [RowTag] {
        guard let mark, mark.recordedAt.since(mark.occurredAt) > Self.lateLearning else { return [] }
        return [.learnedLate(at: mark.recordedAt)]
    }

    private func remark(of call: DepartmentCall, _ started: EventMark?) -> RowRemark? {
        switch call.state {
        case .enRoute: RowRemark(words: Words("on the way since", zh: "出发于"), at: started?.occurredAt)
        case .onScene, .acting:
            RowRemark(
                words: Words("arrived", zh: "到场于"),
                at: history(of: call.department)?.arrival?.occurredAt
            )
        case .done: RowRemark(words: Words("done, not filed", zh: "已处置，未报备"), at: nil)
        case .blown, .disputed, .released, .withdrawn: nil
        }
    }
}
