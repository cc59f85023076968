import EventSourcing
import MusterDomain
import Records
import Synchronization

/// What became of the forms that somebody sent, the newest first, for as long as the process lives.
final class RecentOutcomes: Sendable {
    struct Outcome: Sendable {
        let command: CommandEntry
        let at: Timestamp
        let result: Result
        let matter: String?
    }

    enum Result: Sendable {
        case recorded(Position)
        case nothingToDo
        case refused(ProblemDetails)
    }

    private static let perPerson = 10
    private static let people = 2_000

    private let outcomes = Mutex<[PersonID: [Outcome]]>([:])

    func add(_ outcome: Outcome, of person: PersonID) {
        outcomes.withLock { outcomes in
            // Rare, and a list that is only a convenience: begin anew rather than keep books.
            if outcomes[person] == nil, outcomes.count >= Self.people { outcomes = [:] }
            outcomes[person, default: []].insert(outcome, at: 0)
            if outcomes[person]?.count ?? 0 > Self.perPerson { outcomes[person]?.removeLast() }
        }
    }

    func of(_ person: PersonID) -> [Outcome] { outcomes.withLock { $0[person] ?? [] } }
}
