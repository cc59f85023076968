package import EventSourcing
package import Records

/// A measure came to its end.
package struct MeasureExpired: Hashable, Sendable {
    package let measure: MeasureID
    package let endedAt: Timestamp

    package init(
        measure: MeasureID,
        endedAt: Timestamp
    ) {
        self.measure = measure
        self.endedAt = endedAt
    }

    package static let record = Record<MeasureExpired>(
        refusesUnknownMembers: false,
        Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
        Field("endedAt", \.endedAt, .timestamp, Words("End", zh: "结束")),
        make: MeasureExpired.init
    )
}
