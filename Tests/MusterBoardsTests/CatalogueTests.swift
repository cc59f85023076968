import EventSourcing
import MusterDomain
import MusterTesting
import Testing

@testable import MusterBoards

/// What holds for every board of the catalogue, whatever happens: a new board is among them by itself, as every kind of event
/// is in what they are told.
@Suite(.timeLimit(.minutes(20))) struct CatalogueTests {
    static let names = BoardCatalogue.all.map { $0.name }

    private func past(_ story: Story) -> PastBoards {
        PastBoards(store: ToldStore(story.events), offset: .seconds(8 * 3_600), soon: .seconds(600))
    }

    @Test(arguments: names)
    func `R0.3 every board as known at a time is what it was then, and shows something of what happens`(
        name: String
    ) async throws {
        for board in BoardCatalogue.all where board.name == name { try await checkKnown(board) }
    }

    private func checkKnown<B: Board>(_: B.Type) async throws {
        let story = try Story.ofEveryKind()
        let past = past(story)
        var fold = BoardFold<B>()
        var shown = 0
        for event in story.events {
            let keys = fold.fold(try Fact(event))
            if keys.contains(where: { fold.board.row($0) != nil }) { shown += 1 }
            guard event.position.rawValue.isMultiple(of: 37) else { continue }
            let cut = PastCut(known: .at(event.recordedAt))

            let snapshot = try await past.snapshot(of: B.self, cut, now: .distant)

            try #require(snapshot.head.position == event.position)
            try #require(snapshot.rows == fold.board.rows(), "at \(event.position)")
            let figures = fold.board.figures(at: BoardMoment(now: event.recordedAt))
            try #require(snapshot.figures == figures, "at \(event.position)")
        }
        #expect(shown > 0, "nothing that happens is a row")
    }

    @Test(arguments: names)
    func `R0.3 every board as true at a time holds what had happened by then, whenever it became known`(
        name: String
    ) async throws {
        for board in BoardCatalogue.all where board.name == name { try await checkTrue(board) }
    }

    private func checkTrue<B: Board>(_: B.Type) async throws {
        let story = try Story.ofEveryKind()
        let past = past(story)
        for event in story.events where event.position.rawValue.isMultiple(of: 53) {
            let time = event.recordedAt
            let happened = story.events.filter { $0.occurredAt <= time }
            #expect(happened.last?.recordedAt != time, "something was known later alone")
            var fold = BoardFold<B>()
            for event in happened { fold.fold(try Fact(event)) }

            let snapshot = try await past.snapshot(of: B.self, PastCut(known: .now, asTrueAt: time), now: .distant)

            try #require(snapshot.rows == fold.board.rows(), "at \(event.position)")
            try #require(snapshot.figures == fold.board.figures(at: BoardMoment(now: time)), "at \(event.position)")
        }
    }

    @Test(arguments: names)
    func `the keys that a fold returns are enough to keep every board`(name: String) throws {
        for board in BoardCatalogue.all where board.name == name { try checkKeys(board) }
    }

    private func checkKeys<B: Board>(_: B.Type) throws {
        var fold = BoardFold<B>()
        var kept: [String: B.Row] = [:]
        // Each once: nothing is issued twice under one name.
        let events = try Story.ofEveryKind().events
        for event in events.prefix(events.count / 2) {
            for key in fold.fold(try Fact(event)) { kept[key] = fold.board.row(key) }
            try #require(kept.values.sorted { $0.order < $1.order } == fold.board.rows(), "at \(event.position)")
        }
    }
}
