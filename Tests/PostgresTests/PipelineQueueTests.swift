import Testing

@testable import Postgres

@Suite("Pipeline queue")
struct PipelineQueueTests {
    private func queue(_ entries: PipelineQueue.Entry...) -> PipelineQueue {
        var queue = PipelineQueue()
        for entry in entries { queue.append(entry) }
        return queue
    }

    private func receive(_ queue: inout PipelineQueue, _ arrivals: PipelineQueue.Arrival...) -> [PipelineQueue.Action] {
        arrivals.map { queue.receive($0) }
    }

    @Test("Answers are matched in order")
    func order() {
        var queue = queue(.prepare(call: 0), .execute(call: 0), .execute(call: 1), .sync)
        #expect(
            receive(&queue, .success, .end, .success, .end, .success, .end, .sync)
                == [
                    .prepared(call: 0), .proceed, .succeeded(call: 0), .proceed, .succeeded(call: 1), .proceed,
                    .finished,
                ]
        )
    }

    @Test("After an error the rest is aborted up to the sync")
    func abort() {
        var queue = queue(.execute(call: 0), .prepare(call: 1), .execute(call: 1), .sync)
        #expect(
            receive(&queue, .error, .end, .aborted, .end, .aborted, .end, .sync)
                == [.failed(call: 0), .proceed, .aborted(call: 1), .proceed, .aborted(call: 1), .proceed, .finished]
        )
    }

    @Test("An error in the place of the sync is the commit's")
    func commitFails() {
        var queue = queue(.execute(call: 0), .sync)
        #expect(
            receive(&queue, .success, .end, .error, .end, .sync)
                == [.succeeded(call: 0), .proceed, .commitFailed, .proceed, .finished]
        )
    }

    @Test("A sync before every statement is answered is a violation")
    func earlySync() {
        var queue = queue(.execute(call: 0), .sync)
        #expect(queue.receive(.sync) == .violation)
    }

    @Test("Two answers to one statement are a violation")
    func twoAnswers() {
        var queue = queue(.execute(call: 0), .sync)
        #expect(receive(&queue, .success, .success) == [.succeeded(call: 0), .violation])
    }

    @Test("An end without an answer is a violation")
    func endWithoutAnswer() {
        var queue = queue(.execute(call: 0), .sync)
        #expect(queue.receive(.end) == .violation)
    }

    @Test("Anything after the sync is a violation")
    func afterSync() {
        var queue = queue(.sync)
        #expect(receive(&queue, .sync, .success) == [.finished, .violation])
    }
}
