import EventLog
import EventSourcing
import MusterDomain
import Postgres
import TaskQueue

extension Town {
    static let command = Actor(
        person: PersonID("duty"),
        party: PartyID("command"),
        role: .districtCommand,
        territory: district
    )

    /// Puts the district's command on record.
    func foundDistrict() async throws {
        let command = Self.command
        try await send(
            RegisterParty(party: command.party, nameEN: "Command", nameZH: "指挥部", kind: .district, channel: .lease),
            as: Self.administrator
        )
        try await send(
            AppointPerson(
                person: command.person,
                role: command.role,
                party: command.party,
                territory: command.territory,
                from: clock.now
            ),
            as: Self.administrator
        )
    }

    /// The district limits gatherings for a day.
    func limitGatherings(_ measure: MeasureID, because incident: IncidentID? = nil) async throws {
        let issue = IssueMeasure(
            measure: measure,
            kind: .gatheringLimit,
            territory: Self.district,
            legalBasis: "Emergency Response Law, art. 49",
            from: clock.now,
            to: clock.now + .seconds(86_400),
            figure: 50,
            incident: incident
        )
        try await send(issue, as: Self.command)
    }

    /// Takes the next tasks of an agency, at least one.
    func lease(_ agency: PartyID) async throws -> [LeasedTask] {
        let demand = Turn.Demand(of: [agency.rawValue], amount: 10, term: .seconds(60))
        while true {
            let leased = try await queue.lease(demand, worker: "test", patience: .seconds(5))
            if !leased.isEmpty { return leased }
        }
    }

    /// Each task with its state, as `office directive done`, in the order of names.
    func tasks() async throws -> [String] {
        try await log.pool.query(Self.tasks).map { row in
            let (agency, kind, state) = try row.decode(String.self, String.self, String.self)
            return "\(agency) \(kind) \(state)"
        }
    }

    private static let tasks = Statement(
        "test.tasks",
        "select agency, kind, state from task_standings order by agency, kind, state"
    )
}
