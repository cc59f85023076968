import EventSourcing
import MusterCommands
import MusterDomain
import MusterTesting
import Records
import Synchronization
import Testing

@testable import MusterRuntime

/// The demonstration's town in memory, on a clock that the test moves: residents report, people act, policies and clocks
/// react, and nobody is refused but those who try what nobody may.
@Suite("Town", .computing, .timeLimit(.minutes(20)))
struct TownStoryTests {
    @Test("the set-up of the town is accepted whole, and again after a restart")
    func setUpIsAccepted() async throws {
        let town = SimulatedTown(seed: 1)
        try await town.setUp()
        let tail = try await town.store.tail()
        try await town.setUp()
        #expect(town.refusals.isEmpty)
        #expect(try await town.store.tail() == tail)
    }

    @Test("matters of the town live from report to closing without a refused command", arguments: [1, 7] as [UInt64])
    func mattersAreClosed(seed: UInt64) async throws {
        let town = SimulatedTown(seed: seed)
        try await town.setUp()
        // Visits are overdue after a day.
        try await town.live(for: .seconds(30 * 3_600), step: .seconds(20))
        #expect(town.refusals == [])
        let names = try await town.eventNames()
        for name in [
            "ReportSubmitted", "MatterRaised", "InvestigatorAssigned", "FindingsRecorded", "WhistleBlown",
            "WhistleAccepted", "DepartmentArrived", "TaskDelegated", "TaskCompleted", "HelpOffered", "ActionCompleted",
            "FiledWithSuperior", "FeedbackAsked", "FeedbackGiven", "MatterReopened", "MatterClosed", "DepartmentNoShow",
            "WhistleEscalated", "CaseSuspected", "CaseVerified", "IncidentDeclared", "PlaybookActivated",
            "GroupStoodUp", "StepCompleted", "FirstDisposalSummarised", "RecheckPassed", "IncidentClosed",
            "DirectiveIssued", "DirectiveRelayed", "ReceiptAcknowledged", "ExecutionReported", "AckOverdue", "Appealed",
            "ReviewDecided",
        ] + Self.households + Self.desk + Self.authority {
            #expect(names[name, default: 0] > 0, "no \(name) in thirty hours of the town with seed \(seed)")
        }
        #expect(town.meantRefusals.contains("R1.1"))
    }

    private static let households = [
        "BuildingRegistered", "ThreeNoFlagged", "UnitRegistered", "HouseholdRegistered", "VisitRecorded",
        "HouseholdReferred", "MemberDeclared", "VulnerableFlagged", "RegistrySwept", "TerritoryAlerted",
    ]
    private static let desk = [
        "ReportsMerged", "ReportJoined", "ReportSplit", "MatterMerged", "ReportersJoined", "ReportAnswered",
        "ReportTriaged", "ReportRouted", "CallAbandoned", "CallReturned", "SurgeDeclared", "SurgeEnded",
        "DataRequested", "FiguresRecorded", "DataRequestSatisfied", "DirectReportFiled", "DirectReportReceived",
    ]
    private static let authority = [
        "MeasureIssued", "MeasureAdopted", "MeasureChallenged", "MeasureExpired", "LocalMeasureProposed",
        "LocalMeasureRefused", "EscalationOfMeasureDetected", "AssetRequisitioned", "AssetReturned",
        "ConcealmentReported", "InvestigationOpened", "LiabilityDecided", "NoticePublished", "AppraisalPublished",
    ]

    @Test("an appraisal of the town is what the log gives when it is read again")
    func appraisalIsReproduced() async throws {
        let town = SimulatedTown(seed: 1)
        try await town.setUp()
        try await town.live(for: .seconds(9 * 3_600), step: .seconds(30))
        let facts = try await town.store.events(after: .origin, limit: 1_000_000).map(Fact.init)
        let appraisals = facts.compactMap { fact in
            if case .appraisal(.published(let payload)) = fact.event { payload } else { nil }
        }
        let last = try #require(appraisals.last)
        #expect(appraisals.count == 2)
        #expect(last.lines.contains { $0.outcomes.closed > 0 })
        var fold = AppraisalFold(last.formula, from: last.from, to: last.to)
        for fact in facts where fact.position.rawValue <= last.through { fold.fold(fact) }
        #expect(fold.lines == last.lines)
    }

    @Test("reports that several bring of the same thing know which was the first, and nobody else's do")
    func reportNames() throws {
        let first = try #require(TownReportName(hashing: "1", 0))
        let echo = try #require(TownReportName(hashing: "1", 2))
        #expect(echo.original == first.report)
        #expect(first.original == nil)
        let part = try #require(echo.part.flatMap(TownReportName.init))
        #expect(part.isPart)
        #expect(part.original == nil)
        #expect(TownReportName(ReportID("R-2207")) == nil)
    }
}

