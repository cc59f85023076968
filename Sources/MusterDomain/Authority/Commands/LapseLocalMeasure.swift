package import EventSourcing
import Records

/// Ends a proposal that nobody approved in time.
package struct LapseLocalMeasure: Command, Hashable {
    package let measure: MeasureID
    package let approveBy: Timestamp

    package init(
        measure: MeasureID,
        approveBy: Timestamp
    ) {
        self.measure = measure
        self.approveBy = approveBy
    }

    package static let description = CommandDescription<LapseLocalMeasure>(
        "LapseLocalMeasure",
        of: .authority,
        Words("Let a local measure lapse", zh: "地方措施逾期失效"),
        by: [.system],
        Record<LapseLocalMeasure>(
            Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
            Field("approveBy", \.approveBy, .timestamp, Words("Approval was due", zh: "审批期限")),
            make: LapseLocalMeasure.init
        )
    )

    package var stream: StreamName { Authority.stream }

    package func decide(_ authority: Authority, in context: Context) throws(Rejection) -> [Authority.Event] {
        guard case .proposed(approveBy)? = authority.measures[measure]?.stage else { return [] }
        guard context.now >= approveBy else { throw .tooEarly(approveBy) }
        return [.localMeasureLapsed(LocalMeasureLapsed(measure: measure, approveBy: approveBy))]
    }
}
