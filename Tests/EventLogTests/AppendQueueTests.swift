import EventSourcing
import MusterTesting
import Testing

@testable import EventLog

@Suite
struct AppendQueueTests {
    @Test
    func `Two batches under way share no stream`() {
        var queue = AppendQueue(.eager)
        let (a, b) = (Samples.stream("a"), Samples.stream("b"))
        accept(&queue, [append(a)])
        #expect(work(&queue, 0) == [[a]])
        accept(&queue, [append(a), append(b)])
        #expect(work(&queue, 1) == [[b]])
        #expect(queue.finish(0, returned: []) == nil)
        #expect(work(&queue, 0) == [[a]])
    }

    @Test
    func `Another lane begins when enough waits, and not before the batch at work has ended`() {
        var configuration = LogConfiguration()
        configuration.laneThreshold = 3
        var queue = AppendQueue(configuration)
        let streams = (0..<6).map { Samples.stream("\($0)") }
        accept(&queue, [append(streams[0])])
        #expect(work(&queue, 0) == [[streams[0]]])
        accept(&queue, [append(streams[1]), append(streams[2])])
        #expect(work(&queue, 1) == nil)
        accept(&queue, [append(streams[3])])
        #expect(work(&queue, 1) == streams[1...3].map { [$0] })
        accept(&queue, [append(streams[4])])
        #expect(queue.finish(0, returned: []) == nil)
        #expect(work(&queue, 0) == nil)
        #expect(queue.finish(1, returned: []) == nil)
        #expect(work(&queue, 0) == [[streams[4]]])
    }

    @Test
    func `What waits for a busy stream keeps its order on its other streams`() {
        var queue = AppendQueue(.eager)
        let (a, b) = (Samples.stream("a"), Samples.stream("b"))
        accept(&queue, [append(a)])
        _ = work(&queue, 0)
        accept(&queue, [append(a, b), append(b)])
        #expect(work(&queue, 1) == nil)
        #expect(queue.finish(0, returned: []) == nil)
        #expect(work(&queue, 0) == [[a, b], [b]])
    }

    @Test
    func `The same command is never under way twice`() {
        var queue = AppendQueue(.eager)
        let command = Samples.command()
        accept(&queue, [Samples.append(Samples.write(Samples.stream("a")), command: command)])
        _ = work(&queue, 0)
        accept(&queue, [Samples.append(Samples.write(Samples.stream("b")), command: command)])
        #expect(work(&queue, 1) == nil)
    }

    @Test
    func `A batch ends at its limit of events`() {
        var configuration = LogConfiguration.eager
        configuration.batchEventLimit = 3
        var queue = AppendQueue(configuration)
        let streams = (0..<5).map { Samples.stream("\($0)") }
        accept(&queue, streams.map { append($0) })
        #expect(work(&queue, 0) == streams[..<3].map { [$0] })
        #expect(work(&queue, 1) == streams[3...].map { [$0] })
    }

    @Test
    func `An append larger than a batch goes alone`() {
        var configuration = LogConfiguration.eager
        configuration.batchEventLimit = 1
        var queue = AppendQueue(configuration)
        let stream = Samples.stream("large")
        accept(&queue, [Samples.append(Samples.write(stream, .any, count: 5))])
        #expect(work(&queue, 0) == [[stream]])
    }

    @Test
    func `A full queue refuses with a time to come back`() {
        var configuration = LogConfiguration.eager
        configuration.waitingLimit = 2
        var queue = AppendQueue(configuration)
        accept(&queue, [append(Samples.stream("a")), append(Samples.stream("b"))])
        #expect(queue.accept(tickets([append(Samples.stream("c"))])) == .overloaded(retryAfter: .seconds(1)))
    }

    @Test
    func `What waits is bounded in bytes too, and one request alone is taken however large`() {
        var configuration = LogConfiguration.eager
        configuration.waitingByteLimit = 25
        configuration.batchEventLimit = 1
        var queue = AppendQueue(configuration)
        let streams = (0..<3).map { Samples.stream("\($0)") }
        accept(&queue, streams.map { append($0) })
        #expect(queue.load == (3, 30))
        #expect(queue.accept(tickets([append(Samples.stream("c"))])) == .overloaded(retryAfter: .seconds(1)))
        let batch = tickets([append(streams[0])])
        #expect(work(&queue, 0) == [[streams[0]]])
        #expect(queue.load == (2, 20))
        #expect(queue.finish(0, returned: batch) == nil)
        #expect(queue.load == (3, 30))
        while work(&queue, 0) != nil { #expect(queue.finish(0, returned: []) == nil) }
        #expect(queue.load == (0, 0))
        accept(&queue, [append(Samples.stream("c"))])
        #expect(queue.close(.unavailable(reason: "over")).count == 1)
        #expect(queue.load == (0, 0))
    }

    @Test
    func `A draining queue refuses what comes and finishes what it has`() {
        var queue = AppendQueue(.eager)
        accept(&queue, [append(Samples.stream("a"))])
        queue.drain()
        #expect(queue.accept(tickets([append(Samples.stream("b"))])) != nil)
        #expect(work(&queue, 0)?.count == 1)
        if case .finished = queue.next(for: 1) {} else { Issue.record("the idle lane should end") }
    }

    @Test
    func `A closed queue hands out what waits and refuses with the reason`() {
        var queue = AppendQueue(.eager)
        accept(&queue, [append(Samples.stream("a"))])
        let reason = AppendError.unavailable(reason: "test")
        #expect(queue.close(reason).count == 1)
        #expect(queue.accept(tickets([append(Samples.stream("b"))])) == reason)
        if case .finished = queue.next(for: 0) {} else { Issue.record("the lane should end") }
    }

    @Test
    func `A halted queue keeps its lanes and its reason, also when it is closed`() {
        var queue = AppendQueue(.eager)
        accept(&queue, [append(Samples.stream("a"))])
        let reason = AppendError.regressed(acknowledged: Position(2), found: Position(1))
        #expect(queue.halt(reason).count == 1)
        #expect(work(&queue, 0) == nil)
        if case .wait = queue.next(for: 0) {} else { Issue.record("the lane should stay") }
        #expect(queue.close(.unavailable(reason: "shutdown")).isEmpty)
        #expect(queue.accept(tickets([append(Samples.stream("b"))])) == reason)
        if case .finished = queue.next(for: 0) {} else { Issue.record("the lane should end") }
    }

    private func append(_ streams: StreamName...) -> Append {
        Append(
            command: Samples.command(),
            occurredAt: Samples.time,
            metadata: [],
            writes: streams.map { Samples.write($0) }
        )
    }

    private func accept(_ queue: inout AppendQueue, _ appends: [Append]) {
        #expect(queue.accept(tickets(appends)) == nil)
    }

    /// The streams of the batch a lane gets; nil when it is to wait.
    private func work(_ queue: inout AppendQueue, _ lane: Int) -> [[StreamName]]? {
        guard case .work(let batch) = queue.next(for: lane) else { return nil }
        return batch.map { $0.append.writes.map(\.stream) }
    }
}

extension LogConfiguration {
    /// With lanes that begin for a single append.
    fileprivate static var eager: LogConfiguration {
        var configuration = LogConfiguration()
        configuration.laneThreshold = 1
        return configuration
    }
}
