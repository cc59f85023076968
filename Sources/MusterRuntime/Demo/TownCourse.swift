import EventSourcing
import MusterDomain

/// Something that goes on in the town, as the log tells it.
enum TownCourse: Sendable {
    /// `turn` says how often it was reopened.
    case matter(Matter, turn: Int)
    case incident(Incident)
    case directive(TownDirective)
    case building(TownBuilding)
    case report(TownReport)
    case call(TownCall)
    case surge(TownSurge)
    case form(TownForm)
    case directReport(TownDirectReport)
    case measure(TownMeasure)
    case asset(TownAsset)
    case inquiry(TownInquiry)
    case notice(TownNotice)

    /// The course that an event belongs to, and its beginning; nil for events that nobody in the town reacts to.
    static func start(of fact: Fact) -> (stream: StreamName, course: TownCourse)? {
        switch fact.event {
        case .matter: (fact.stream, .matter(Matter(), turn: 0))
        case .incident(.caseRegistered): nil
        case .incident: (fact.stream, .incident(Incident()))
        case .directive(let event): (Directive.stream(event.directive), .directive(TownDirective()))
        case .addressedDirective(let event): (Directive.stream(event.directive), .directive(TownDirective()))
        case .territory(.buildingRegistered(let payload)):
            (HouseholdRegister.stream(payload.building), .building(TownBuilding()))
        case .household: (fact.stream, .building(TownBuilding()))
        case .report: (fact.stream, .report(TownReport()))
        case .desk(let event): start(of: event, fact)
        case .data(.recorded): nil
        case .data: (fact.stream, .form(TownForm()))
        case .directReport: (fact.stream, .directReport(TownDirectReport()))
        case .authority(let event): start(of: event, fact)
        case .inquiry: (fact.stream, .inquiry(TownInquiry()))
        case .notice: (fact.stream, .notice(TownNotice()))
        case .territory, .gridWorker, .appraisal, .privacy, .playbook, .unknown: nil
        }
    }

    private static func start(of event: DeskEvent, _ fact: Fact) -> (stream: StreamName, course: TownCourse) {
        switch event {
        case .callAbandoned, .callBackExtended, .callReturned, .callOverdue: (fact.stream, .call(TownCall()))
        case .surgeDeclared, .surgeEnded: (fact.stream, .surge(TownSurge()))
        }
    }

    private static func start(of event: AuthorityEvent, _ fact: Fact) -> (stream: StreamName, course: TownCourse)? {
        switch event {
        case .assetRequisitioned, .assetReturned: (fact.stream, .asset(TownAsset()))
        default: TownMeasure.measure(of: event).map { (TownMeasure.stream($0), .measure(TownMeasure())) }
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
        case (.building(var building), .territory(.buildingRegistered(let payload))):
            building.begin(payload.building, fact.origin)
            self = .building(building)
        case (.building(var building), .household(let event)):
            building.evolve(event, fact.origin)
            self = .building(building)
        case (.measure(var measure), .authority(let event)):
            measure.evolve(event, fact.origin)
            self = .measure(measure)
        case (.asset(var asset), .authority(let event)):
            asset.evolve(event)
            self = .asset(asset)
        case (.inquiry(var inquiry), .inquiry(let event)):
            inquiry.evolve(event, fact.origin)
            self = .inquiry(inquiry)
        case (.notice(var notice), .notice(let event)):
            notice.evolve(event, fact.origin)
            self = .notice(notice)
        default: evolveDesk(fact)
        }
    }

    /// What is said at the desks.
    private mutating func evolveDesk(_ fact: Fact) {
        switch (self, fact.event) {
        case (.report(var report), .report(let event)):
            report.evolve(event, fact.origin)
            self = .report(report)
        case (.call(var call), .desk(let event)):
            call.evolve(event, fact.origin)
            self = .call(call)
        case (.surge(var surge), .desk(let event)):
            surge.evolve(event)
            self = .surge(surge)
        case (.form(var form), .data(let event)):
            form.evolve(event)
            self = .form(form)
        case (.directReport(var report), .directReport(let event)):
            report.evolve(event, fact.origin)
            self = .directReport(report)
        default: break
        }
    }
}

/// A directive with what everybody made of it who has it.
struct TownDirective: Sendable {
    var source = Directive()
    var copies: [Addressee: AddressedDirective] = [:]
}
