import EventSourcing
import Logging
import MusterDomain

@testable import MusterBoards

extension LogName {
    /// The town's log.
    static let heyan = LogName("heyan") ?? fallback
    private static let fallback = LogName("a").unsafelyUnwrapped
}

extension LiveBoards {
    /// Boards that have taken in a story and are caught up, without a log behind them.
    convenience init(telling story: Story, configuration: Configuration = Configuration()) {
        self.init(
            log: .heyan,
            mode: .live,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            now: { Story.now },
            configuration: configuration,
            tail: { .origin },
            events: { _ in AsyncThrowingStream<[RecordedEvent], any Error> { nil } }
        )
        becomeCaughtUp()
        take(story.events, goal: .origin)
        look()
    }

    /// Makes a change of what was folded, on each board.
    func look() { for board in all { _ = board.encodedSnapshot() } }

    /// Takes in what a story tells beyond the boards' position, event by event.
    func takeRest(of story: Story) {
        for event in story.events where event.position > position { take([event], goal: .origin) }
    }
}
