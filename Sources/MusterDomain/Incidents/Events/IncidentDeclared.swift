package import Records

/// The incident is declared, at a level and on a basis.
package struct IncidentDeclared: Hashable, Sendable {
    package let incident: IncidentID
    package let level: IncidentLevel
    package let basis: String

    package init(
        incident: IncidentID,
        level: IncidentLevel,
        basis: String
    ) {
        self.incident = incident
        self.level = level
        self.basis = basis
    }

    package static let record = Record<IncidentDeclared>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("level", \.level, .choice, Words("Level", zh: "等级")),
        Field("basis", \.basis, .prose(), Words("Basis", zh: "依据")),
        make: IncidentDeclared.init
    )
}
