package import EventSourcing
import Records

/// Allows a stricter local measure. Only the issuer of the measure above may (R1.2).
package struct ApproveLocalMeasure: Command, Hashable {
    package let measure: MeasureID
    package let text: String?

    package init(
        measure: MeasureID,
        text: String? = nil
    ) {
        self.measure = measure
        self.text = text
    }

    package static let description = CommandDescription<ApproveLocalMeasure>(
        "ApproveLocalMeasure",
        of: .authority,
        Words("Approve a local measure", zh: "批准地方措施"),
        by: [.districtCommand, .streetCoordinator],
        under: "R1.2",
        isOrder: true,
        Record<ApproveLocalMeasure>(
            Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
            Field("text", \.text, Codec<String>.line(500).optional, Words("Text", zh: "说明")),
            make: ApproveLocalMeasure.init
        )
    )

    package var stream: StreamName { Authority.stream }

    package func decide(_ authority: Authority, in context: Context) throws(Rejection) -> [Authority.Event] {
        let proposal = try context.requireProposal(measure)
        let from = max(proposal.from, context.occurredAt)
        return [.localMeasureApproved(LocalMeasureApproved(measure: measure, from: from, text: text))]
    }
}
