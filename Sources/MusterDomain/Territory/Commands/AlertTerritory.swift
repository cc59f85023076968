package import EventSourcing
import Records

/// Notes that an incident is active on a ground. Muster itself says so when one is declared.
package struct AlertTerritory: Command, Hashable {
    package let incident: IncidentID
    package let territory: TerritoryID

    package init(
        incident: IncidentID,
        territory: TerritoryID
    ) {
        self.incident = incident
        self.territory = territory
    }

    package static let description = CommandDescription<AlertTerritory>(
        "AlertTerritory",
        of: .territory,
        Words("Alert a territory", zh: "区域进入应急状态"),
        by: [.system],
        under: "S2",
        Record<AlertTerritory>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            make: AlertTerritory.init
        )
    )

    package var stream: StreamName { TerritoryRegister.stream }

    package func decide(
        _ register: TerritoryRegister,
        in context: Context
    ) throws(Rejection) -> [TerritoryRegister.Event] {
        if register.alerts[incident]?.territory == territory { return [] }
        let limit = context.limits.territory.vulnerableCheck
        return [
            .alerted(
                TerritoryAlerted(
                    incident: incident,
                    territory: territory,
                    checkBy: context.now + limit,
                    limit: limit
                )
            )
        ]
    }
}
