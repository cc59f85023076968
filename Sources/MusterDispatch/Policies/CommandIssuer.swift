import EventSourcing
import Logging
import Metrics
import MusterCommands
import MusterDomain
import Records
import ServiceLifecycle

/// Sends the commands of policies through the door that every command takes, until there is an answer.
struct CommandIssuer: Sendable {
    private static let firstWait = Duration.milliseconds(100)
    private static let longestWait = Duration.seconds(10)
    /// Commands under way at a time: enough to share commits, few enough to leave room for people's commands.
    private static let width = 32

    let handler: CommandHandler
    let logger: Logger

    /// Issues commands: those of one stream in their order, those of different streams at the same time. Returns and
    /// throws as for one.
    func issue(_ commands: [IssuedCommand]) async throws {
        let lanes = Dictionary(grouping: commands, by: \.envelope.command.stream)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, lane) in lanes.values.enumerated() {
                if index >= Self.width { try await group.next() }
                group.addTask {
                    for command in lane { try await issue(command) }
                }
            }
            try await group.waitForAll()
        }
    }

    /// Returns when the command was accepted or refused. A refusal is an answer: the state has moved on since.
    ///
    /// - Throws: `CancellationError` on cancellation, and on graceful shutdown while there is no answer. The command is
    ///   then issued again under the same id by whoever leads next.
    func issue(_ command: IssuedCommand) async throws {
        var wait = Self.firstWait
        while true {
            do throws(CommandFailure) {
                _ = try await handler.handle(command.envelope)
                return count(command, "accepted")
            } catch .rejected(let rejection) {
                logger.debug(
                    "command of a policy refused",
                    metadata: metadata(command, ["rule": "\(rejection.rule)", "reason": "\(rejection.reason)"])
                )
                return count(command, "rejected")
            } catch .invalid(let problems) {
                // A fault of the policy, which repeating cannot mend and which must not hold up all others.
                logger.error(
                    "command of a policy is invalid",
                    metadata: metadata(command, ["problem": "\(problems.list.first?.words.en ?? "")"])
                )
                return count(command, "invalid")
            } catch .overloaded(let retryAfter) {
                count(command, "overloaded")
                wait = max(wait, min(retryAfter, Self.longestWait))
            } catch {
                count(command, "failed")
                logger.warning(
                    "command of a policy got no answer, trying again",
                    metadata: metadata(command, ["error": "\(error)"])
                )
            }
            if Task.isShuttingDownGracefully { throw CancellationError() }
            try await Task.sleep(for: wait * Double.random(in: 0.5...1))
            wait = min(wait * 2, Self.longestWait)
        }
    }

    private func count(_ command: IssuedCommand, _ outcome: String) {
        Counter(
            label: "muster_policy_commands_total",
            dimensions: [("policy", command.policy), ("command", command.envelope.entry.name), ("outcome", outcome)]
        ).increment()
    }

    private func metadata(_ command: IssuedCommand, _ more: Logger.Metadata) -> Logger.Metadata {
        let common: Logger.Metadata = [
            "policy": "\(command.policy)",
            "command.name": "\(command.envelope.entry.name)",
            "command.id": "\(command.envelope.id)",
        ]
        return common.merging(more) { $1 }
    }
}
