import MusterTesting
import Testing

/// Every state of the hand-over of a board from one writer to the next.
@Suite(.computing, .serialized, .timeLimit(roundsWithin: 20), .namesSeed)
struct HandOverModelTests {
    @Test(arguments: [HandOverModel.Fault.writerKilled, .connectionLost, .statementKilled])
    func `The stored rows are the fold up to the stored position, whoever writes`(fault: HandOverModel.Fault) async {
        let exploration = Exploration(of: HandOverModel(faults: [fault], faultLimit: 1))
        #expect(exploration.isComplete)
        if let counterexample = exploration.counterexample { record(counterexample, "") }
    }

    /// Larger than can be visited whole.
    @Test func `No walk through a larger model finds a broken promise`() async throws {
        try await Rounds.run("hand-over model", share: 0.2) { seed in
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<10 {
                let model = HandOverModel(
                    writerCount: Int.random(in: 2...4, using: &generator),
                    eventCount: Int.random(in: 2...8, using: &generator),
                    leaseCount: Int.random(in: 2...8, using: &generator),
                    faults: [.writerKilled, .connectionLost, .statementKilled],
                    faultLimit: Int.random(in: 0...6, using: &generator)
                )
                let exploration = await Exploration(walkingThrough: model, walks: 100, using: &generator)
                if let counterexample = exploration.counterexample { record(counterexample, "seed \(seed): ") }
            }
        }
    }

    // MARK: A model that finds nothing proves nothing

    private static let mistakes: [(HandOverModel.Mistake, finds: String)] = [
        (.noFence, "the stored rows are not the fold up to the stored position"),
        (.rowsAndPositionApart, "the stored rows are not the fold up to the stored position"),
        (.rowsReadBeforeLease, "the stored rows are not the fold up to the stored position"),
        (.earlierFoldWrites, "the stored position went back"),
    ]

    @Test(arguments: mistakes.indices)
    func `A wrong hand-over is found out, with the way there`(index: Int) async throws {
        let (mistake, finds) = Self.mistakes[index]
        var model = HandOverModel(faults: [.writerKilled], faultLimit: 1)
        model.mistake = mistake
        let exploration = Exploration(of: model)
        let counterexample = try #require(exploration.counterexample)
        #expect(counterexample.brokenPromise == finds)
        let end = counterexample.steps.reduce(model.initial) { model.state(after: $1, in: $0) }
        #expect(model.brokenPromise(in: end) == finds)
    }

    private func record(
        _ counterexample: Exploration<HandOverModel.Step>.Counterexample,
        _ context: String,
        _ sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let steps = counterexample.steps.map { "\($0)" }.joined(separator: "\n")
        Issue.record("\(context)\(counterexample.brokenPromise) after\n\(steps)", sourceLocation: sourceLocation)
    }
}
