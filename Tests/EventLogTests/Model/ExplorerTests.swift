import MusterTesting
import Testing

@Suite(.computing)
struct ExplorerTests {
    /// Two cups, of 3 and 5 litres.
    private struct Cups: ExploredModel {
        struct State: Hashable {
            var small = 0
            var large = 0
        }

        enum Step: Equatable {
            case fillSmall, fillLarge, emptySmall, emptyLarge, pourIntoSmall, pourIntoLarge
        }

        var forbidden: Int?
        var steps: [Step] = [.fillSmall, .fillLarge, .emptySmall, .emptyLarge, .pourIntoSmall, .pourIntoLarge]

        var initial: State { State() }

        func steps(in state: State) -> [Step] { steps }

        func state(after step: Step, in state: State) -> State {
            var next = state
            switch step {
            case .fillSmall: next.small = 3
            case .fillLarge: next.large = 5
            case .emptySmall: next.small = 0
            case .emptyLarge: next.large = 0
            case .pourIntoSmall:
                next.small = min(3, state.small + state.large)
                next.large = state.small + state.large - next.small
            case .pourIntoLarge:
                next.large = min(5, state.small + state.large)
                next.small = state.small + state.large - next.large
            }
            return next
        }

        func brokenPromise(in state: State) -> String? { state.large == forbidden ? "\(state.large) litres" : nil }

        func mayRest(in state: State) -> Bool { false }
    }

    @Test func `All states are visited, each once`() async {
        let exploration = Exploration(of: Cups())
        // One of the cups is always full or empty.
        #expect(exploration.stateCount == 16)
        #expect(exploration.stepCount == 16 * 6)
        #expect(exploration.isComplete)
        #expect(exploration.counterexample == nil)
    }

    @Test func `The shortest way to a broken promise is told`() async {
        let exploration = Exploration(of: Cups(forbidden: 4))
        #expect(exploration.counterexample?.brokenPromise == "4 litres")
        #expect(
            exploration.counterexample?.steps == [
                .fillLarge, .pourIntoSmall, .emptySmall, .pourIntoSmall, .fillLarge, .pourIntoSmall,
            ]
        )
    }

    @Test func `A walk by chance ends at a broken promise, and tells its whole way`() async throws {
        var generator = SeededGenerator(seed: 7)
        let model = Cups(forbidden: 4)
        let exploration = await Exploration(walkingThrough: model, walks: 1, using: &generator)
        let counterexample = try #require(exploration.counterexample)
        #expect(counterexample.steps.count >= 6)
        let end = counterexample.steps.reduce(model.initial) { model.state(after: $1, in: $0) }
        #expect(end.large == 4)
    }

    @Test func `A state without a way out is a broken promise`() async {
        let exploration = Exploration(of: Cups(steps: []))
        #expect(exploration.counterexample != nil)
    }

    @Test func `A search that was cut short says so`() async {
        let exploration = Exploration(of: Cups(), limit: 3)
        #expect(!exploration.isComplete)
        #expect(exploration.stateCount == 3)
    }
}
