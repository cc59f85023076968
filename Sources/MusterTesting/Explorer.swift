/// A system at a size at which each of its states can be looked at: what may happen in a state, and what must never be.
package protocol ExploredModel {
    associatedtype State: Hashable
    associatedtype Step

    var initial: State { get }

    /// Everything that may happen next.
    func steps(in state: State) -> [Step]

    func state(after step: Step, in state: State) -> State

    /// The promise that is broken in a state; nil when all are kept.
    func brokenPromise(in state: State) -> String?

    /// Whether the system may stay in a state for ever. Where it may not and no step is possible, it is stuck, and that
    /// is a broken promise too.
    func mayRest(in state: State) -> Bool
}

/// What was found when all states of a model were visited, nearest first.
package struct Exploration<Step> {
    /// The shortest way to a state in which a promise is broken.
    package struct Counterexample {
        package let brokenPromise: String
        package let steps: [Step]
    }

    package private(set) var stateCount = 0
    package private(set) var stepCount = 0
    /// How many steps the farthest state is away.
    package private(set) var depth = 0
    /// Nil when every promise is kept in every state that was visited.
    package private(set) var counterexample: Counterexample?
    /// Whether there were no more states, or a broken promise ended the search.
    package private(set) var isComplete = true

    /// Visits the states in the order of their distance, until one breaks a promise.
    ///
    /// A visited state is remembered by 128 bits of hash, so that millions fit into memory.
    ///
    /// - Parameter limit: how many states are visited at most.
    package init<Model: ExploredModel>(of model: Model, limit: Int = .max) where Model.Step == Step {
        var visited: Set<Fingerprint> = [Fingerprint(model.initial)]
        // How each state was first reached: from which, and by which of the steps possible there.
        var origins: [(state: Int, step: Int)] = [(0, 0)]
        var nearest = [model.initial]
        var firstIndex = 0
        while !nearest.isEmpty {
            var next: [Model.State] = []
            let nextIndex = firstIndex + nearest.count
            for (offset, state) in nearest.enumerated() {
                stateCount += 1
                let steps = model.steps(in: state)
                if let broken = Self.brokenPromise(in: state, steps, model) {
                    counterexample = Counterexample(
                        brokenPromise: broken,
                        steps: Self.path(to: firstIndex + offset, origins, model)
                    )
                    return
                }
                guard stateCount < limit else {
                    isComplete = false
                    return
                }
                for (number, step) in steps.enumerated() {
                    stepCount += 1
                    let after = model.state(after: step, in: state)
                    guard visited.insert(Fingerprint(after)).inserted else { continue }
                    origins.append((firstIndex + offset, number))
                    next.append(after)
                }
            }
            if !next.isEmpty { depth += 1 }
            firstIndex = nextIndex
            nearest = next
        }
    }

    /// Walks through the states by chance, for models that are too large to be visited whole.
    ///
    /// A walk ends where nothing more can happen; the counterexample of a walk is the whole way it took.
    ///
    /// - Parameter walks: how many begin anew from the initial state.
    package init<Model: ExploredModel>(
        walkingThrough model: Model,
        walks: Int,
        using generator: inout some RandomNumberGenerator
    ) async where Model.Step == Step {
        isComplete = false
        for _ in 0..<walks {
            await Task.yield()
            var state = model.initial
            var path: [Step] = []
            while true {
                stateCount += 1
                let steps = model.steps(in: state)
                if let broken = Self.brokenPromise(in: state, steps, model) {
                    counterexample = Counterexample(brokenPromise: broken, steps: path)
                    return
                }
                guard let step = steps.randomElement(using: &generator) else { break }
                stepCount += 1
                path.append(step)
                state = model.state(after: step, in: state)
            }
            depth = max(depth, path.count)
        }
    }

    private static func brokenPromise<Model: ExploredModel>(
        in state: Model.State,
        _ steps: [Step],
        _ model: Model
    ) -> String? where Model.Step == Step {
        if let broken = model.brokenPromise(in: state) { return broken }
        return steps.isEmpty && !model.mayRest(in: state) ? "nothing can happen any more" : nil
    }

    private static func path<Model: ExploredModel>(
        to index: Int,
        _ origins: [(state: Int, step: Int)],
        _ model: Model
    ) -> [Step] where Model.Step == Step {
        var numbers: [Int] = []
        var index = index
        while index > 0 {
            numbers.append(origins[index].step)
            index = origins[index].state
        }
        var state = model.initial
        return numbers.reversed().map { number in
            let step = model.steps(in: state)[number]
            state = model.state(after: step, in: state)
            return step
        }
    }
}

extension Exploration: Sendable where Step: Sendable {}
extension Exploration.Counterexample: Sendable where Step: Sendable {}

/// Two hashes with different beginnings.
private struct Fingerprint: Hashable {
    private let first: Int
    private let second: Int

    init(_ state: some Hashable) {
        first = Self.hash(state, begin: 1)
        second = Self.hash(state, begin: 2)
    }

    private static func hash(_ state: some Hashable, begin: UInt8) -> Int {
        var hasher = Hasher()
        hasher.combine(begin)
        hasher.combine(state)
        return hasher.finalize()
    }
}
