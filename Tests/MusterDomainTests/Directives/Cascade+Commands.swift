import EventSourcing
import MusterDomain

extension Cascade {
    /// A directive of the district for its street and all below, in force at once.
    static func issue(
        _ directive: DirectiveID = "D-1",
        subject: DirectiveSubjectID = "returnee.isolation",
        body: String = text,
        to audience: [Addressee] = ["he-s1"],
        isDirect: Bool = false,
        downTo: TerritoryLevel = .grid,
        response: ResponseLevel? = nil,
        effectiveFrom: Timestamp = Town.noon,
        effectiveTo: Timestamp? = nil,
        replyBy: Timestamp? = nil,
        supersedes: DirectiveID? = nil
    ) -> IssueDirective {
        IssueDirective(
            directive: directive,
            subject: subject,
            title: "Those who come back stay at home",
            body: body,
            audience: audience,
            isDirect: isDirect,
            downTo: downTo,
            response: response,
            effectiveFrom: effectiveFrom,
            effectiveTo: effectiveTo,
            replyBy: replyBy,
            supersedes: supersedes
        )
    }

    static func relay(
        to: [Addressee],
        of directive: DirectiveID = "D-1",
        version: Int = 1,
        text: String = text,
        isDirect: Bool = false,
        note: String? = nil
    ) -> RelayDirective {
        RelayDirective(
            directive: directive,
            version: version,
            hash: TextHash(of: text),
            to: to,
            isDirect: isDirect,
            note: note
        )
    }

    static func acknowledge(
        _ addressee: Addressee,
        of directive: DirectiveID = "D-1",
        version: Int = 1
    ) -> AcknowledgeReceipt {
        AcknowledgeReceipt(
            directive: directive,
            territory: addressee.territory,
            party: addressee.party,
            version: version
        )
    }

    /// So many households of the grid dq-02 have got it.
    static func households(
        _ count: Int,
        by manner: AcknowledgementManner? = .visit,
        in grid: Addressee = "dq-02",
        version: Int = 1,
        correcting event: EventID? = nil
    ) -> AcknowledgeReceipt {
        AcknowledgeReceipt(
            directive: "D-1",
            territory: grid.territory,
            version: version,
            households: count,
            manner: manner,
            corrects: event
        )
    }

    static func execute(
        _ count: Int,
        in addressee: Addressee = "dq-02",
        isFull: Bool = false,
        correcting event: EventID? = nil
    ) -> ReportExecution {
        ReportExecution(
            directive: "D-1",
            territory: addressee.territory,
            party: addressee.party,
            count: count,
            isFull: isFull,
            evidence: ["visit-17"],
            corrects: event
        )
    }

    static func inapplicable(
        _ addressee: Addressee = "dq",
        version: Int = 1,
        reason: String = "Nobody has come back to this community."
    ) -> DeclareInapplicable {
        DeclareInapplicable(
            directive: "D-1",
            territory: addressee.territory,
            party: addressee.party,
            version: version,
            reason: reason
        )
    }

    static func amend(
        _ body: String = text + "\nFourteen days.",
        effectiveFrom: Timestamp = Town.noon,
        effectiveTo: Timestamp? = nil,
        replyBy: Timestamp? = nil
    ) -> AmendDirective {
        AmendDirective(
            directive: "D-1",
            body: body,
            effectiveFrom: effectiveFrom,
            effectiveTo: effectiveTo,
            replyBy: replyBy,
            reason: "The incubation period is known now."
        )
    }

    static func recall(_ directive: DirectiveID = "D-1") -> RecallDirective {
        RecallDirective(directive: directive, reason: "Sent to the wrong street.")
    }

    /// How far a cascade is taken.
    enum Depth: Int { case street, community, grid, acknowledged }

    /// The district's directive, relayed as far as said; at last the worker of dq-02 has acknowledged it.
    init(downTo depth: Depth, _ issue: IssueDirective = Cascade.issue()) throws {
        self.init()
        try send(issue, by: Town.district)
        if depth == .street { return }
        try send(Self.relay(to: ["dq", "xw"]), by: Town.street)
        if depth == .community { return }
        try send(Self.relay(to: ["dq-02", "dq-03"]), by: Town.head)
        if depth == .grid { return }
        try send(Self.acknowledge("dq-02"), by: Town.gridWorker)
    }
}
