import EventLog
import EventSourcing
import MusterDomain
import MusterTesting
import Postgres
import ServiceLifecycle
import TaskQueue
import Testing

@testable import MusterDispatch

@Suite("The runner of policies", .testDatabase, .serialized, .timeLimit(.minutes(20)))
struct PolicyRunnerTests {
    private static let resetCheckpoint = Statement("test.reset", "delete from checkpoints where name = 'policies'")
    private static let policies: [any Policy] = [
        IntakePolicy(), MatterDeliveryPolicy(), WhistleClockPolicy(), FeedbackPolicy(),
    ]

    @Test("makes a matter of a report, caused by it and in its chain")
    func reacts() async throws {
        try await Town.with { town in
            try await town.running(town.runner(Self.policies)) {
                try await town.report(1)
                let events = try await town.events { !$0.named("MatterRaised").isEmpty }
                let report = try #require(events.named("ReportSubmitted").first)
                let raised = try Fact(try #require(events.named("MatterRaised").first))
                #expect(raised.origin.actor.role == .system)
                #expect(raised.origin.causation == report.id)
                #expect(raised.origin.correlation == report.id.command)
            }
        }
    }

    @Test("enqueues a whistle for each department with its checkpoint")
    func delivers() async throws {
        try await Town.with { town in
            try await town.blow(1)
            try await town.running(town.runner(Self.policies)) {
                let tasks = try await town.queue.lease(
                    Turn.Demand(of: ["fire"], amount: 9, term: .seconds(60)),
                    worker: "test",
                    patience: .seconds(50)
                )
                #expect(tasks.map(\.kind) == ["whistle"])
                #expect(tasks.first?.payload.contains("M-1") == true)
                #expect(try await town.log.checkpoint("policies") == town.log.tail())
            }
        }
    }

    @Test("does nothing about what it reacted to before")
    func checkpoint() async throws {
        try await Town.with { town in
            try await town.report(1)
            try await town.running(town.runner(Self.policies)) {
                try await town.events { !$0.named("MatterRaised").isEmpty }
            }
            let before = try await town.allEvents().count
            try await town.running(town.runner(Self.policies)) {
                try await town.report(2)
                try await town.events { $0.named("MatterRaised").count == 2 }
            }
            #expect(try await town.allEvents().count == before + 2)
        }
    }

    @Test("killed between append and checkpoint repeats no event and no task")
    func repeats() async throws {
        try await Town.with { town in
            for number in 1...5 { try await town.report(number) }
            try await town.blow(1)
            for _ in 1...3 {
                try await town.running(town.runner(Self.policies)) {
                    try await town.eventually { try await town.states().count == 2 }
                    try await town.events { $0.named("MatterRaised").count == 6 }
                }
                try await town.log.pool.execute(Self.resetCheckpoint)
            }
            #expect(try await town.allEvents().named("MatterRaised").count == 6)
            #expect(try await town.states().count == 2)
        }
    }

    @Test("whose session is killed again and again loses nothing and doubles nothing")
    func killed() async throws {
        try await Town.with { town in
            let reports = 60
            try await town.running(town.runner(Self.policies), town.runner(Self.policies)) {
                try await withThrowingTaskGroup { group in
                    group.addTask {
                        for number in 1...reports {
                            try await town.report(number)
                            if number.isMultiple(of: 10) { try await town.blow(number) }
                        }
                    }
                    group.addTask {
                        for _ in 1...8 { try await town.eventually { try await town.killLeader() } }
                    }
                    try await group.waitForAll()
                }
                try await town.events { $0.named("MatterRaised").count == reports + reports / 10 }
                try await town.eventually { try await town.states().count == 2 * reports / 10 }
            }
            let raised = try await town.allEvents().named("MatterRaised")
            #expect(Set(raised.map(\.stream)).count == raised.count)
            #expect(try await town.states().count == 2 * reports / 10)
        }
    }

    @Test("takes over from a process that leads and stands still")
    func standsStill() async throws {
        try await Town.with { town in
            try await town.log.pool.withConnection { still in
                let leadership = Leadership(of: "muster.policies", silenceLimit: .seconds(60))
                #expect(try await leadership.stand(in: still) == .leads)
                try await town.running(town.runner(Self.policies)) {
                    try await town.report(1)
                    try await town.events { !$0.named("MatterRaised").isEmpty }
                }
                await #expect(throws: PostgresError.self) { try await Leadership.prove(in: still) }
                await still.close()
            }
        }
    }

    @Test("fires the ladder when the recorded limits come, and not before")
    func ladder() async throws {
        try await Town.with { town in
            try await town.blow(1)
            try await town.running(town.runner(Self.policies)) {
                // Accepting an emergency whistle is due after ten minutes: half, whole and one and a half.
                try await town.eventually { try await town.states().count == 2 }
                #expect(try await town.allEvents().named("WhistleEscalated").isEmpty)
                town.clock.advance(by: .seconds(301))
                try await town.events { $0.named("WhistleEscalated").count == 2 }
                #expect(try await town.allEvents().named("DepartmentNoShow").isEmpty)
                town.clock.advance(by: .seconds(300))
                try await town.events {
                    $0.named("DepartmentNoShow").count == 2 && $0.named("WhistleEscalated").count == 4
                }
                town.clock.advance(by: .seconds(300))
                try await town.events { $0.named("WhistleEscalated").count == 6 }
            }
        }
    }

    @Test("fires timers that came due while nobody ran, and each once")
    func survives() async throws {
        try await Town.with { town in
            try await town.blow(1)
            try await town.running(town.runner(Self.policies)) {
                try await town.eventually { try await town.states().count == 2 }
            }
            town.clock.advance(by: .seconds(1_000))
            for _ in 1...2 {
                try await town.running(town.runner(Self.policies)) {
                    try await town.events {
                        $0.named("DepartmentNoShow").count == 2 && $0.named("WhistleEscalated").count == 6
                    }
                }
            }
            #expect(try await town.allEvents().named("WhistleEscalated").count == 6)
            #expect(try await town.allEvents().named("DepartmentNoShow").count == 2)
        }
    }

    @Test("is led by one at a time")
    func leadership() async throws {
        try await Town.with { town in
            try await town.running(town.runner(Self.policies), town.runner(Self.policies)) {
                try await town.report(1)
                try await town.events { !$0.named("MatterRaised").isEmpty }
                // None for a moment, where the one that led stood still and was put off.
                #expect(try await town.leaders() <= 1)
            }
        }
    }

    @Test("does nothing on a log of the past")
    func history() async throws {
        try await Town.with(mode: .history) { town in
            try await town.running(town.runner(Self.policies)) {
                try await town.report(1)
                try await town.events { !$0.named("ReportSubmitted").isEmpty }
                #expect(try await town.leaders() == 0)
            }
            #expect(try await town.allEvents().named("MatterRaised").isEmpty)
        }
    }

    @Test("stops on graceful shutdown")
    func graceful() async throws {
        try await Town.with { town in
            let services = ServiceGroup(services: [town.runner(Self.policies)], logger: town.logger)
            try await withThrowingTaskGroup { group in
                group.addTask { try await services.run() }
                try await town.report(1)
                try await town.events { !$0.named("MatterRaised").isEmpty }
                await services.triggerGracefulShutdown()
                try await group.waitForAll()
            }
        }
    }
}
