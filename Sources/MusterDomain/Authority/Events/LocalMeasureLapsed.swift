package import EventSourcing
package import Records

/// Nobody approved a stricter local measure in time.
package struct LocalMeasureLapsed: Hashable, Sendable {
    package let measure: MeasureID
    package let approveBy: Timestamp

    package init(
        measure: MeasureID,
        approveBy: Timestamp
    ) {
        self.measure = measure
        self.approveBy = approveBy
    }

    package static let record = Record<LocalMeasureLapsed>(
        refusesUnknownMembers: false,
        Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
        Field("approveBy", \.approveBy, .timestamp, Words("Approval was due", zh: "审批期限")),
        make: LocalMeasureLapsed.init
    )
}
