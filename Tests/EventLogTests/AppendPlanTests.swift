import EventSourcing
import MusterTesting
import Testing

@testable import EventLog

@Suite
struct AppendPlanTests {
    private let stream = Samples.stream("s")

    @Test
    func `A new stream is written without asking`() {
        let plan = plan([Samples.append(Samples.write(stream, .noStream, count: 2))])
        #expect(plan.isComplete)
        #expect(plan.newStreams.map(\.name) == [stream])
        #expect(plan.heads[stream]?.version == StreamVersion(2))
    }

    @Test
    func `A name with an accent of its own is another stream, as it is for the database`() {
        let names = ["case-caf\u{E9}", "case-cafe\u{301}"].map(StreamName.init(stored:))
        let plan = plan(names.map { Samples.append(Samples.write($0, .noStream)) })
        #expect(plan.newStreams.map { Array($0.name.rawValue.utf8) } == names.map { Array($0.rawValue.utf8) })
        #expect(names.map { plan.heads[$0]?.version } == [StreamVersion(1), StreamVersion(1)])
    }

    @Test
    func `An unknown stream with another expectation is asked about`() {
        for expected in [ExpectedVersion.any, .streamExists, .exactly(StreamVersion(3))] {
            #expect(plan([Samples.append(Samples.write(stream, expected))]).unknown.count == 1)
        }
    }

    @Test
    func `One that is content with any version may be taken for the first of its stream`() {
        let appends = (0..<2).map { _ in Samples.append(Samples.write(stream, .any)) }
        let plan = plan(appends, guessesNewStreams: true)
        #expect(plan.isComplete)
        #expect(plan.hasGuessed)
        #expect(plan.newStreams.map(\.name) == [stream])
        #expect(plan.heads[stream]?.version == StreamVersion(2))
    }

    @Test
    func `What expects a stream to be there is asked about, whatever may be guessed`() {
        for expected in [ExpectedVersion.streamExists, .exactly(StreamVersion(3))] {
            let plan = plan([Samples.append(Samples.write(stream, expected))], guessesNewStreams: true)
            #expect(plan.unknown.count == 1)
            #expect(!plan.hasGuessed)
        }
    }

    @Test
    func `What is known is not guessed`() {
        let append = Samples.append(Samples.write(stream, .any))
        let head = StreamHead(id: 7, version: StreamVersion(5))
        let plan = plan([append], remembered: [stream: head], guessesNewStreams: true)
        #expect(plan.newStreams.isEmpty)
        #expect(!plan.hasGuessed)
    }

    @Test
    func `Appends to one stream are chained`() {
        let appends = (0..<3).map { Samples.append(Samples.write(stream, .exactly(StreamVersion(5 + $0)))) }
        let plan = plan(appends, remembered: [stream: StreamHead(id: 7, version: StreamVersion(5))])
        #expect(plan.writes.map(\.firstEvent) == (6...8).map { StreamHead.packed(id: 7, version: StreamVersion($0)) })
    }

    @Test
    func `What disagrees with a remembered head is asked about, not refused`() {
        let append = Samples.append(Samples.write(stream, .exactly(StreamVersion(4))))
        let plan = plan([append], remembered: [stream: StreamHead(id: 7, version: StreamVersion(5))])
        #expect(plan.unknown.map(\.append) == [append])
        #expect(plan.refused.isEmpty)
    }

