import EventSourcing
import Testing

@testable import MusterBoards

@Suite(.timeLimit(.minutes(20))) struct PositionGateTests {
    @Test func `a position that is reached already is not waited for`() async {
        let gate = PositionGate()
        gate.advance(to: Position(5))

        #expect(await gate.wait(until: Position(5)))
    }

    @Test func `everyone who waits for a position is let through when it comes`() async {
        let gate = PositionGate()

        await withTaskGroup(of: Bool.self) { group in
            for target in 1...50 { group.addTask { await gate.wait(until: Position(Int64(target))) } }
            for position in 1...50 { gate.advance(to: Position(Int64(position))) }
            for await isReached in group { #expect(isReached) }
        }

        #expect(gate.waiting == 0)
    }

    @Test func `finishing lets everyone go without the position`() async {
        let gate = PositionGate()

        await withTaskGroup(of: Bool.self) { group in
            group.addTask { await gate.wait(until: Position(1)) }
            gate.finish()
            for await isReached in group { #expect(!isReached) }
        }
    }

    @Test func `cancelling the task ends its wait and leaves nothing behind`() async {
        let gate = PositionGate()

        await withTaskGroup(of: Bool.self) { group in
            group.addTask { await gate.wait(until: Position(1)) }
            group.cancelAll()
            for await isReached in group { #expect(!isReached) }
        }

        #expect(gate.waiting == 0)
    }
}
