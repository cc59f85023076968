package import Records

/// The parent's issuer does not allow a stricter local measure.
package struct LocalMeasureRefused: Hashable, Sendable {
    package let measure: MeasureID
    package let reason: String

    package init(
        measure: MeasureID,
        reason: String
    ) {
        self.measure = measure
        self.reason = reason
    }

    package static let record = Record<LocalMeasureRefused>(
        refusesUnknownMembers: false,
        Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
        Field("reason", \.reason, .line(500), Words("Reason", zh: "理由")),
        make: LocalMeasureRefused.init
    )
}
