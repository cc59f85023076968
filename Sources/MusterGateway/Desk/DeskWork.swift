import EventSourcing
import MusterBoards
import MusterDomain
import Records

/// What waits for somebody: the open rows of their party, and what they may answer to each.
struct DeskWork: Sendable {
    /// One row with the commands that answer it, the likeliest first.
    struct Item: Sendable {
        let row: ClockRow
        let answers: [CommandEntry]
    }

    private static let maximumItems = 50
    /// How far a matter is read to find who brought it up.
    private static let maximumEvents = 1_000

    let boards: LiveBoards
    let store: any EventStore

    /// In the order of the operations board.
    func items(for actor: Actor) async throws -> [Item] {
        var items: [Item] = []
        for row in boards.operations.snapshot().rows where items.count < Self.maximumItems {
            guard try await concerns(row, actor) else { continue }
            items.append(Item(row: row, answers: Self.answers(to: row, by: actor)))
        }
        return items
    }

    private func concerns(_ row: ClockRow, _ actor: Actor) async throws -> Bool {
        switch actor.role {
        case .resident:
            guard row.step == .feedback else { return false }
            return try await reporters(of: row.matter).contains(actor.person)
        case .streetCoordinator, .districtCommand:
            return row.holder.party == actor.party
                || row.tags.contains { $0.kind == .disputed || $0.kind == .escalated }
        case .hotlineClerk, .gridWorker, .communityHead, .departmentOfficer, .propertyManager, .ngoCoordinator,
            .ownersDelegate, .inspector, .administrator, .system:
            return row.holder.party == actor.party
        }
    }

    /// Who brought a matter up: one in its first event, others where reports of the same were joined (R5.3).
    private func reporters(of matter: MatterID) async throws -> Set<PersonID> {
        var reporters: Set<PersonID> = []
        for event in try await store.events(of: Matter.stream(matter), after: .none, limit: Self.maximumEvents) {
            switch try MatterEvent.table.decode(event.type, event.data) {
            case .raised(let raised): if let reporter = raised.reporter { reporters.insert(reporter) }
            case .reportersJoined(let joined): reporters.formUnion(joined.reporters)
            default: continue
            }
        }
        return reporters
    }

    /// The commands that answer a row's step and that somebody may send; what lies with another party is answered by a
    /// ruling alone.
    static func answers(to row: ClockRow, by actor: Actor) -> [CommandEntry] {
        let isDisputed = row.tags.contains { $0.kind == .disputed }
        let isOwn = row.holder.party == actor.party || row.holder.party == nil
        let ruling = isDisputed ? ["RuleOnCompetence"] : []
        let names: [String] =
            switch row.step {
            case _ where !isOwn: ruling
            case .accept: ruling + ["AcceptWhistle"] + (isDisputed ? [] : ["DisputeCompetence"])
            case .onScene: ruling + ["ReportOnScene"]
            case .act: ["CompleteAction", "DelegateTask", "AgreeJointPlan"]
            case .task: ["CompleteTask"]
            case .file: ["FileWithSuperior"]
            case .feedback: ["GiveFeedback"]
            case .close: ["AskFeedback", "CloseMatter"]
            case .investigate: ["RecordFindings", "ResolveLocally", "AssignInvestigator"]
            case .consent: ["GiveConsent", "RefuseConsent"]
            case .whistle: ["BlowWhistle", "ResolveLocally"]
            }
        return names.compactMap { CommandCatalogue.entry(named: $0) }.filter { $0.roles.contains(actor.role) }
    }

    /// The address of a command's form with what the row says filled in.
    static func address(of entry: CommandEntry, for row: ClockRow) -> String {
        var query = ["matter=\(row.matter)"]
        let names = entry.fields.map(\.name)
        if names.contains("department"), let department = row.department { query.append("department=\(department)") }
        if names.contains("task"), let task = row.task { query.append("task=\(task)") }
        if names.contains("side") { query.append("side=\(row.department == nil ? "community" : "department")") }
        return "/desk/\(entry.name)?\(query.joined(separator: "&"))"
    }
}
