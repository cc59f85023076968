import EventSourcing
import HTTPTypes
import Logging
import MusterBoards
import MusterCommands
import MusterDomain
import Records

/// Takes commands in the form people and programs send them, and answers in the form they read.
struct CommandDoor: Sendable {
    let log: LogName
    let handler: CommandHandler
    let boards: LiveBoards

    /// Handles one document.
    ///
    /// - Parameter wait: how long to wait for the boards to include the write; nil: do not wait.
    func answer(_ bytes: [UInt8], from identity: Identity, wait: Duration?, logger: Logger) async -> CommandAnswer {
        let request: CommandRequest
        do throws(Problems) {
            request = try CommandRequest(bytes)
        } catch {
            return .refused(ProblemDetails(error))
        }
        guard request.log == log else { return .refused(Self.otherLog(request.log, here: log)) }
        return await answer(request, from: identity, wait: wait, logger: logger)
    }

    func answer(
        _ request: CommandRequest,
        from identity: Identity,
        wait: Duration?,
        logger: Logger
    ) async -> CommandAnswer {
        let envelope = CommandEnvelope(
            id: request.id,
            command: request.command,
            entry: request.entry,
            actor: identity.actor,
            occurredAt: request.occurredAt
        )
        do throws(CommandFailure) {
            let outcome = try await handler.handle(envelope)
            var isOnBoards: Bool?
            if let wait, let receipt = outcome.receipt {
                isOnBoards = await boards.wait(until: receipt.last, timeout: wait)
            }
            return .accepted(request.id, outcome, isOnBoards: isOnBoards)
        } catch {
            if case .unavailable(let reason) = error {
                logger.error(
                    "command could not be handled",
                    metadata: [
                        "command.name": "\(request.entry.name)", "command.id": "\(request.id)", "reason": "\(reason)",
                    ]
                )
            }
            return .refused(ProblemDetails(error))
        }
    }

    private static func otherLog(_ log: LogName, here: LogName) -> ProblemDetails {
        ProblemDetails(
            status: .notFound,
            code: "log-not-found",
            title: Words("There is no such log here", zh: "此处没有这个日志"),
            detail: Words("This door leads to \(here), not to \(log).", zh: "此入口属于日志 \(here)，不是 \(log)。"),
            errors: Problems("unknown", Words("is not served here", zh: "不在此提供")).under("log").list
        )
    }
}
