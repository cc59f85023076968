package import EventSourcing
import Records

/// Notes that an incident is over on its ground. Muster itself says so when one is closed.
package struct LiftTerritoryAlert: Command, Hashable {
    package let incident: IncidentID

    package init(
        incident: IncidentID
    ) {
        self.incident = incident
    }

    package static let description = CommandDescription<LiftTerritoryAlert>(
        "LiftTerritoryAlert",
        of: .territory,
        Words("Lift the alert of a territory", zh: "解除区域应急状态"),
        by: [.system],
        under: "S2",
        Record<LiftTerritoryAlert>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            make: LiftTerritoryAlert.init
        )
    )

    package var stream: StreamName { TerritoryRegister.stream }

    package func decide(
        _ register: TerritoryRegister,
        in context: Context
    ) throws(Rejection) -> [TerritoryRegister.Event] {
        register.alerts[incident] == nil ? [] : [.alertLifted(TerritoryAlertLifted(incident: incident))]
    }
}
