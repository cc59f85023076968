import MusterTesting
import Testing

/// Every state of a board that is made anew while others keep it.
@Suite(.computing, .serialized, .timeLimit(roundsWithin: 20), .namesSeed)
struct GenerationsModelTests {
    private static let sizes: [(name: String, model: GenerationsModel)] = [
        ("killed", GenerationsModel(faultLimit: 1)),
        ("connection lost", GenerationsModel(faultLimit: 1, faults: [.connectionLost])),
        ("back and forth", GenerationsModel(goBackLimit: 2)),
        (
            "back, rebuilt again, killed",
            GenerationsModel(eventCount: 1, leaseLimit: 1, rebuildLimit: 2, goBackLimit: 1, faultLimit: 1)
        ),
        ("two projectors", GenerationsModel(projectorCount: 2, eventCount: 1)),
        ("two rebuilders", GenerationsModel(rebuilderCount: 2, eventCount: 1, leaseLimit: 1, rebuildLimit: 2)),
    ]

    @Test(arguments: sizes.indices)
    func `Readers see the fold of the position they are shown, whatever is rebuilt and killed`(index: Int) async {
        let (name, model) = Self.sizes[index]
        let exploration = Exploration(of: model)
        #expect(exploration.isComplete)
        if let counterexample = exploration.counterexample { record(counterexample, "\(name): ") }
    }

    /// Larger than can be visited whole.
    @Test func `No walk through a larger model finds a broken promise`() async throws {
        try await Rounds.run("generations model", share: 0.2) { seed in
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<10 {
                let model = GenerationsModel(
                    projectorCount: Int.random(in: 1...3, using: &generator),
                    rebuilderCount: Int.random(in: 1...3, using: &generator),
                    eventCount: Int.random(in: 2...8, using: &generator),
                    leaseLimit: Int.random(in: 2...8, using: &generator),
                    rebuildLimit: Int.random(in: 1...5, using: &generator),
                    goBackLimit: Int.random(in: 0...3, using: &generator),
                    faultLimit: Int.random(in: 0...6, using: &generator),
                    faults: [.killed, .connectionLost],
                    lastStretch: Int.random(in: 0...4, using: &generator)
                )
                let exploration = await Exploration(walkingThrough: model, walks: 100, using: &generator)
                if let counterexample = exploration.counterexample { record(counterexample, "seed \(seed): ") }
            }
        }
    }

    // MARK: - A model that finds nothing proves nothing

    private static let mistakes: [(GenerationsModel.Mistake, finds: String)] = [
        (.flipWithoutLock, "new rows are of another position than those they replaced"),
        (.flipWithoutComparing, "new rows are of another position than those they replaced"),
        (.flipWithoutLease, "readers see nothing any more"),
        (.replacedStaysOpen, "a projector writes rows that nobody reads"),
        (.numbersReused, "somebody writes under another's epoch"),
        (.leaseOnGenerationSeenEarlier, "a projector writes rows that nobody reads"),
    ]

    @Test func `Each wrong protocol has what the model finds of it`() {
        #expect(Self.mistakes.map(\.0) == GenerationsModel.Mistake.allCases)
    }

    @Test(arguments: mistakes.indices)
    func `A wrong rebuild is found out, with the way there`(index: Int) async throws {
        let (mistake, finds) = Self.mistakes[index]
        var model = GenerationsModel(rebuilderCount: 2, eventCount: 1, leaseLimit: 1, rebuildLimit: 2)
        model.mistake = mistake
        let exploration = Exploration(of: model)
        let counterexample = try #require(exploration.counterexample)
        #expect(counterexample.brokenPromise == finds)
        let end = counterexample.steps.reduce(model.initial) { model.state(after: $1, in: $0) }
        #expect(model.brokenPromise(in: end) == finds)
    }

    private func record(
        _ counterexample: Exploration<GenerationsModel.Step>.Counterexample,
        _ context: String,
        _ sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let steps = counterexample.steps.map { "\($0)" }.joined(separator: "\n")
        Issue.record("\(context)\(counterexample.brokenPromise) after\n\(steps)", sourceLocation: sourceLocation)
    }
}
