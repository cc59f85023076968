package import EventSourcing
import Records

/// Ends an incident, once its re-checks are passed, its sites covered and its groups free.
///
/// What other systems hold open because of an incident, as isolations, they do not tell it yet: nothing is asked of them here.
package struct CloseIncident: Command, Hashable {
    package let incident: IncidentID
    package let text: String?

    package init(
        incident: IncidentID,
        text: String? = nil
    ) {
        self.incident = incident
        self.text = text
    }

    package static let description = CommandDescription<CloseIncident>(
        "CloseIncident",
        of: .playbooks,
        Words("Close the incident", zh: "结案"),
        by: [.streetCoordinator, .districtCommand],
        under: "R6.5",
        Record<CloseIncident>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            Field("text", \.text, Codec<String>.prose().optional, Words("Text", zh: "说明")),
            make: CloseIncident.init
        )
    )

    package var stream: StreamName { Incident.stream(incident) }

    package func decide(_ subject: Incident, in context: Context) throws(Rejection) -> [Incident.Event] {
        try context.requireCovers(try subject.requireSubject().territory)
        switch subject.status {
        case .rechecked: break
        case .firstDisposal, .followUp, .reopened:
            throw Rejection(
                rule: "R6.5",
                reason: "recheck-open",
                Words("Not all re-checks are passed.", zh: "复查尚未全部通过。"),
                advice: Words("See which re-check is due when.", zh: "请查看各项复查的期限。")
            )
        case .suspected, .verified, .declared, .closed, .ruledOut, nil:
            throw subject.refusal(of: Self.description.words)
        }
        let uncovered = subject.uncoveredSites
        guard uncovered.isEmpty else {
            let list = uncovered.map(\.rawValue).joined(separator: ", ")
            throw Rejection(
                rule: "R6.2",
                reason: "sites-missing",
                Words("Not all places where it was are covered: \(list).", zh: "尚有点位未覆盖：\(list)。")
            )
        }
        let standing = subject.groups.filter { $0.value.isStanding }.keys.sorted()
        guard standing.isEmpty else {
            let list = standing.map(\.rawValue).joined(separator: ", ")
            throw Rejection(
                rule: "S6",
                reason: "groups-standing",
                Words("These groups have not stood down: \(list).", zh: "尚未撤收的工作组：\(list)。")
            )
        }
        return [.closed(IncidentClosed(incident: incident, text: text))]
    }
}
