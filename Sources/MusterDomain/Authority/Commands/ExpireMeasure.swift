package import EventSourcing
import Records

/// Notes that a measure came to its end.
package struct ExpireMeasure: Command, Hashable {
    package let measure: MeasureID
    package let endedAt: Timestamp

    package init(
        measure: MeasureID,
        endedAt: Timestamp
    ) {
        self.measure = measure
        self.endedAt = endedAt
    }

    package static let description = CommandDescription<ExpireMeasure>(
        "ExpireMeasure",
        of: .authority,
        Words("Let a measure expire", zh: "措施到期"),
        by: [.system],
        Record<ExpireMeasure>(
            Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
            Field("endedAt", \.endedAt, .timestamp, Words("End", zh: "结束")),
            make: ExpireMeasure.init
        )
    )

    package var stream: StreamName { Authority.stream }

    package func decide(_ authority: Authority, in context: Context) throws(Rejection) -> [Authority.Event] {
        guard let expired = authority.measures[measure], expired.stage == .standing, expired.to == endedAt else {
            return []
        }
        guard context.now >= endedAt else { throw .tooEarly(endedAt) }
        return [.measureExpired(MeasureExpired(measure: measure, endedAt: endedAt))]
    }
}
