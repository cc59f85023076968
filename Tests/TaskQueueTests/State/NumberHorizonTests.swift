import MusterTesting
import Testing

@testable import TaskQueue

@Suite("A horizon of task numbers", .timeLimit(roundsWithin: 20), .namesSeed)
struct NumberHorizonTests {
    /// A server's transactions, as far as a reader can see them.
    private struct Server {
        struct Transaction {
            let xid: Int64
            var numbers: [Int64] = []
        }

        var nextXID: Int64 = 1
        /// One above the highest that has ended, which those that run may be above as well.
        var xmax: Int64 = 1
        var nextNumber: Int64 = 1
        var running: [Transaction] = []
        var visible: Set<Int64> = []

        var xmin: Int64 { min(running.map(\.xid).min() ?? xmax, xmax) }

        mutating func begin() -> Int64 {
            defer { nextXID += 1 }
            return nextXID
        }

        mutating func end(_ transaction: Transaction, commits: Bool) {
            if commits { visible.formUnion(transaction.numbers) }
            xmax = max(xmax, transaction.xid + 1)
        }

        mutating func snapshot(needsBound: Bool) -> NumberHorizon.Snapshot {
            let xmin = xmin
            var bound: Int64?
            if needsBound {
                let xid = begin()
                bound = xid
                end(Transaction(xid: xid), commits: true)
            }
            return NumberHorizon.Snapshot(xmin: xmin, bound: bound)
        }
    }

    @Test("sees each task once, whichever transaction commits when, and forgets what was rolled back")
    func interleavings() async throws {
        try await Rounds.run("number horizon", count: 3, share: 0.05) { seed in
            for number in 0..<500 {
                let seed = seed &* 1_000 &+ UInt64(number)
                await Task.yield()
                if let fault = Self.walk(seed) {
                    Issue.record("walk \(seed): \(fault)")
                    return
                }
            }
        }
    }

    private static func walk(_ seed: UInt64) -> String? {
        var random = SeededGenerator(seed: seed)
        var server = Server()
        var horizon = NumberHorizon()
        var seen: Set<Int64> = []

        func see(_ number: Int64) -> String? {
            let isNew = horizon.see(number)
            return isNew == seen.insert(number).inserted ? nil : "task \(number) is \(isNew ? "" : "not ")new"
        }

        func look(isWhole: Bool) -> String? {
            let (highest, gaps) = (horizon.highest, horizon.gaps)
            let snapshot = server.snapshot(needsBound: horizon.needsBound)
            let found = server.visible.sorted().filter { number in
                number > highest || gaps.contains { $0.first <= number && number <= $0.last }
            }
            for number in found { if let fault = see(number) { return fault } }
            if isWhole { horizon.miss(through: highest, in: snapshot) }
            return nil
        }

        for _ in 0..<Int.random(in: 10...150, using: &random) {
            switch Int.random(in: 0..<6, using: &random) {
            case 0: server.running.append(.init(xid: server.begin()))
            case 1, 2:
                guard let index = server.running.indices.randomElement(using: &random) else { continue }
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    server.running[index].numbers.append(server.nextNumber)
                    server.nextNumber += 1
                }
            case 3:
                guard let index = server.running.indices.randomElement(using: &random) else { continue }
                let transaction = server.running.remove(at: index)
                let commits = Int.random(in: 0..<4, using: &random) > 0
                server.end(transaction, commits: commits)
                // Its own process may tell of it.
                guard commits, Bool.random(using: &random) else { continue }
                for number in transaction.numbers where !seen.contains(number) {
                    if let fault = see(number) { return fault }
                }
            default: if let fault = look(isWhole: Int.random(in: 0..<5, using: &random) > 0) { return fault }
            }
            let gaps = horizon.gaps
            for (gap, next) in zip(gaps, gaps.dropFirst()) where gap.last >= next.first { return "gaps overlap" }
            if gaps.contains(where: { $0.first > $0.last || $0.last >= horizon.highest }) { return "a wrong gap" }
        }
        for transaction in server.running { server.end(transaction, commits: Bool.random(using: &random)) }
        server.running = []
        for _ in 0..<3 { if let fault = look(isWhole: true) { return fault } }
        if seen != server.visible { return "\(server.visible.subtracting(seen)) were never seen" }
        return horizon.gaps.isEmpty ? nil : "gaps for ever: \(horizon.gaps)"
    }

    @Test("keeps a long gap in little room")
    func longGap() {
        var horizon = NumberHorizon()
        let isNew = horizon.see(5_000_000_000)
        #expect(isNew)
        #expect(horizon.gaps == [NumberHorizon.Gap(first: 1, last: 4_999_999_999)])
        let isMiddleNew = horizon.see(77)
        #expect(isMiddleNew)
        #expect(horizon.gaps.count == 2)
        let isNewAgain = horizon.see(77)
        #expect(!isNewAgain)
    }
}
