import MusterTesting
import Testing

/// Every state of the protocol of dispatching, at sizes small enough.
@Suite(.computing, .serialized, .timeLimit(roundsWithin: 20), .namesSeed)
struct DispatchModelTests {
    private static let small: [String: DispatchModel] = [
        "one task, a session ends": DispatchModel(workerCount: 1, faults: [.sessionEnded]),
        "one task, a dispatcher is lost": DispatchModel(faults: [.dispatcherLost]),
        "one task, answers and workers are lost": alone(
            DispatchModel(faults: [.answerLost, .workerKilled])
        ),
        "two tasks, one lease at a time": alone(DispatchModel(taskCount: 2, workerCount: 1, canRollBack: true)),
        "three transactions, and a takeover": enqueuing(3, DispatchModel(faults: [.dispatcherLost], canRollBack: true)),
        "three transactions, announced one by one": enqueuing(
            3,
            DispatchModel(leadLimit: 1, canRollBack: true, isAnnounced: true)
        ),
        "two segments, a dispatcher is lost": segments(2, DispatchModel(leaseLimit: 1, faults: [.dispatcherLost])),
        "two segments, one is emptied unheard": segments(2, DispatchModel(faults: [.emptiedUnheard])),
        "two segments and late tasks": segments(2, DispatchModel(taskCount: 2, leaseLimit: 1, leadLimit: 1)),
        "two segments and late tasks, one is emptied unheard": segments(
            2,
            DispatchModel(taskCount: 2, leaseLimit: 0, faults: [.emptiedUnheard])
        ),
    ]

    /// For `make torture`.
    private static let large: [String: DispatchModel] = [
        "one task, everything breaks, and twice": DispatchModel(
            leadLimit: 3,
            faults: DispatchModel.Fault.allCases,
            faultLimit: 2
        ),
        "two tasks, two leases at a time": alone(DispatchModel(taskCount: 2, limit: 2)),
        "one task, answers and workers are lost twice": alone(
            DispatchModel(leaseLimit: 3, faults: [.answerLost, .workerKilled], faultLimit: 2)
        ),
        "one task, three leases, a dispatcher is lost": DispatchModel(leaseLimit: 3, faults: [.dispatcherLost]),
        "four transactions, announced one by one, and a takeover": enqueuing(
            4,
            DispatchModel(faults: [.dispatcherLost], isAnnounced: true)
        ),
        "two segments, a session ends": DispatchModel(
            workerCount: 1,
            leaseLimit: 1,
            switchLimit: 1,
            faults: [.sessionEnded]
        ),
        "two segments, everything breaks": segments(2, DispatchModel(faults: DispatchModel.Fault.allCases)),
        "two segments and late tasks, a dispatcher is lost": segments(
            2,
            DispatchModel(taskCount: 2, leaseLimit: 1, faults: [.dispatcherLost])
        ),
        "two tasks, a dispatcher is lost": DispatchModel(
            taskCount: 2,
            dispatcherCount: 1,
            leaseLimit: 2,
            faults: [.dispatcherLost]
        ),
        "three segments, a dispatcher is lost": segments(3, DispatchModel(faults: [.dispatcherLost])),
    ]

    private static let stories =
        Environment.tortureMinutes == nil ? small : small.merging(large) { first, _ in first }

    /// One dispatcher that nobody takes over from.
    private static func alone(_ model: DispatchModel) -> DispatchModel {
        var model = model
        (model.dispatcherCount, model.leadLimit) = (1, 1)
        return model
    }

    /// Nobody is given a task.
    private static func enqueuing(_ tasks: Int, _ model: DispatchModel) -> DispatchModel {
        var model = model
        (model.taskCount, model.workerCount, model.dispatcherCount, model.leaseLimit) = (tasks, 1, 1, 0)
        return model
    }

    private static func segments(_ count: Int, _ model: DispatchModel) -> DispatchModel {
        var model = model
        (model.workerCount, model.dispatcherCount, model.switchLimit) = (1, 1, count - 1)
        return model
    }

