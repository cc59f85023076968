package import EventSourcing
import Records

/// Declares a verified incident, at a level.
package struct DeclareIncident: Command, Hashable {
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

    package static let description = CommandDescription<DeclareIncident>(
        "DeclareIncident",
        of: .playbooks,
        Words("Declare the incident", zh: "宣布事件"),
        by: [.streetCoordinator, .districtCommand],
        under: "S6",
        isOrder: true,
        Record<DeclareIncident>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            Field("level", \.level, .choice, Words("Level", zh: "等级")),
            Field("basis", \.basis, .prose(), Words("Basis", zh: "依据")),
            make: DeclareIncident.init
        )
    )

    package var stream: StreamName { Incident.stream(incident) }

    package func decide(_ subject: Incident, in context: Context) throws(Rejection) -> [Incident.Event] {
        try context.requireCovers(try subject.requireSubject().territory)
        switch subject.status {
        case .verified: break
        case .suspected:
            throw Rejection(
                rule: "S6",
                reason: "not-verified",
                Words("The suspicion has not been verified.", zh: "疑似情况尚未核实。"),
                advice: Words("Those who verify can do so.", zh: "请由核实单位先行核实。")
            )
        case .declared, .firstDisposal, .followUp, .rechecked, .closed, .ruledOut, .reopened, nil:
            throw subject.refusal(of: Self.description.words)
        }
        guard !level.needsDistrict || context.actor.role == .districtCommand else {
            throw Rejection(
                kind: .forbidden,
                rule: "R15.4",
                reason: "level-of-district",
                Words("\(level.words.en) is for the district to declare.", zh: "\(level.words.zh)须由区级宣布。"),
                advice: Words("The district command can declare it.", zh: "请由区指挥部宣布。")
            )
        }
        return [.declared(IncidentDeclared(incident: incident, level: level, basis: basis))]
    }
}
