import EventSourcing
import Records

/// Repeals the measures that were issued because of a case, once the case is ruled out; what they did stays on record
/// (R6.6).
package struct RuledOutCasePolicy: Policy {
    package static let name = "ruled-out-cases"

    /// Of measures that are not over, with the ground on which each holds.
    private var measures: [IncidentID: [MeasureID: TerritoryID]] = [:]
    private var incidents: [MeasureID: IncidentID] = [:]
    /// By name alone: somebody may issue a measure without having heard.
    private var ruledOut: Set<IncidentID> = []

    package init() {}

    package mutating func evolve(_ fact: Fact) {
        switch fact.event {
        case .authority(.measureIssued(let payload)):
            guard let incident = payload.incident else { return }
            measures[incident, default: [:]][payload.measure] = payload.territory
            incidents[payload.measure] = incident
        case .authority(.measureRepealed(let payload)): forget(payload.measure)
        case .authority(.measureExpired(let payload)): forget(payload.measure)
        case .incident(.caseRuledOut(let payload)): ruledOut.insert(payload.incident)
        default: break
        }
    }

    private mutating func forget(_ measure: MeasureID) {
        guard let incident = incidents.removeValue(forKey: measure) else { return }
        measures[incident]?[measure] = nil
        if measures[incident]?.isEmpty == true { measures[incident] = nil }
    }

    package func reactions(to fact: Fact) -> [Reaction] {
        switch fact.event {
        case .incident(.caseRuledOut(let payload)):
            let standing = measures[payload.incident, default: [:]].sorted { $0.key < $1.key }
            return standing.map { repeal($0.key, in: $0.value, because: payload.incident, fact) }
        case .authority(.measureIssued(let payload)):
            guard let incident = payload.incident, ruledOut.contains(incident) else { return [] }
            return [repeal(payload.measure, in: payload.territory, because: incident, fact)]
        default: return []
        }
    }

    private func repeal(
        _ measure: MeasureID,
        in territory: TerritoryID,
        because incident: IncidentID,
        _ fact: Fact
    ) -> Reaction {
        let reason = Words("The case \(incident) was ruled out.", zh: "病例 \(incident) 已排除。")
        return .issue(
            command: RepealMeasure(measure: measure, reason: reason.inBoth),
            actor: .system(in: territory),
            key: "repeal/\(fact.id)/\(measure)"
        )
    }
}
