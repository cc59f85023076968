import EventSourcing
import HTTPTypes
import MusterCommands
import Records

/// What a sender is told about one command.
enum CommandAnswer: Sendable {
    /// - Parameter isOnBoards: whether the boards include it, for a sender who asked to wait; nil for others.
    case accepted(CommandID, CommandOutcome, isOnBoards: Bool?)
    case refused(ProblemDetails)

    var status: HTTPResponse.Status {
        switch self {
        case .accepted(_, .appended, _): .created
        case .accepted: .ok
        case .refused(let problem): problem.status
        }
    }

    /// Writes the members of an accepted command's answer into an object that is open.
    static func write(_ id: CommandID, _ outcome: CommandOutcome, _ isOnBoards: Bool?, to writer: inout JSONWriter) {
        writer.member("id", id.description)
        writer.member("outcome", outcome.name)
        if let receipt = outcome.receipt {
            writer.name("first")
            writer.integer(receipt.first.rawValue)
            writer.name("last")
            writer.integer(receipt.last.rawValue)
            writer.member("recordedAt", receipt.recordedAt.rfc3339)
        }
        if let isOnBoards {
            writer.name("isOnBoards")
            writer.boolean(isOnBoards)
        }
    }
}

extension CommandOutcome {
    /// The word that answers use.
    var name: String {
        switch self {
        case .appended: "appended"
        case .repeated: "repeated"
        case .nothingToDo: "nothing-to-do"
        }
    }
}
