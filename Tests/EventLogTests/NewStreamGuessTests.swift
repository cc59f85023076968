import EventSourcing
import MusterTesting
import Testing

@testable import EventLog

@Suite
struct NewStreamGuessTests {
    @Test
    func `Nothing is guessed before an answer about many has found nothing`() {
        var guess = NewStreamGuess()
        #expect(!guess.isOn)
        guess.learn(asked: 3, foundAny: false)
        #expect(!guess.isOn)
        guess.learn(asked: 256, foundAny: false)
        #expect(guess.isOn)
        guess.learn(asked: 1, foundAny: true)
        #expect(!guess.isOn)
    }

    @Test
    func `After each wrong guess it takes more answers, after right ones fewer`() {
        var guess = NewStreamGuess()
        func answersUntilOn() -> Int {
            var count = 0
            while !guess.isOn {
                guess.learn(asked: 256, foundAny: false)
                count += 1
            }
            return count
        }
        #expect(answersUntilOn() == 1)
        guess.wasWrong()
        #expect(answersUntilOn() == 2)
        guess.wasWrong()
        #expect(answersUntilOn() == 4)
        for _ in 0..<3 { guess.wasRight() }
        guess.learn(asked: 256, foundAny: true)
        #expect(answersUntilOn() == 1)
        for _ in 0..<100 { guess.wasWrong() }
        #expect(answersUntilOn() == 64)
    }
}

@Suite(.testDatabase)
struct GuessedStreamTests {
    @Test
    func `Rows that come again among new ones keep their verdicts and their streams`() async throws {
        let database = try TestDatabase.current
        try await database.withLog("guessed") { log in
            let appends = (0..<2_000).map { Samples.append(Samples.write(Samples.stream("case \($0)"), .any)) }
            let first = try await log.append(contentsOf: appends)
            // Another process, that remembers nothing: new streams, then some that are there, then commands sent again.
            try await database.withLog("guessed") { other in
                let new = (2_000..<4_000).map { Samples.append(Samples.write(Samples.stream("case \($0)"), .any)) }
                let later = (0..<300).map { Samples.append(Samples.write(Samples.stream("case \($0)"), .any)) }
                let verdicts = try await other.append(contentsOf: new + later + appends)
                #expect(verdicts.prefix(2_300).allSatisfy { if case .appended = $0 { true } else { false } })
                for (verdict, again) in zip(first, verdicts.suffix(2_000)) {
                    guard case .appended(let receipt) = verdict else {
                        Issue.record("\(verdict)")
                        continue
                    }
                    #expect(again == .duplicate(of: receipt))
                }
            }
            #expect(try await log.tail() == Position(4_300))
            let twice = try await log.events(of: Samples.stream("case 299"), after: .none, limit: 10)
            #expect(twice.map(\.version) == [StreamVersion(1), StreamVersion(2)])
        }
    }
}
