import AsyncHTTPClient
import EventSourcing
import Logging
import MusterDomain
import MusterGateway
import ServiceLifecycle

/// The living town of `--demo`: residents report, and everybody does their part through the real door.
///
/// It remembers nothing: who does what, when, follows from the log and the seed, so it goes on after any restart.
struct TownPlay: Service {
    private static let tick = Duration.milliseconds(200)
    private static let deedsAtOnce = 16

    /// Those of the log after a position, in clear, and then those to come.
    let events: @Sendable (Position) -> any AsyncSequence<[RecordedEvent], any Error>
    let door: TownDoor
    let story: TownStory
    let reports: TownReports
    /// How many times faster than life the town moves.
    let speed: Double
    let logger: Logger

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            do {
                try await setUp()
                try await live()
            } catch is CancellationError {
                return
            }
        }
    }

    private func setUp() async throws {
        for command in Town.setup {
            while true {
                switch try await door.send(command) {
                case .accepted: break
                case .later:
                    try await Task.sleep(for: .milliseconds(200))
                    continue
                case .refused(let reason):
                    logger.error("town set-up refused", metadata: ["reason": "\(reason)"])
                }
                break
            }
        }
    }

    private func live() async throws {
        let memory = TownMemory(story: story, speed: speed)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for try await page in events(.origin) { await memory.follow(page) }
            }
            group.addTask {
                while true {
                    try await Task.sleep(for: Self.tick)
                    try await act(from: memory)
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }

    private func act(from memory: TownMemory) async throws {
        let now = Timestamp.now()
        var deeds = await memory.dueDeeds(at: now, atMost: Self.deedsAtOnce)
        deeds += await memory.dueBeginnings(at: now, reports).map { ($0, nil) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (command, stream) in deeds {
                group.addTask {
                    let answer = try await door.send(command)
                    if case .refused(let reason) = answer, command.refusedUnder == nil {
                        logger.debug("the town was refused", metadata: ["reason": "\(reason)"])
                    }
                    await memory.took(command, in: stream, answer: answer)
                }
            }
            try await group.waitForAll()
        }
    }
}
