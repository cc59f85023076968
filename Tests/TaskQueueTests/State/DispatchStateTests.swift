import EventSourcing
import MusterTesting
import Testing

@testable import TaskQueue

@Suite("A dispatcher's state", .computing, .timeLimit(roundsWithin: 20), .namesSeed)
struct DispatchStateTests {
    @Test("keeps every promise on every walk")
    func walks() async throws {
        try await Self.walk("dispatch state", DispatchWalk.Options())
    }

    @Test("is the same when it is read from the tables again")
    func restorations() async throws {
        try await Self.walk("dispatch state restored", DispatchWalk.Options(areLimitsChanged: false))
    }

    @Test("stays exact for long without a takeover")
    func undisturbed() async throws {
        try await Self.walk("dispatch state alone", DispatchWalk.Options(doesTakeOver: false))
    }

    private static func walk(_ name: String, _ options: DispatchWalk.Options) async throws {
        try await Rounds.run(name, count: 3, share: 0.1) { seed in
            for number in 0..<400 {
                let seed = seed &* 1_000 &+ UInt64(number)
                await Task.yield()
                var walk = DispatchWalk(seed: seed, options)
                walk.walk(number.isMultiple(of: 10) ? 400 : 60)
                if let fault = walk.faults.first {
                    Issue.record("walk \(seed): \(fault)")
                    return
                }
            }
        }
    }

    // MARK: Single promises

    private func task(
        _ number: Int64,
        _ agency: String = "fire",
        key: String? = nil,
        kind: String = "k",
        due: Int64 = 0,
        resent: Int64? = nil,
        segment: Int16 = 1
    ) -> EnqueuedTask {
        EnqueuedTask(
            number: number,
            segment: segment,
            agency: agency,
            kind: kind,
            uniqueKey: key,
            priority: 0,
            runAt: Timestamp(microseconds: due),
            enqueuedAt: Timestamp(microseconds: 0),
            resent: resent
        )
    }

    private func demand(_ agencies: String..., amount: Int = 1, term: Duration = .seconds(60)) -> Turn.Demand {
        Turn.Demand(of: agencies, amount: amount, term: term)
    }

    private func at(_ seconds: Double) -> Timestamp { Timestamp(microseconds: 1_000_000_000 + Int64(seconds * 1e6)) }

    @Test("wakes a worker that came while only a rate held its tasks back")
    func rateWakes() throws {
        var state = DispatchState(configuration: QueueConfiguration())
        var limits = QueueLimits()
        limits[.init(agency: "fire", kind: nil)] = QueueLimit(rate: Rate(tasks: 1, seconds: 10))
        state.set(limits, at: at(0))
        for number in 1...2 { state.accept(task(Int64(number)), at: at(0)) }
        _ = state.match(at: at(0))
        let first = state.demand(demand("fire"), 1, worker: "w", session: nil, mayWait: true, at: at(0))
        #expect(first?.count == 1)
        _ = state.match(at: at(0))
        let second = state.demand(demand("fire"), 2, worker: "w", session: nil, mayWait: true, at: at(1))
        #expect(second == nil)
        _ = state.match(at: at(1))
        let alarm = try #require(state.nextAlarm)
        #expect(alarm <= at(10))
        state.pass(at(10))
        let matched = state.match(at: at(10)).map(\.id)
        #expect(matched == [2])
    }

    @Test("is not held up by a worker that wants none of an agency's tasks")
    func emptyShare() {
        var state = DispatchState(configuration: QueueConfiguration())
        let none = Turn.Demand(
            [.init(agency: "fire", amount: 0), .init(agency: "police", amount: 1)],
            amount: 1,
            term: .zero
        )
        _ = state.demand(none, 1, worker: "w", session: nil, mayWait: true, at: at(0))
        _ = state.demand(demand("fire"), 2, worker: "w", session: nil, mayWait: true, at: at(0))
        state.accept(task(1), at: at(0))
        let matched = state.match(at: at(0)).map(\.id)
        #expect(matched == [2])
    }

    @Test("gives each agency its turn, also one that gets one task after the other")
    func turns() {
        var state = DispatchState(configuration: QueueConfiguration())
        for number in 1...100 { state.accept(task(Int64(number), "a"), at: at(0)) }
        state.accept(task(1_000, "b"), at: at(0))
        var agencies: [String] = []
        var random = SeededGenerator(seed: 1)
        for number in 0..<20 {
            let tasks = state.demand(demand("a", "b"), 1, worker: "w", session: nil, mayWait: false, at: at(1)) ?? []
            agencies += tasks.map(\.agency)
            var turn = Turn(worker: "w")
            turn.done = tasks.map { Grant(task: TaskNumber($0.number), token: FencingToken($0.token)) }
            _ = state.take(turn, at: at(1), using: &random)
            state.accept(task(Int64(1_001 + number), "b"), at: at(1))
        }
        #expect(agencies.count { $0 == "b" } == 10)
    }

    @Test("lets an agency that was paused not catch up at the others' cost")
    func paused() {
        var state = DispatchState(configuration: QueueConfiguration())
        for number in 1...100 {
            state.accept(task(Int64(2 * number), "a"), at: at(0))
            state.accept(task(Int64(2 * number + 1), "b"), at: at(0))
        }
        var limits = QueueLimits()
        limits[.init(agency: "b", kind: nil)] = QueueLimit(isPaused: true)
        state.set(limits, at: at(0))
        _ = state.demand(demand("a", "b", amount: 50), 1, worker: "w", session: nil, mayWait: false, at: at(1))
        state.set(QueueLimits(), at: at(1))
        let tasks =
            state.demand(demand("a", "b", amount: 20), 1, worker: "w", session: nil, mayWait: false, at: at(1)) ?? []
        #expect(tasks.count == 20)
        #expect(abs(tasks.count { $0.agency == "a" } - 10) <= 1)
    }

    @Test("survives times and amounts that are out of all bounds")
    func bounds() {
        var state = DispatchState(configuration: QueueConfiguration())
        var limits = QueueLimits()
        limits[.init(agency: "fire", kind: nil)] = QueueLimit(rate: Rate(tasks: 1, seconds: .max, burst: .max))
        limits[.init(agency: "fire", kind: "k")] = QueueLimit(rate: Rate(tasks: .max, seconds: 1, burst: .max))
        state.set(limits, at: at(0))
        let now = Timestamp(microseconds: 1_800_000_000_000_000)
        for number in 1...9 { state.accept(task(Int64(number)), at: now) }
        var random = SeededGenerator(seed: 1)
        for term in [Duration.microseconds(Int64.max), .microseconds(Int64.min), .seconds(60)] {
            let tasks =
                state.demand(demand("fire", term: term), 1, worker: "w", session: nil, mayWait: true, at: now) ?? []
            var turn = Turn(worker: "w")
            let grants = tasks.map { Grant(task: TaskNumber($0.number), token: FencingToken($0.token)) }
            turn.extended = grants
            turn.extensionTerm = .microseconds(Int64.max)
            _ = state.take(turn, at: now, using: &random)
            turn.extended = []
            turn.failed = grants.map { TaskFailure($0, error: "e", .retry(after: .microseconds(Int64.max))) }
            _ = state.take(turn, at: now, using: &random)
        }
        state.pass(now + .seconds(1))
        let latest = NewTask.latestRunAt.microseconds
        let steps = state.takeWrites().steps
        #expect(steps.allSatisfy { ($0.until ?? 0) <= latest && ($0.until ?? 0) >= 0 })
        #expect(steps.count { $0.kind == .retry } > 0)
    }
}
