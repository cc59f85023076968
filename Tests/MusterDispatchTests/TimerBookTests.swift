import EventSourcing
import MusterCommands
import MusterDomain
import Testing

@testable import MusterDispatch

@Suite("A book of timers")
struct TimerBookTests {
    private static let start = Timestamp(microseconds: 1_000_000_000)
    private static let cause = EventID(command: CommandID(UniqueID(high: 1, low: 2)), ordinal: 0)

    private func timer(_ key: String, after seconds: Int, cause: EventID? = cause) -> ScheduledTimer {
        ScheduledTimer(
            PolicyTimer(
                key: key,
                due: Self.start + .seconds(seconds),
                command: RecordFeedbackMissing(matter: MatterID("M-1"), answerBy: Self.start),
                actor: .system(in: TerritoryID("d-1")),
                cause: cause
            ),
            policy: "test"
        )
    }

    private func take(_ book: inout TimerBook, after seconds: Int) -> [ScheduledTimer] {
        book.takeDue(at: Self.start + .seconds(seconds))
    }

    @Test("gives those that are due, the earliest first")
    func order() {
        var book = TimerBook()
        book.refill([timer("c", after: 30), timer("a", after: 10), timer("b", after: 20)])
        #expect(book.nextDue == Self.start + .seconds(10))
        #expect(take(&book, after: 20) == [timer("a", after: 10), timer("b", after: 20)])
        #expect(book.nextDue == Self.start + .seconds(30))
    }

    @Test("gives none before its time")
    func early() {
        var book = TimerBook()
        book.refill([timer("a", after: 10)])
        #expect(take(&book, after: 9).isEmpty)
    }

    @Test("gives a timer once, though its policy still has it")
    func once() {
        var book = TimerBook()
        book.refill([timer("a", after: 10)])
        #expect(take(&book, after: 10).count == 1)
        book.refill([timer("a", after: 10), timer("b", after: 11)])
        #expect(take(&book, after: 60) == [timer("b", after: 11)])
    }

    @Test("gives a timer again whose time was moved, under the same id")
    func moved() {
        var book = TimerBook()
        book.refill([timer("a", after: 10)])
        let first = take(&book, after: 10)
        book.refill([timer("a", after: 20)])
        let second = take(&book, after: 20)
        #expect(first.map(\.command.envelope.id) == second.map(\.command.envelope.id))
    }

    @Test("gives equal timers of a list once")
    func equal() {
        var book = TimerBook()
        book.refill([timer("a", after: 10), timer("a", after: 10)])
        #expect(take(&book, after: 10).count == 1)
    }

    @Test("derives an id from policy, cause and key, each apart")
    func ids() {
        let other = EventID(command: CommandID(UniqueID(high: 1, low: 2)), ordinal: 1)
        let ids = [
            CommandID(of: "p", because: Self.cause, key: "k"), CommandID(of: "q", because: Self.cause, key: "k"),
            CommandID(of: "p", because: other, key: "k"), CommandID(of: "p", because: nil, key: "k"),
            CommandID(of: "p", because: Self.cause, key: "l"), CommandID(of: "pk", because: Self.cause, key: ""),
        ]
        #expect(Set(ids).count == ids.count)
        #expect(ids[0] == CommandID(of: "p", because: Self.cause, key: "k"))
    }

    @Test("derives ids of version 8, the same in every release")
    func stableID() {
        let id = CommandID(of: "intake", because: Self.cause, key: "raise")
        #expect(id.description == "5cab664d-2c20-8f4d-9a4b-e58d123773f8")
        #expect(id.rawValue.high >> 12 & 0xF == 8)
        #expect(id.rawValue.low >> 62 == 0b10)
    }
}
