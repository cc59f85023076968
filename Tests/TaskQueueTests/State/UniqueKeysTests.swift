import MusterTesting
import Testing

@testable import TaskQueue

@Suite("Unique keys", .timeLimit(roundsWithin: 20), .namesSeed)
struct UniqueKeysTests {
    /// The same, slowly.
    private struct Oracle {
        let remembered: Int
        var holders: [String: Int64] = [:]
        var ended: [(key: String, task: Int64)] = []

        mutating func take(_ key: String, _ task: Int64, insteadOf letter: Int64?) -> Bool {
            if let holder = holders[key], holder != task, holder != letter { return false }
            holders[key] = task
            return true
        }

        mutating func end(_ key: String, _ task: Int64) {
            ended.append((key, task))
            guard ended.count > remembered else { return }
            let oldest = ended.removeFirst()
            if holders[oldest.key] == oldest.task { holders[oldest.key] = nil }
        }
    }

    @Test("are with one task each, and those that ended last are remembered")
    func walks() async throws {
        try await Rounds.run("unique keys", count: 3, share: 0.05) { seed in
            var random = SeededGenerator(seed: seed)
            for _ in 0..<200 {
                let remembered = Int.random(in: 1...6, using: &random)
                var keys = UniqueKeys(remembered: remembered)
                var oracle = Oracle(remembered: remembered)
                var held: [(key: String, task: Int64)] = []
                for task in 1...Int64(150) {
                    let key = "k\(Int.random(in: 0..<9, using: &random))"
                    if Bool.random(using: &random), let index = held.indices.randomElement(using: &random) {
                        let (key, task) = held.remove(at: index)
                        keys.end(.init(agency: "fire", key: key), of: task)
                        oracle.end(key, task)
                    }
                    let letter = held.filter { $0.key == key }.map(\.task).randomElement(using: &random)
                    let successor = Bool.random(using: &random) ? letter : nil
                    let isTaken = keys.take(.init(agency: "fire", key: key), for: task, insteadOf: successor)
                    let expected = oracle.take(key, task, insteadOf: successor)
                    #expect(isTaken == expected)
                    if let successor, expected { held.removeAll { $0.task == successor } }
                    if expected { held.append((key, task)) }
                }
            }
        }
    }

    @Test("are each agency's own")
    func agencies() {
        var keys = UniqueKeys(remembered: 1)
        for (task, names) in [("a", "b"), ("b", "a"), ("ab", ""), ("", "ab")].enumerated() {
            let isTaken = keys.take(.init(agency: names.0, key: names.1), for: Int64(task), insteadOf: nil)
            #expect(isTaken)
        }
    }
}
