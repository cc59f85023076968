import EventSourcing
import MusterTesting
import Testing

/// Every state of the append protocol, at sizes small enough.
@Suite(.computing, .serialized, .timeLimit(roundsWithin: 20), .namesSeed)
struct AppendModelTests {
    private static let once = AppendModel.Command(writes: [(0, .any)])
    private static let twice = AppendModel.Command(writes: [(0, .any)], sendLimit: 2)
    private static let founding = AppendModel.Command(writes: [(0, .noStream)])
    private static let foundingTwice = AppendModel.Command(writes: [(0, .noStream)], sendLimit: 2)
    private static let otherTwice = AppendModel.Command(writes: [(1, .noStream)], sendLimit: 2)
    private static let elsewhere = AppendModel.Command(writes: [(1, .any)])
    private static let there = AppendModel.Command(writes: [(0, .any), (1, .any)], sendLimit: 2)
    private static let andBack = AppendModel.Command(writes: [(1, .any), (0, .any)])

    private static let undisturbed: [String: AppendModel] = [
        "rivals for a new stream, one sent twice": AppendModel(commands: [foundingTwice, founding]),
        "two writers of one stream, one sent twice": AppendModel(commands: [twice, once]),
        "two writers of the same two streams": AppendModel(commands: [there, andBack]),
        "two streams, each begun twice": AppendModel(commands: [foundingTwice, otherTwice]),
        "three writers": AppendModel(commands: [once, founding, elsewhere]),
        "two writers who guess, one sent twice": AppendModel(commands: [twice, once], guessesNewStreams: true),
        "two who guess at the same two streams": AppendModel(commands: [there, andBack], guessesNewStreams: true),
    ]

    @Test(arguments: undisturbed.keys.sorted())
    func `Every append has its one verdict`(story: String) async throws {
        await expectNoCounterexample(of: try #require(Self.undisturbed[story]))
    }

    @Test(arguments: [
        AppendModel.Fault.connectionLost, .sessionKilled, .callRefused, .processKilled, .serverKilled,
    ])
    func `Whatever breaks at whichever step, nothing is lost, doubled or told wrongly`(fault: AppendModel.Fault) async {
        await expectNoCounterexample(of: AppendModel(commands: [Self.foundingTwice], faults: [fault], faultLimit: 2))
        await expectNoCounterexample(
            of: AppendModel(commands: [Self.twice, Self.founding], faults: [fault], faultLimit: 1)
        )
        await expectNoCounterexample(
            of: AppendModel(
                commands: [Self.twice, Self.founding],
                faults: [fault],
                faultLimit: 1,
                guessesNewStreams: true
            )
        )
    }

    @Test
    func `What was acknowledged with a standby outlives every failover`() async {
        let faults: [AppendModel.Fault] = [.failover, .sessionKilled, .connectionLost]
        await expectNoCounterexample(
            of: AppendModel(commands: [Self.foundingTwice], faults: faults, faultLimit: 2, replication: .synchronous)
        )
        await expectNoCounterexample(
            of: AppendModel(
                commands: [Self.twice, Self.founding],
                faults: [.failover],
                faultLimit: 1,
                replication: .synchronous
            )
        )
    }

    /// Larger than can be visited whole: walks by chance, with more that goes wrong in each.
    @Test(.timeLimit(roundsWithin: 20), arguments: [AppendModel.Replication.none, .synchronous])
    func `No walk through a larger model finds a broken promise`(replication: AppendModel.Replication) async throws {
        try await Rounds.run("append model, replication \(replication)", share: 0.1) { seed in
            let all = [Self.twice, Self.foundingTwice, Self.otherTwice, Self.there, Self.andBack, Self.elsewhere]
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<10 {
                let model = AppendModel(
                    commands: Array(all.shuffled(using: &generator).prefix(Int.random(in: 2...4, using: &generator))),
                    processCount: Int.random(in: 1...3, using: &generator),
                    laneCount: Int.random(in: 1...3, using: &generator),
                    faults: [
                        .connectionLost, .sessionKilled, .callRefused, .processKilled, .serverKilled,
                        replication == .none ? .serverKilled : .failover,
                    ],
                    faultLimit: Int.random(in: 0...5, using: &generator),
                    replication: replication,
                    guessesNewStreams: Bool.random(using: &generator)
                )
                let exploration = await Exploration(walkingThrough: model, walks: 40, using: &generator)
                if let counterexample = exploration.counterexample { record(counterexample, "seed \(seed): ") }
            }
        }
    }

    /// With a standby that lags, acknowledged events can be lost. A process then must not go on as if they were not.
    private static let lossy: [AppendModel] = [
        AppendModel(
            commands: [once, once, elsewhere],
            processCount: 1,
            faults: [.failover],
            faultLimit: 1,
            replication: .asynchronous
        ),
        AppendModel(
            commands: [once, twice],
            laneCount: 1,
            faults: [.failover],
            faultLimit: 1,
            replication: .asynchronous
        ),
    ]

    @Test(arguments: lossy.indices)
    func `Nobody tells of a log that has lost what it acknowledged`(index: Int) async {
        await expectNoCounterexample(of: Self.lossy[index])
    }

    // MARK: A model that finds nothing proves nothing

    private static let mistakes: [(AppendModel.Mistake, AppendModel, finds: String)] = [
        (.tailReadBeforeLock, AppendModel(commands: [foundingTwice, otherTwice]), "position 1 is given twice"),
        (.receiptsReadBeforeHeads, AppendModel(commands: [foundingTwice, otherTwice]), "refused command 1 is there"),
        (.keysNotSorted, AppendModel(commands: [foundingTwice, otherTwice]), "sessions wait for each other"),
        (
            .lostCallTakenForFailed,
            AppendModel(commands: [foundingTwice], faults: [.connectionLost], faultLimit: 1),
            "command 0 is there, and all its callers were told that it is not"
        ),
        (
            .receiptsNotReplicated,
            AppendModel(
                commands: [foundingTwice],
                faults: [.failover, .sessionKilled],
                faultLimit: 2,
                replication: .synchronous
            ),
            "acknowledged command 0 is not where it was said to be"
        ),
        (.tailAloneCompared, lossy[0], "a process goes on although the log has lost what it acknowledged"),
        (.tailAloneCompared, lossy[1], "a process goes on although the log has lost what it acknowledged"),
    ]

    @Test(arguments: mistakes.indices)
    func `A wrong protocol is found out, with the way there`(index: Int) async throws {
        var (mistake, model, finds) = Self.mistakes[index]
        model.mistake = mistake
        let exploration = Exploration(of: model)
        let counterexample = try #require(exploration.counterexample)
        #expect(counterexample.brokenPromise == finds)
        #expect(counterexample.steps.count == exploration.depth)
        // The way leads there indeed, and not by the wrong step alone.
        let end = counterexample.steps.reduce(model.initial) { model.state(after: $1, in: $0) }
        #expect(model.brokenPromise(in: end) == finds)
    }

    private func expectNoCounterexample(
        of model: AppendModel,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        let exploration = Exploration(of: model)
        #expect(exploration.isComplete, sourceLocation: sourceLocation)
        if let counterexample = exploration.counterexample { record(counterexample, "", sourceLocation) }
    }

    private func record(
        _ counterexample: Exploration<AppendModel.Step>.Counterexample,
        _ context: String,
        _ sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let steps = counterexample.steps.map { "\($0)" }.joined(separator: "\n")
        Issue.record("\(context)\(counterexample.brokenPromise) after\n\(steps)", sourceLocation: sourceLocation)
    }
}
