package import Records

/// The incident is over.
package struct IncidentClosed: Hashable, Sendable {
    package let incident: IncidentID
    package let text: String?

    package init(
        incident: IncidentID,
        text: String? = nil
    ) {
        self.incident = incident
        self.text = text
    }

    package static let record = Record<IncidentClosed>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("text", \.text, Codec<String>.prose().optional, Words("Text", zh: "说明")),
        make: IncidentClosed.init
    )
}
