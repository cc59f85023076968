import Foundation
import Synchronization
package import Testing

/// The rounds of a test that is driven by chance: a few in an ordinary run, and in `make torture` as many as there is
/// time for. Each has a seed, which is printed; given again in `MUSTER_TEST_SEED`, it makes that round the only one.
///
/// A seed repeats what the test chooses, not how the machine interleaves it.
package enum Rounds {
    /// Runs the rounds one after the other, until one fails.
    ///
    /// - Parameters:
    ///   - name: what the lines that are printed begin with.
    ///   - ordinaryCount: how many there are in an ordinary run.
    ///   - share: of the time of `make torture`; less than all of it for a test that others wait for.
    package static func run(
        _ name: String,
        count ordinaryCount: Int = 1,
        share: Double = 1,
        _ body: (_ seed: UInt64) async throws -> Void
    ) async throws {
        let torture = Environment.tortureMinutes.map { Torture.started(minutes: $0) }
        let start = ContinuousClock.now
        var count = 0
        while true {
            let round = Round(name: name, seed: Environment.seed ?? UInt64.random(in: 0...999_999_999))
            if let torture {
                try await torture.takingTurn {
                    // The time may have run out in the queue.
                    if count > 0, torture.isOver(for: share, since: start) { return }
                    defer { torture.note(hasFailed: round.hasFailed) }
                    try await run(round, body)
                }
            } else {
                try await run(round, body)
            }
            count += 1
            if round.hasFailed || Environment.seed != nil { return }
            if torture?.isOver(for: share, since: start) ?? (count >= ordinaryCount) { return }
        }
    }

    private static func run(_ round: Round, _ body: (_ seed: UInt64) async throws -> Void) async throws {
        print("\(round.name): MUSTER_TEST_SEED=\(round.seed)")
        defer { if round.hasFailed { print("\(round.name): FAILED, repeat it with MUSTER_TEST_SEED=\(round.seed)") } }
        do {
            try await Round.$current.withValue(round) { try await body(round.seed) }
        } catch {
            round.fail()
            throw error
        }
    }

    /// To where it is seen at once, also when the output is a file or a pipe.
    static func print(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}

/// One round, as whatever happens in it knows it.
private final class Round: Sendable {
    @TaskLocal static var current: Round?

    let name: String
    let seed: UInt64
    private let failed = Atomic(false)

    init(name: String, seed: UInt64) {
        self.name = name
        self.seed = seed
    }

    var hasFailed: Bool { failed.load(ordering: .relaxed) }

    func fail() {
        failed.store(true, ordering: .relaxed)
    }
}

extension Trait where Self == IssueHandlingTrait {
    /// For tests with rounds: each issue tells the seed of its round, and no round follows one that failed.
    package static var namesSeed: Self {
        .compactMapIssues { issue in
            guard let round = Round.current else { return issue }
            round.fail()
            // A test may have the trait from its suite as well.
            let comment = Comment(rawValue: "MUSTER_TEST_SEED=\(round.seed)")
            guard !issue.comments.contains(comment) else { return issue }
            var issue = issue
            issue.comments.append(comment)
            return issue
        }
    }
}

extension Trait where Self == TimeLimitTrait {
    /// The time for rounds: these minutes in an ordinary run, so many more as `make torture` gives.
    package static func timeLimit(roundsWithin minutes: Int) -> TimeLimitTrait {
        .timeLimit(.minutes(minutes + (Environment.tortureMinutes ?? 0)))
    }
}