    @Test(arguments: stories.keys.sorted())
    func `No task is lost, leased twice at a time or after its end, whatever happens`(story: String) async throws {
        let exploration = Exploration(of: try #require(Self.stories[story]))
        #expect(exploration.isComplete)
        if let counterexample = exploration.counterexample { record(counterexample, "") }
    }

    /// Larger than can be visited whole.
    @Test func `No walk through a larger model finds a broken promise`() async throws {
        try await Rounds.run("dispatch model", share: 0.2) { seed in
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<20 {
                let model = DispatchModel(
                    taskCount: Int.random(in: 1...4, using: &generator),
                    workerCount: Int.random(in: 1...3, using: &generator),
                    dispatcherCount: Int.random(in: 1...3, using: &generator),
                    limit: Int.random(in: 1...2, using: &generator),
                    leaseLimit: Int.random(in: 0...8, using: &generator),
                    leadLimit: Int.random(in: 1...5, using: &generator),
                    switchLimit: Int.random(in: 0...5, using: &generator),
                    faults: DispatchModel.Fault.allCases,
                    faultLimit: Int.random(in: 0...6, using: &generator),
                    canRollBack: Bool.random(using: &generator),
                    isAnnounced: Bool.random(using: &generator)
                )
                let exploration = await Exploration(walkingThrough: model, walks: 50, using: &generator)
                if let counterexample = exploration.counterexample { record(counterexample, "seed \(seed): ") }
            }
        }
    }

    // MARK: A model that finds nothing proves nothing

    private typealias Wrong = (mistake: DispatchModel.Mistake, finds: String, model: DispatchModel)

    private static let late = "a task is stored that the dispatcher will never see"
    private static let gone = "a task is gone that has not ended"
    private static let refused = "a worker was refused that nobody has overtaken"

    private static let mistakes: [Wrong] = [
        (.leadsByEpoch, "a task has two leases", DispatchModel()),
        (.writesBesideLock, "a task has two leases", DispatchModel(faults: [.sessionEnded])),
        (.readsBeforeLock, "a task has two leases", DispatchModel(faults: [.sessionEnded])),
        (.forgetsLeases, "a task has two leases", DispatchModel(faults: [.dispatcherLost])),
        (.answersBeforeCommit, "an acknowledged task was leased again", DispatchModel(faults: [.dispatcherLost])),
        (.acceptsAnyToken, "a worker that was overtaken ended a task", alone(DispatchModel())),
        (.refusesUnproven, refused, DispatchModel(faults: [.sessionEnded])),
        (.looksOnlyAbove, late, enqueuing(2, DispatchModel(leadLimit: 1))),
        (.numbersBeforeTransaction, late, enqueuing(2, DispatchModel(leadLimit: 1))),
        (.boundsByXmax, late, enqueuing(2, DispatchModel(leadLimit: 1))),
        (.settlesNothing, late, enqueuing(1, DispatchModel(leadLimit: 1))),
        (.countsBeforeLock, gone, segments(2, DispatchModel(taskCount: 2, leaseLimit: 0, leadLimit: 1))),
        (
            .emptiesWithoutEpoch, gone,
            segments(4, DispatchModel(taskCount: 2, leaseLimit: 0, faults: [.dispatcherLost]))
        ),
        (
            .emptiesInAnyOrder, "an acknowledged task was leased again",
            segments(3, DispatchModel(faults: [.dispatcherLost]))
        ),
        (
            .forgetsLastStep, "a token is not higher than all before",
            segments(2, DispatchModel(faults: [.dispatcherLost]))
        ),
        (.countsOldestRow, refused, segments(2, DispatchModel(leaseLimit: 1, faults: [.dispatcherLost]))),
        (
            .emptiesAgainUnheard, gone,
            segments(2, DispatchModel(taskCount: 2, leaseLimit: 0, faults: [.emptiedUnheard]))
        ),
    ]

    @Test func `Each wrong protocol is among those that must be found out`() {
        #expect(Self.mistakes.map(\.mistake) == DispatchModel.Mistake.allCases)
    }

    /// Two take as long as all the others.
    private static let tried = DispatchModel.Mistake.allCases.filter { mistake in
        Environment.tortureMinutes != nil || ![.emptiesWithoutEpoch, .emptiesInAnyOrder].contains(mistake)
    }

    @Test(arguments: tried)
    func `A wrong protocol is found out, with the way there`(mistake: DispatchModel.Mistake) async throws {
        var (_, finds, model) = try #require(Self.mistakes.first { $0.mistake == mistake })
        model.mistake = mistake
        let exploration = Exploration(of: model)
        let counterexample = try #require(exploration.counterexample)
        let way = Self.describe(counterexample)
        #expect(counterexample.brokenPromise == finds, "\(way)")
        #expect(counterexample.steps.count == exploration.depth, "\(way)")
        // The way leads there indeed, and not by the wrong step alone.
        let end = counterexample.steps.reduce(model.initial) { model.state(after: $1, in: $0) }
        #expect(model.brokenPromise(in: end) == finds, "\(way)")
    }

    private static func describe(_ counterexample: Exploration<DispatchModel.Step>.Counterexample) -> String {
        "\(counterexample.brokenPromise) after\n" + counterexample.steps.map { "\($0)" }.joined(separator: "\n")
    }

    private func record(
        _ counterexample: Exploration<DispatchModel.Step>.Counterexample,
        _ context: String,
        _ sourceLocation: SourceLocation = #_sourceLocation
    ) {
        Issue.record("\(context)\(Self.describe(counterexample))", sourceLocation: sourceLocation)
    }
}
