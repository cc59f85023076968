import EventSourcing
import MusterDomain

extension Samples {
    private static let time = Timestamp(microseconds: 1_795_233_600_123_456)
    private static let nasty = "\"\\ \u{1F692} 火\n\tend </script> \u{2028}"
    private static let version = DirectiveVersion(
        version: 2,
        hash: TextHash(of: nasty),
        bindsFrom: time,
        effectiveTo: time + .seconds(86_400)
    )

    static let directive: [DirectiveEvent] = [
        .issued(
            DirectiveIssued(
                directive: "D-1",
                subject: "returnee.isolation",
                title: "Stay at home",
                body: nasty,
                hash: TextHash(of: nasty),
                issuer: "he/he-district",
                audience: ["he-s1", "he/police", "dq-02"],
                copies: ["dq"],
                isDirect: true,
                downTo: .grid,
                response: .first,
                effectiveFrom: time,
                bindsFrom: time,
                effectiveTo: time + .seconds(86_400),
                replyBy: time + .seconds(3_600),
                supersedes: "D-0",
                ackBy: time,
                relayBy: time,
                limit: .seconds(1_800),
                cascadeBy: time
            )
        ),
        .issued(
            DirectiveIssued(
                directive: "D-2",
                subject: "gate.check",
                title: "x",
                body: "x",
                hash: TextHash(of: "x"),
                issuer: "he/he-district",
                audience: ["he-s1"],
                downTo: .community,
                effectiveFrom: time,
                bindsFrom: time,
                ackBy: time,
                relayBy: time,
                limit: .seconds(7_200),
                cascadeBy: time
            )
        ),
        .relayed(
            DirectiveRelayed(
                directive: "D-1",
                version: 1,
                hash: TextHash(of: nasty),
                from: "he-s1",
                hop: 2,
                to: ["dq", "xw-01"],
                copies: ["xw"],
                isDirect: true,
                note: nasty,
                ackBy: time,
                relayBy: time,
                limit: .seconds(1_800)
            )
        ),
        .relayed(
            DirectiveRelayed(
                directive: "D-1",
                version: 1,
                hash: TextHash(of: nasty),
                from: "he/police",
                hop: 2,
                to: ["he-s1"],
                ackBy: time,
                relayBy: time,
                limit: .seconds(1_800)
            )
        ),
        .amended(
            DirectiveAmended(
                directive: "D-1",
                body: nasty,
                inForce: version,
                effectiveFrom: time,
                replyBy: time,
                reason: nasty,
                ackBy: time,
                limit: .seconds(1_800)
            )
        ),
        .recalled(DirectiveRecalled(directive: "D-1", reason: nasty, at: time)),
        .superseded(DirectiveSuperseded(directive: "D-1", by: "D-2", from: time)),
        .relayBroken(RelayBroken(directive: "D-1", addressee: "dq", missing: ["dq-02", "dq-03"], dueAt: time)),
        .contradictionFound(ContradictionFound(directive: "D-2", with: "D-1", kind: .overlap)),
    ]

    static let addressedDirective: [AddressedDirectiveEvent] = [
        .received(
            DirectiveReceived(
                directive: "D-1",
                addressee: "dq/jindi",
                from: "dq",
                issuer: "he/he-district",
                hop: 3,
                versions: [DirectiveVersion(version: 1, hash: TextHash(of: "x"), bindsFrom: time), version],
                note: nasty,
                replyBy: time,
                ackBy: time
            )
        ),
        .received(
            DirectiveReceived(
                directive: "D-1",
                addressee: "dq",
                from: "he-s1",
                issuer: "he/he-district",
                hop: 2,
                isCopy: true,
                versions: [version]
            )
        ),
        .acknowledged(
            ReceiptAcknowledged(directive: "D-1", addressee: "dq-02", version: 1, manner: .relay, isLate: true)
        ),
        .acknowledged(
            ReceiptAcknowledged(
                directive: "D-1",
                addressee: "dq-02",
                version: 1,
                households: 120,
                inScope: 250,
                manner: .visit,
                isLate: false,
                corrects: EventID(command: CommandID(UniqueID(high: 1, low: 2)), ordinal: 0)
            )
        ),
        .executed(
            ExecutionReported(
                directive: "D-1",
                addressee: "dq-02",
                version: 1,
                count: 250,
                inScope: 250,
                isFull: true,
                evidence: ["visit-17", "照片 3"],
                isLate: false,
                corrects: EventID(command: CommandID(UniqueID(high: 1, low: 2)), ordinal: 0)
            )
        ),
        .executed(
            ExecutionReported(
                directive: "D-1",
                addressee: "xw",
                version: 1,
                count: 0,
                isFull: false,
                evidence: ["x"],
                isLate: true
            )
        ),
        .declaredInapplicable(
            InapplicabilityDeclared(directive: "D-1", addressee: "dq", version: 1, reason: nasty, isLate: false)
        ),
        .clarificationAsked(
            ClarificationAsked(directive: "D-1", addressee: "dq", question: 1, version: 1, text: nasty)
        ),
        .clarificationAnswered(
            ClarificationAnswered(directive: "D-1", addressee: "dq", question: 1, text: nasty)
        ),
        .amended(
            AmendmentReceived(directive: "D-1", addressee: "dq", inForce: version, replyBy: time, ackBy: time)
        ),
        .amended(AmendmentReceived(directive: "D-1", addressee: "dq", inForce: version)),
        .recalled(RecallReceived(directive: "D-1", addressee: "dq", at: time)),
        .superseded(SupersessionReceived(directive: "D-1", addressee: "dq", by: "D-2", from: time)),
        .ackOverdue(AckOverdue(directive: "D-1", addressee: "dq", version: 1, dueAt: time)),
        .replyOverdue(ReplyOverdue(directive: "D-1", addressee: "dq", version: 1, dueAt: time)),
    ]
}
