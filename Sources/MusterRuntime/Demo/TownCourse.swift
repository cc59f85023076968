import EventSourcing
import MusterDomain

/// Something that goes on in the town, as the log tells it.
enum TownCourse: Sendable {
    /// `turn` says how often it was reopened.
    case matter(Matter, turn: Int)
    case incident(Incident)
    case directive(TownDirective)

    /// The course that an event belongs to, and its beginning; nil for events that nobody in the town reacts to.
    static func start(of fact: Fact) -> (stream: StreamName, course: TownCourse)? {
        switch fact.event {
        case .matter: (fact.stream, .matter(Matter(), turn: 0))
        case .incident(.caseRegistered): nil
        case .incident: (fact.stream, .incident(Incident()))
        case .directive(let event): (Directive.stream(event.directive), .directive(TownDirective()))
        case .addressedDirective(let event): (Directive.stream(event.directive), .directive(TownDirective()))
        default: nil
        }
    }

    mutating func evolve(_ fact: Fact) {
        switch (self, fact.event) {
        case (.matter(var matter, var turn), .matter(let event)):
            matter.evolve(event, from: fact.origin)
            if case .reopened = event { turn += 1 }
            self = .matter(matter, turn: turn)
        case (.incident(var incident), .incident(let event)):
            incident.evolve(event, from: fact.origin)
            self = .incident(incident)
        case (.directive(var directive), .directive(let event)):
            directive.source.evolve(event, from: fact.origin)
            self = .directive(directive)
        case (.directive(var directive), .addressedDirective(let event)):
            directive.copies[event.addressee, default: AddressedDirective()].evolve(event, from: fact.origin)
            self = .directive(directive)
        default: break
        }
    }
}

/// A directive with what everybody made of it who has it.
struct TownDirective: Sendable {
    var source = Directive()
    var copies: [Addressee: AddressedDirective] = [:]
}
