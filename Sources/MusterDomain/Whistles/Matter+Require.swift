import EventSourcing
import Records

/// What many decisions ask of a matter.
extension Matter {
    /// More whistles or tasks than this are refused: something else is wrong then.
    static let maximumRounds = 100
    static let maximumTasks = 100

    func requireSubject() throws(Rejection) -> Subject {
        if let subject { return subject }
        throw Rejection(
            kind: .notFound,
            rule: "S3",
            reason: "no-such-matter",
            Words("There is no such matter.", zh: "没有这个事项。")
        )
    }

    /// What goes along with another matter is dealt with there (R5.3).
    func requireNotMerged() throws(Rejection) {
        guard let mergedInto else { return }
        throw Rejection(
            rule: "R5.3",
            reason: "merged",
            Words("This goes along with \(mergedInto).", zh: "该事项已并入 \(mergedInto)。"),
            advice: Words("Say it of \(mergedInto); you are a party to it.", zh: "请就 \(mergedInto) 提出；您是其当事人。")
        )
    }

    func requireOpenRound() throws(Rejection) -> WhistleRound {
        guard let last = rounds.last else {
            throw Rejection(
                rule: "S3",
                reason: "no-whistle",
                Words("No whistle has been blown for this matter.", zh: "该事项尚未吹哨。")
            )
        }
        switch last.state {
        case .open: return last
        case .withdrawn: throw .withdrawn
        case .over:
            throw Rejection(
                rule: "S3",
                reason: "whistle-over",
                Words("The whistle is over: both sides have filed.", zh: "本次吹哨已结束：双方均已报备。")
            )
        }
    }

    func requireCall(of department: PartyID, in round: WhistleRound) throws(Rejection) -> DepartmentCall {
        if let call = round.call(of: department) { return call }
        throw Rejection(
            rule: "S3",
            reason: "not-called",
            Words("\(department) was not called to this matter.", zh: "该事项没有召集 \(department)。")
        )
    }

    /// A correction names findings of this matter that still stand (R0.4).
    func requireFindings(_ event: EventID) throws(Rejection) {
        if findings.contains(event) { return }
        throw Rejection(
            rule: "R0.4",
            reason: "nothing-to-correct",
            Words(
                "\(event) is no findings of this matter, or was corrected before.",
                zh: "\(event) 不是该事项的核查结果，或已被更正。"
            ),
            advice: Words("Name the latest findings; nothing is edited in place.", zh: "请指明最新的核查结果；任何记录都不就地修改。")
        )
    }

    /// A grid worker acts on the matters that were assigned to them.
    func requireInvestigator(_ context: Context) throws(Rejection) {
        if context.actor.role != .gridWorker || investigator == context.actor.person { return }
        throw Rejection(
            kind: .forbidden,
            rule: "S3",
            reason: "not-investigator",
            Words(
                "This matter is not assigned to \(context.actor.person).",
                zh: "该事项没有指派给 \(context.actor.person)。"
            )
        )
    }

    /// What only the lead among the departments may do (R3.3).
    func requireLead(_ round: WhistleRound, _ context: Context) throws(Rejection) {
        if round.lead == context.actor.party { return }
        let lead = round.lead?.rawValue
        throw Rejection(
            kind: .forbidden,
            rule: "R3.3",
            reason: "not-lead",
            Words(
                lead.map { "\($0) leads this whistle, not \(context.actor.party)." }
                    ?? "Nobody leads this whistle yet.",
                zh: lead.map { "本次吹哨由 \($0) 牵头，而不是 \(context.actor.party)。" } ?? "本次吹哨尚无牵头单位。"
            )
        )
    }

    /// The lifecycle has no such step from here.
    func refusal(of step: Words) -> Rejection {
        let stage = status?.words ?? Words("Not raised", zh: "未提出")
        return Rejection(
            rule: "S3",
            reason: "wrong-stage",
            Words(
                "\(step.en): not possible while the matter stands at “\(stage.en)”.",
                zh: "事项处于“\(stage.zh)”，不能\(step.zh)。"
            )
        )
    }
}

extension Rejection {
    static let withdrawn = Rejection(
        rule: "S3",
        reason: "whistle-withdrawn",
        Words("The whistle was withdrawn.", zh: "该次吹哨已撤回。")
    )

    static func acceptedAlready(_ department: PartyID) -> Rejection {
        Rejection(
            rule: "S3",
            reason: "accepted-already",
            Words("\(department) has answered the whistle already.", zh: "\(department) 已对吹哨作出答复。")
        )
    }

    static func released(_ department: PartyID) -> Rejection {
        Rejection(
            rule: "R3.4",
            reason: "released",
            Words("\(department) was released: it need not come.", zh: "\(department) 已解除，无需到场。")
        )
    }

    /// A timer that fired before its time.
    static func tooEarly(_ time: Timestamp) -> Rejection {
        Rejection(
            rule: "R0.5",
            reason: "too-early",
            Words("This is not due before \(time).", zh: "\(time) 之前尚未到期。")
        )
    }

    static let filingsMissing = Rejection(
        rule: "R3.5",
        reason: "filings-missing",
        Words("Both sides must first file with their superiors.", zh: "双方须先各自向上级报备。"),
        advice: Words("See which side has not filed yet.", zh: "请查看哪一方尚未报备。")
    )
}

extension Matter {
    /// Whether the community head is asked to ratify an emergency whistle; false for a question asked before a whistle.
    func requireConsentQuestion(_ context: Context) throws(Rejection) -> Bool {
        try context.requireCovers(try requireSubject().territory)
        if stage == .awaitingConsent { return false }
        if rounds.last?.ratification == .waiting { return true }
        throw Rejection(
            rule: "R3.2",
            reason: "nothing-to-consent",
            Words("Nobody asks for consent to a whistle here.", zh: "此处没有待同意或待追认的吹哨。")
        )
    }

    /// Findings and plans need somebody who has accepted.
    func requireSomeoneComing(in round: WhistleRound) throws(Rejection) {
        let isSomeoneComing = round.calls.contains { call in
            switch call.state {
            case .enRoute, .onScene, .acting, .done: true
            case .blown, .disputed, .released, .withdrawn: false
            }
        }
        if isSomeoneComing { return }
        throw Rejection(
            rule: "S3",
            reason: "nobody-accepted",
            Words("No department has accepted yet.", zh: "尚无部门签收。")
        )
    }
}

extension WhistleRound {
    /// The clock that a timer means, if it still runs.
    func chasedClock(of department: PartyID, _ step: WhistleStep, due: Timestamp) -> RunningClock? {
        guard let clock = call(of: department)?.clock, clock.step == step, clock.due == due, !clock.isPaused else {
            return nil
        }
        return clock
    }
}

extension Actor {
    /// The department side of a matter, as against the community side.
    var speaksForDepartments: Bool { role == .departmentOfficer || role == .districtCommand }
}
