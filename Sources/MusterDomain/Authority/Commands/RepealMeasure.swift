package import EventSourcing
import Records

/// Ends a measure before its time, and with it what rests on it. Muster itself does so when the case because of which it was
/// issued is ruled out (R6.6).
package struct RepealMeasure: Command, Hashable {
    package let measure: MeasureID
    package let reason: String

    package init(
        measure: MeasureID,
        reason: String
    ) {
        self.measure = measure
        self.reason = reason
    }

    package static let description = CommandDescription<RepealMeasure>(
        "RepealMeasure",
        of: .authority,
        Words("Repeal a measure", zh: "撤销措施"),
        by: [.districtCommand, .streetCoordinator, .communityHead, .system],
        under: "R1.2",
        isOrder: true,
        Record<RepealMeasure>(
            Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
            Field("reason", \.reason, .line(500), Words("Reason", zh: "理由")),
            make: RepealMeasure.init
        )
    )

    package var stream: StreamName { Authority.stream }

    /// More local measures than this end too, but the event does not name them.
    private static let maximumNamed = 1_000

    package func decide(_ authority: Authority, in context: Context) throws(Rejection) -> [Authority.Event] {
        let repealed = try context.requireStanding(measure)
        guard
            repealed.issuer.party == context.actor.party || context.actor.role.isAbove(repealed.issuer.role)
                || context.actor.role == .system
        else {
            throw Rejection(
                kind: .forbidden,
                rule: "R1.2",
                reason: "not-issuer",
                Words(
                    "Measure \(measure) was issued by \(repealed.issuer.party); \(context.actor.party) is no level above.",
                    zh: "措施 \(measure) 由 \(repealed.issuer.party) 发布，\(context.actor.party) 不是其上级。"
                ),
                advice: Words(
                    "\(repealed.issuer.party) can repeal it, and any level above; you may challenge it.",
                    zh: "可由 \(repealed.issuer.party) 或其上级撤销；您可以提出质疑。"
                )
            )
        }
        try context.requireCovers(repealed.territory)
        return [
            .measureRepealed(
                MeasureRepealed(
                    measure: measure,
                    at: min(context.occurredAt, context.now),
                    reason: reason,
                    locals: authority.measures.runningLocals(of: measure).prefix(Self.maximumNamed).map(\.id)
                )
            )
        ]
    }
}
