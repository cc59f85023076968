import EventSourcing
import MusterTesting
import Testing

@testable import EventLog

/// What one caller hears of its appends. A continuation resumed twice would end the process; one that never is, ends in the
/// time limit.
@Suite
struct AppendRequestTests {
    private typealias Answers = [(index: Int, answer: Result<Verdict, AppendError>)]

    /// Gives a request of so many appends the answers, group by group.
    private func outcome(of count: Int, _ groups: [Answers]) async -> AppendRequest.Answer {
        await withCheckedContinuation { continuation in
            let request = AppendRequest(count: count, continuation)
            for group in groups { request.answer(group) }
        }
    }

    private func success(_ index: Int) -> Answers.Element { (index, .success(verdict(index))) }

    private func verdict(_ index: Int) -> Verdict {
        let (position, time) = (Position(Int64(index + 1)), Timestamp(microseconds: Int64(index)))
        return .appended(AppendReceipt(first: position, count: 1, recordedAt: time))
    }

    @Test(.timeLimit(.minutes(20)))
    func `Verdicts come in the order of the appends, however the answers come`() async throws {
        for groups in [[[0, 1, 2, 3]], [[2], [0, 3], [], [1]], [[3], [2], [1], [0]]] {
            let answer = await outcome(of: 4, groups.map { $0.map(success) })
            #expect(try answer.get() == (0..<4).map(verdict))
        }
    }

    @Test(.timeLimit(.minutes(20)))
    func `The first failure counts, once all have their answers`() async throws {
        let groups: [Answers] = [
            [success(1)], [(2, .failure(.unavailable(reason: "first")))], [(0, .failure(.outcomeUnknown)), success(3)],
        ]
        let answer = await outcome(of: 4, groups)
        #expect(answer == .failure(.unavailable(reason: "first")))
    }
}
