import EventSourcing
import MusterDomain
import Testing

/// Given events, when a command comes from an actor, then events or a rejection.
///
/// The command is authorised first, as every door does it.
struct DecisionSpec<Subject: Aggregate> {
    private let town: Town
    private(set) var subject = Subject()

    init(_: Subject.Type, given events: [Subject.Event] = [], in town: Town = Town()) {
        self.town = town
        for event in events { subject.evolve(event, from: .test) }
    }

    func when<C: Command>(
        _ command: C,
        by actor: Actor,
        at time: Timestamp = Town.noon,
        now: Timestamp? = nil
    ) throws(Rejection) -> [Subject.Event] where C.Subject == Subject {
        let context = town.context(of: actor, occurredAt: time, now: now)
        try context.authorise(CommandCatalogue.entry(of: command))
        return try command.decide(subject, in: context)
    }

    /// Nil when the command is accepted.
    func refusal<C: Command>(
        of command: C,
        by actor: Actor,
        at time: Timestamp = Town.noon,
        now: Timestamp? = nil
    ) -> Rejection? where C.Subject == Subject {
        do throws(Rejection) {
            _ = try when(command, by: actor, at: time, now: now)
            return nil
        } catch {
            return error
        }
    }
}

extension Rejection {
    /// Rule and reason, as tests compare them: `R3.3 lead-missing`.
    var code: String { "\(rule) \(reason)" }
}
