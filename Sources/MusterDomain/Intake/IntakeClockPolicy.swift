import EventSourcing

/// Notes which reports, calls back and requests for figures nobody has dealt with in their time (S5).
///
/// A clock costs an entry in a sorted list while somebody waits, and an event only when its time has passed: most of 87,000
/// calls a day never come to that.
package struct IntakeClockPolicy: Policy {
    package static let name = "intake-clocks"
    /// More timers than this are not asked for at a time: each that fires makes room for the next.
    private static let timersAtOnce = 200

    private enum Item: Hashable, Comparable, Sendable {
        case report(ReportID)
        case call(CallID)
        case form(DataRequestID)
    }

    private struct Clock: Sendable {
        let territory: TerritoryID
        let limit: Duration
    }

    private var territories = TerritoryRegister()
    private var surges = OpenSurges()
    private var deadlines = Deadlines<Item>()
    private var clocks: [Item: Clock] = [:]

    package init() {}

    package mutating func evolve(_ fact: Fact) {
        switch fact.event {
        case .territory(let event): territories.evolve(event, from: fact.origin)
        case .report(let event): evolve(event, fact)
        case .matter(let event):
            if event.dealsWithReport, let report = ReportID(rawValue: event.matter.rawValue) { stop(.report(report)) }
        case .desk(let event): evolve(event, fact)
        case .data(let event): evolve(event, fact)
        default: break
        }
    }

    private mutating func evolve(_ event: ReportEvent, _ fact: Fact) {
        switch event {
        case .submitted(let payload):
            guard let clock = surges.clock(of: payload, fact.origin, territories) else { return }
            start(.report(payload.report), due: clock.due, clock.limit, in: payload.territory, fact)
        case .triaged(let payload): stop(.report(payload.report))
        case .joined(let payload): stop(.report(payload.report))
        case .routed(let payload): stop(.report(payload.report))
        case .answered(let payload): stop(.report(payload.report))
        case .overdue(let payload): stop(.report(payload.report))
        case .merged, .split: break
        }
    }

    private mutating func evolve(_ event: DeskEvent, _ fact: Fact) {
        surges.evolve(event)
        switch event {
        case .surgeDeclared, .surgeEnded: break
        case .callAbandoned(let payload):
            guard let due = payload.callBackBy, let limit = payload.limit else { return }
            start(.call(payload.call), due: due, limit, in: payload.territory, fact)
        case .callBackExtended(let payload):
            guard let clock = clocks[.call(payload.call)] else { return }
            start(.call(payload.call), due: payload.callBackBy, payload.limit, in: clock.territory, fact)
        case .callReturned(let payload): if payload.isLast { stop(.call(payload.call)) }
        case .callOverdue(let payload): stop(.call(payload.call))
        }
    }

    private mutating func evolve(_ event: DataEvent, _ fact: Fact) {
        switch event {
        case .requested(let payload):
            start(.form(payload.request), due: payload.replyBy, payload.limit, in: payload.territory, fact)
        case .satisfied(let payload): stop(.form(payload.request))
        case .refused(let payload): stop(.form(payload.request))
        case .overdue(let payload): stop(.form(payload.request))
        case .recorded: break
        }
    }

    private mutating func start(
        _ item: Item,
        due: Timestamp,
        _ limit: Duration,
        in territory: TerritoryID,
        _ fact: Fact
    ) {
        clocks[item] = Clock(territory: territory, limit: limit)
        deadlines.set(item, due, because: fact.id)
    }

    private mutating func stop(_ item: Item) {
        guard clocks.removeValue(forKey: item) != nil else { return }
        deadlines.remove(item)
    }

    package func reactions(to fact: Fact) -> [Reaction] { [] }

    package var timers: [PolicyTimer] {
        deadlines.earliest(Self.timersAtOnce).compactMap { entry in
            guard let clock = clocks[entry.key] else { return nil }
            let (key, command) = Self.command(for: entry.key, dueBy: entry.due, clock.limit)
            return PolicyTimer(
                key: "overdue/\(key)/\(entry.due)",
                due: entry.due,
                command: command,
                actor: .system(in: clock.territory),
                cause: entry.cause
            )
        }
    }

    private static func command(for item: Item, dueBy: Timestamp, _ limit: Duration) -> (String, any Command) {
        switch item {
        case .report(let report):
            ("report/\(report)", RecordOverdueReport(report: report, dueBy: dueBy, limit: limit))
        case .call(let call): ("call/\(call)", RecordOverdueCall(call: call, dueBy: dueBy))
        case .form(let request): ("form/\(request)", RecordOverdueForm(request: request, dueBy: dueBy))
        }
    }
}
