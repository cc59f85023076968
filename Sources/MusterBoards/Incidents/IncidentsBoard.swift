import EventSourcing
package import MusterDomain

/// Every incident that is not over: its groups side by side with their steps and clocks, who has not stood up, the time
/// to the summary, the follow-up, and the sites that wait for disinfection or a re-check.
///
/// It shows no words of people and no places, and so has nothing to erase.
package struct IncidentsBoard: Board {
    package static let name = "incidents"
    package static let version = 3

    private struct File: Sendable {
        var incident = Incident()
        var times = IncidentTimes()
        let position: Position
        /// Groups that asked for help in this round and have not stood down.
        var needingSupport: Set<GroupID> = []
    }

    private var register = Register()
    /// Those that are over are kept: they may be reopened.
    private var files: [IncidentID: File] = [:]
    private var open: [String: IncidentRow] = [:]

    package init() {}

    package mutating func fold(_ fact: Fact, _ clocks: ClockChanges) -> [String] {
        switch fact.event {
        case .incident(.caseRegistered): return []
        case .incident(let event):
            var file = files[event.incident] ?? File(position: fact.position)
            file.incident.evolve(event, from: fact.origin)
            file.times.fold(event, at: fact.origin.occurredAt, file.incident.status)
            if case .supportRequested(let payload) = event { file.needingSupport.insert(payload.group) }
            if case .groupStoodDown(let payload) = event { file.needingSupport.remove(payload.group) }
            files[event.incident] = file
            return remake(event.incident)
        case .authority, .territory:
            guard register.fold(fact) else { return [] }
            // Names are on every row; parties and territories are set up before there are incidents.
            return open.values.map(\.incident).flatMap { remake($0) }
        default: return []
        }
    }

    private mutating func remake(_ incident: IncidentID) -> [String] {
        let key = incident.rawValue
        guard let file = files[incident] else { return [] }
        let row = IncidentRow(
            file.incident,
            file.times,
            position: file.position,
            needingSupport: file.needingSupport,
            register
        )
        guard row != open[key] else { return [] }
        open[key] = row
        return [key]
    }

    package func row(_ key: String) -> IncidentRow? { open[key] }

    package func rows() -> [IncidentRow] { open.values.sorted { $0.order < $1.order } }

    package func figures(at moment: BoardMoment) -> IncidentsFigures {
        IncidentsFigures(rows: open.values, at: moment.now)
    }
}
