package import EventSourcing
import Records

/// Does not allow a stricter local measure. Only the issuer of the measure above may say so (R1.2).
package struct RefuseLocalMeasure: Command, Hashable {
    package let measure: MeasureID
    package let reason: String

    package init(
        measure: MeasureID,
        reason: String
    ) {
        self.measure = measure
        self.reason = reason
    }

    package static let description = CommandDescription<RefuseLocalMeasure>(
        "RefuseLocalMeasure",
        of: .authority,
        Words("Refuse a local measure", zh: "不批准地方措施"),
        by: [.districtCommand, .streetCoordinator],
        under: "R1.2",
        isOrder: true,
        Record<RefuseLocalMeasure>(
            Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
            Field("reason", \.reason, .line(500), Words("Reason", zh: "理由")),
            make: RefuseLocalMeasure.init
        )
    )

    package var stream: StreamName { Authority.stream }

    package func decide(_ authority: Authority, in context: Context) throws(Rejection) -> [Authority.Event] {
        _ = try context.requireProposal(measure)
        return [.localMeasureRefused(LocalMeasureRefused(measure: measure, reason: reason))]
    }
}
