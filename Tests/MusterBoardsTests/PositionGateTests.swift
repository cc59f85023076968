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

    // MARK: Watches

    @Test func `a watch hears each beat once, also one that came before it waited`() async {
        let gate = PositionGate()
        gate.beat()
        let watch = gate.watch()
        gate.beat()

        #expect(await gate.wait(until: Position(1), on: watch) == .beat)
        async let second = gate.wait(until: Position(1), on: watch)
        while gate.waiting == 0 { await Task.yield() }
        gate.beat()
        #expect(await second == .beat)
        async let third = gate.wait(until: Position(1), on: watch)
        while gate.waiting == 0 { await Task.yield() }
        gate.advance(to: Position(1))
        #expect(await third == .reached)
    }

    @Test func `those without a watch hear no beat`() async {
        let gate = PositionGate()
        async let isReached = gate.wait(until: Position(1))
        while gate.waiting == 0 { await Task.yield() }
        gate.beat()
        #expect(gate.waiting == 1)
        gate.advance(to: Position(1))
        #expect(await isReached)
    }

    @Test(arguments: [true, false]) func `a watch that has ended waits no longer`(endsBefore: Bool) async {
        let gate = PositionGate()
        let watch = gate.watch()
        if endsBefore { watch.end() }
        async let answer = gate.wait(until: Position(1), on: watch)
        if !endsBefore {
            while gate.waiting == 0 { await Task.yield() }
            watch.end()
        }
        #expect(await answer == .over)
        #expect(gate.waiting == 0)
    }
}
