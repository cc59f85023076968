package import EventSourcing
package import Records

/// The parent's issuer allows a stricter local measure.
package struct LocalMeasureApproved: Hashable, Sendable {
    package let measure: MeasureID
    /// Never before the approval.
    package let from: Timestamp
    package let text: String?

    package init(
        measure: MeasureID,
        from: Timestamp,
        text: String? = nil
    ) {
        self.measure = measure
        self.from = from
        self.text = text
    }

    package static let record = Record<LocalMeasureApproved>(
        refusesUnknownMembers: false,
        Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
        Field("from", \.from, .timestamp, Words("In force from", zh: "生效时间")),
        Field("text", \.text, Codec<String>.line(500).optional, Words("Text", zh: "说明")),
        make: LocalMeasureApproved.init
    )
}
