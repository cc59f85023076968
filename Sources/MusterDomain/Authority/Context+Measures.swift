import EventSourcing
import Records

/// What decisions on measures ask.
extension Context {
    func requireMeasure(_ measure: MeasureID) throws(Rejection) -> Measure {
        if let measure = authority.measures[measure] { return measure }
        throw Rejection(
            kind: .notFound,
            rule: "S1",
            reason: "no-such-measure",
            Words("There is no measure \(measure).", zh: "没有措施 \(measure)。")
        )
    }

    /// A measure that others may cite: approved, not repealed and not over when the deed happened. One that begins
    /// later may be cited before.
    func requireStanding(_ id: MeasureID) throws(Rejection) -> Measure {
        let measure = try requireMeasure(id)
        switch measure.stage {
        case .standing:
            if occurredAt < measure.to { return measure }
            throw .measureOver(measure)
        case .expired: throw .measureOver(measure)
        case .repealed(let time):
            throw Rejection(
                rule: "R1.2",
                reason: "measure-repealed",
                Words(
                    "Measure \(id) was repealed: since \(time) it is no basis for anything.",
                    zh: "措施 \(id) 已撤销，自 \(time) 起不再是任何做法的依据。"
                ),
                advice: .ask(measure.issuer.party)
            )
        case .proposed, .refused, .lapsed:
            throw Rejection(
                rule: "R1.2",
                reason: "measure-not-approved",
                Words("Measure \(id) was not approved, so it is of no force.", zh: "措施 \(id) 未获批准，没有效力。"),
                advice: .ask(measure.issuer.party)
            )
        }
    }

    func requireUnused(_ measure: MeasureID) throws(Rejection) {
        guard authority.measures[measure] != nil else { return }
        throw Rejection(
            rule: "S1",
            reason: "measure-exists",
            Words("There is a measure \(measure) already.", zh: "措施 \(measure) 已存在。")
        )
    }

    /// Every measure, local measure and requisition has a legal basis, a start and an end (R1.3).
    ///
    /// - Returns: the basis and the end.
    func requireBasisAndEnd(
        _ legalBasis: String?,
        _ from: Timestamp,
        _ to: Timestamp?
    ) throws(Rejection) -> (legalBasis: String, to: Timestamp) {
        guard let legalBasis else {
            throw Rejection(
                rule: "R1.3",
                reason: "no-legal-basis",
                Words("It must name its legal basis.", zh: "必须写明法律依据。"),
                advice: Words("Name the law and the article.", zh: "请写明法律名称和条款。")
            )
        }
        guard let to else {
            throw Rejection(
                rule: "R1.3",
                reason: "no-end",
                Words("It must have an end.", zh: "必须有结束时间。"),
                advice: Words("Give an end; it can be issued anew.", zh: "请填写结束时间，到期可重新发布。")
            )
        }
        guard to > from else { throw .endBeforeStart(rule: "R1.3") }
        guard to > occurredAt else {
            throw Rejection(
                rule: "R1.3",
                reason: "over-already",
                Words("Its end lies in the past.", zh: "结束时间已过。"),
                advice: Words("Give an end that is still to come.", zh: "请填写尚未到来的结束时间。")
            )
        }
        return (legalBasis, to)
    }

    /// Whom a stricter local measure is put before: only those who issued its parent say yes or no (R1.2).
    ///
    /// - Returns: the measure that waits for them.
    func requireProposal(_ id: MeasureID) throws(Rejection) -> Measure {
        let measure = try requireMeasure(id)
        guard let parent = measure.parent.flatMap({ authority.measures[$0] }) else { throw .nothingToApprove(measure) }
        guard parent.issuer.party == actor.party else {
            throw Rejection(
                kind: .forbidden,
                rule: "R1.2",
                reason: "not-issuer",
                Words(
                    "Measure \(parent.id) was issued by \(parent.issuer.party): it decides on \(id), not \(actor.party).",
                    zh: "措施 \(parent.id) 由 \(parent.issuer.party) 发布，\(id) 应由其决定，而不是 \(actor.party)。"
                ),
                advice: .ask(parent.issuer.party)
            )
        }
        try requireCovers(measure.territory)
        guard case .proposed(let approveBy) = measure.stage else { throw .nothingToApprove(measure) }
        guard occurredAt < approveBy else {
            throw Rejection(
                rule: "R1.2",
                reason: "approval-too-late",
                Words(
                    "The time to decide on \(id) ended at \(approveBy); the proposal lapses.",
                    zh: "\(id) 的审批期限为 \(approveBy)，已过，该提议失效。"
                ),
                advice: Words("It can be proposed anew.", zh: "可重新提出。")
            )
        }
        return measure
    }

    /// The rule that people had to keep in a territory at the time of the deed; nil where there was none (R1.7).
    package func measure(_ kind: MeasureKind, in territory: TerritoryID) -> Measure? {
        authority.measures.inForce(kind, in: territory, of: territories, at: occurredAt).first
    }
}

extension Rejection {
    fileprivate static func measureOver(_ measure: Measure) -> Rejection {
        Rejection(
            rule: "R1.2",
            reason: "measure-over",
            Words("Measure \(measure.id) ended at \(measure.to).", zh: "措施 \(measure.id) 已于 \(measure.to) 到期。"),
            advice: .ask(measure.issuer.party)
        )
    }

    fileprivate static func nothingToApprove(_ measure: Measure) -> Rejection {
        Rejection(
            rule: "R1.2",
            reason: "nothing-to-approve",
            Words("Nobody is asked to approve measure \(measure.id).", zh: "措施 \(measure.id) 没有待审批的提议。")
        )
    }
}

extension Words {
    /// Who could decide otherwise.
    static func ask(_ party: PartyID) -> Words {
        Words("\(party) can decide otherwise: ask there.", zh: "可由 \(party) 另行决定，请向其提出。")
    }
}