/// Drives `TownMemory` and the policies over a log in memory.
private final class SimulatedTown: Sendable {
    let store: InMemoryEventStore
    private let handler: CommandHandler
    private let time: ManualClock
    private let story: TownStory
    private let reports: TownReports
    private let refused = Mutex<[String]>([])
    private let refusedAsMeant = Mutex<[String]>([])

    var refusals: [String] { refused.withLock { $0 } }
    /// The rules that said no to those who tried what nobody may.
    var meantRefusals: Set<String> { Set(refusedAsMeant.withLock { $0 }) }

    init(seed: UInt64) {
        let clock = ManualClock()
        time = clock
        let dice = TownDice(seed: seed)
        story = TownStory(dice: dice, limits: .standard)
        reports = TownReports(dice: dice)
        store = InMemoryEventStore(name: LogName("town")!, now: { clock.now })
        handler = CommandHandler(store: store, limits: .standard, now: { clock.now })
    }

    func setUp() async throws {
        for command in Town.setup { try await send(command.command, actor: command.actor, id: command.id) }
    }

    func live(for duration: Duration, step: Duration) async throws {
        let memory = TownMemory(story: story, speed: 1)
        var policies: [any Policy] = [
            IntakePolicy(), WhistleClockPolicy(), MatterDeliveryPolicy(), FeedbackPolicy(),
            IncidentPolicy(), RuledOutCasePolicy(), DirectivePolicy(), GridPolicy(), AuthorityClockPolicy(),
            SurgePolicy(limits: .standard), DataRequestPolicy(limits: .standard),
        ]
        var cursor = Position.origin
        let end = time.now + duration
        while time.now < end {
            time.advance(by: step)
            cursor = try await follow(from: cursor, into: memory, &policies)
            for policy in policies {
                for timer in policy.timers where timer.due <= time.now {
                    // A clock whose state has moved on is refused, and that is as it should be.
                    try await send(
                        timer.command,
                        actor: timer.actor,
                        id: CommandID(UniqueID(hashing: timer.key)),
                        isClock: true
                    )
                }
            }
            cursor = try await follow(from: cursor, into: memory, &policies)
            for (command, _) in await memory.dueDeeds(at: time.now, atMost: 100) {
                try await send(
                    command.command,
                    actor: command.actor,
                    id: command.id,
                    refusedUnder: command.refusedUnder
                )
                cursor = try await follow(from: cursor, into: memory, &policies)
            }
            for beginning in await memory.dueBeginnings(at: time.now, reports) {
                try await send(beginning.command, actor: beginning.actor, id: beginning.id)
            }
        }
    }

    private func follow(
        from cursor: Position,
        into memory: TownMemory,
        _ policies: inout [any Policy]
    ) async throws -> Position {
        var cursor = cursor
        while true {
            let page = try await store.events(after: cursor, limit: 100)
            guard let last = page.last else { return cursor }
            await memory.follow(page)
            for fact in try page.map(Fact.init) {
                for index in policies.indices { policies[index].evolve(fact) }
                for reaction in policies.flatMap({ $0.reactions(to: fact) }) {
                    guard case .issue(let command, let actor, let key) = reaction else { continue }
                    try await send(command, actor: actor, id: CommandID(UniqueID(hashing: "\(fact.id)/\(key)")))
                }
            }
            cursor = last.position
        }
    }

    private func send(
        _ command: any Command,
        actor: Actor,
        id: CommandID,
        isClock: Bool = false,
        refusedUnder rule: String? = nil
    ) async throws {
        let entry = CommandCatalogue.entry(of: command)
        do {
            _ = try await handler.handle(CommandEnvelope(id: id, command: command, entry: entry, actor: actor))
            if let rule { refused.withLock { $0.append("\(entry.name) was not refused under \(rule)") } }
        } catch {
            if case .rejected(let rejection) = error {
                if let rule, rejection.rule == rule {
                    refusedAsMeant.withLock { $0.append(rule) }
                } else if !isClock {
                    refused.withLock { $0.append("\(entry.name): \(rejection.rule) \(rejection.words.en)") }
                }
                return
            }
            throw error
        }
    }

    func eventNames() async throws -> [String: Int] {
        try await store.events(after: .origin, limit: 1_000_000).reduce(into: [:]) { $0[$1.type.name, default: 0] += 1 }
    }
}

/// A clock that only the test moves.
private final class ManualClock: Sendable {
    private let time = Mutex(Timestamp(microseconds: 1_795_257_727_000_000))

    var now: Timestamp { time.withLock { $0 } }

    func advance(by step: Duration) { time.withLock { $0 = $0 + step } }
}
