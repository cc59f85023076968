package import Records

/// An incident is not active on its ground any more.
package struct TerritoryAlertLifted: Hashable, Sendable {
    package let incident: IncidentID

    package init(
        incident: IncidentID
    ) {
        self.incident = incident
    }

    package static let record = Record<TerritoryAlertLifted>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        make: TerritoryAlertLifted.init
    )
}
