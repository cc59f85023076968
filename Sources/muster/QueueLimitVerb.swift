import ArgumentParser
import Logging
import MusterRuntime
import TaskQueue

/// Sets what bounds an agency's tasks.
struct QueueLimitVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limit",
        abstract: "Set how many tasks of an agency are with workers at a time, and how many start in a time.",
        discussion: """
            Without options it shows the limits. An agency, or kind, without limits of its own has those of '*'. A limit \
            for an agency bounds all its kinds together; with --kind it bounds that kind beside it. The limits hold over \
            all processes, also when the dispatcher changes.
            """
    )

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The log.")
    var log = "town"

    @Argument(help: "The agency; '*' for each that has no limit of its own.")
    var agency: String = "*"

    @Option(help: "Only tasks of this kind.")
    var kind: String?

    @Option(help: "So many with workers at a time.")
    var concurrency: Int32?

    @Option(help: "So many start in a time: TASKS/SECONDS, as 30/60.")
    var rate: String?

    @Option(help: "So many of them may start at once.")
    var burst: Int32 = 1

    @Flag(help: "Remove the limit.")
    var none = false

    func validate() throws {
        if none, concurrency != nil || rate != nil {
            throw ValidationError("--none removes a limit: it goes with neither --concurrency nor --rate")
        }
        if let concurrency, concurrency < 1 {
            throw ValidationError("--concurrency is 1 or more; to hand out nothing: muster queue pause \(agency)")
        }
        if rate != nil, parsedRate == nil {
            throw ValidationError("--rate is TASKS/SECONDS, as 30/60, with --burst of 1 or more")
        }
    }

    private var parsedRate: Rate? {
        guard let parts = rate?.split(separator: "/"), parts.count == 2, let tasks = Int32(parts[0]),
            let seconds = Int32(parts[1])
        else { return nil }
        return Rate(tasks: tasks, seconds: seconds, burst: burst)
    }

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        let scope = QueueLimits.Scope(agency: agency == "*" ? nil : agency, kind: kind)
        let (isChange, isNone, concurrency, rate) = (
            none || concurrency != nil || rate != nil, none, concurrency, parsedRate
        )
        let limits = try await QueueVerbs(access: database.access, log: LogOptions.check(log)).withQueue { queue in
            if isChange {
                let isPaused = try await queue.limits()[scope]?.isPaused ?? false
                let limit = QueueLimit(concurrency: concurrency, rate: rate, isPaused: isPaused)
                try await queue.setLimit(isNone && !isPaused ? nil : limit, for: scope)
            }
            return try await queue.limits()
        }
        if limits.limits.isEmpty { print("No limits.") }
        for (scope, limit) in limits.limits.sorted(by: { Self.name($0.key) < Self.name($1.key) }) {
            let words = QueueText.words(limit)
            print("\(Self.name(scope)): \(words.isEmpty ? "no limit" : words)")
        }
    }

    private static func name(_ scope: QueueLimits.Scope) -> String {
        (scope.agency ?? "*") + (scope.kind.map { ", \($0)" } ?? "")
    }
}