    @Test
    func `What disagrees with a fresh head is refused`() {
        let append = Samples.append(Samples.write(stream, .exactly(StreamVersion(4))))
        var answers = AppendAnswers()
        answers.add(
            asked: [append.command],
            receipts: [:],
            heads: [stream: StreamHead(id: 7, version: StreamVersion(5))]
        )
        #expect(
            plan([append], answers: answers).refused.map(\.1) == [.conflict(stream: stream, actual: StreamVersion(5))]
        )
    }

    @Test
    func `A known command is a duplicate whatever its stream says`() {
        let append = Samples.append(Samples.write(stream, .noStream))
        let receipt = AppendReceipt(first: Position(9), count: 1, recordedAt: Samples.time)
        var answers = AppendAnswers()
        answers.add(
            asked: [append.command],
            receipts: [append.command: receipt],
            heads: [stream: StreamHead(id: 7, version: StreamVersion(1))]
        )
        #expect(plan([append], answers: answers).refused.map(\.1) == [.duplicate(of: receipt)])
    }

    @Test
    func `What disagrees with an append before it in the batch waits for that append's fate`() {
        let rivals = (0..<2).map { _ in Samples.append(Samples.write(stream, .noStream)) }
        let plan = plan(rivals)
        #expect(plan.writes.map(\.ticket.append) == [rivals[0]])
        #expect(plan.deferred.map(\.append) == [rivals[1]])
        #expect(plan.deferred.allSatisfy { $0.mustAsk })
    }

    @Test
    func `The same command twice in a batch is sent once`() {
        let append = Samples.append(Samples.write(stream, .noStream))
        let plan = plan([append, append])
        #expect(plan.writes.count == 1)
        #expect(plan.deferred.count == 1)
    }

    @Test
    func `An append that is refused for one stream changes no other`() {
        let other = Samples.stream("other")
        let append = Samples.append(Samples.write(stream, .noStream), Samples.write(other, .exactly(StreamVersion(1))))
        var answers = AppendAnswers()
        answers.add(asked: [append.command], receipts: [:], heads: [:])
        let plan = plan([append], answers: answers)
        #expect(plan.refused.count == 1)
        #expect(plan.heads.isEmpty)
        #expect(plan.newStreams.isEmpty)
    }

    @Test
    func `A stream whose versions run out refuses the append for good`() {
        let full = StreamHead(id: 1, version: StreamVersion(.max))
        #expect(plan([Samples.append(Samples.write(stream))], remembered: [stream: full]).invalid.count == 1)
    }

    @Test
    func `Numbers for new streams are used only by a plan that is carried out`() {
        var ids = StreamIDs()
        ids.add(blockFrom: 1)
        var heads = StreamHeads(limit: 10)
        let appends = [
            Samples.append(Samples.write(stream, .noStream)), Samples.append(Samples.write(Samples.stream("x"))),
        ]
        let plan = AppendPlan(tickets(appends), remembered: &heads, answers: AppendAnswers(), streamIDs: &ids)
        #expect(!plan.isComplete)
        #expect(ids.take() == 1)
    }

    @Test
    func `One plan after the other takes numbers in order, over blocks of them`() {
        var ids = StreamIDs()
        for first: Int32 in [1, 5_000] { ids.add(blockFrom: first) }
        var heads = StreamHeads(limit: 1_000)
        var taken: [Int32] = []
        for batch in 0..<3 {
            let appends = (0..<200).map { Samples.append(Samples.write(Samples.stream("\(batch)-\($0)"), .noStream)) }
            let plan = AppendPlan(tickets(appends), remembered: &heads, answers: AppendAnswers(), streamIDs: &ids)
            #expect(plan.newStreams.map(\.name) == appends.map { $0.writes[0].stream })
            taken += plan.newStreams.map(\.id)
        }
        #expect(taken == Array(1...512) + Array(5_000..<5_088))
    }

    @Test
    func `With a lost session its server's heads and numbers are forgotten`() {
        var known = Appender.Known(heads: StreamHeads(limit: 100))
        known.heads[stream] = StreamHead(id: 7, version: StreamVersion(1))
        known.streamIDs.add(blockFrom: 1)
        known.forgetAll()
        #expect(known.heads[stream] == nil)
        // A server that took over may give the same numbers again.
        #expect(known.streamIDs.take() == nil)
    }

    private func plan(
        _ appends: [Append],
        remembered: [StreamName: StreamHead] = [:],
        answers: AppendAnswers = AppendAnswers(),
        guessesNewStreams: Bool = false
    ) -> AppendPlan {
        var heads = StreamHeads(limit: 100)
        for (stream, head) in remembered { heads[stream] = head }
        var ids = StreamIDs()
        ids.add(blockFrom: 1)
        return AppendPlan(
            tickets(appends),
            remembered: &heads,
            answers: answers,
            guessesNewStreams: guessesNewStreams,
            streamIDs: &ids
        )
    }
}
