import EventSourcing
package import MusterDomain
package import Records

/// What waits at the desks, by channel and age; how calls are answered and how much is solved at first contact; where
/// several say the same; forms that were asked for as against what was known; how long direct reports take to each level
/// (S5).
///
/// It shows no words and no numbers of people, and so has nothing to erase. It keeps what is open, and counts.
package struct IntakeBoard: ListedBoard {
    package static let name = "intake"
    package static let version = 2
    package static let words = Words("Intake", zh: "受理")
    package static let columns = [Words("Since", zh: "起始"), Words("State", zh: "状态")]
    /// How many places with several reports are named.
    private static let maximumCrowds = 8

    private struct File: Sendable {
        var content: IntakeRow.Content
        let territory: TerritoryID
        let since: Timestamp
        var due: Timestamp?
        /// Its time has passed, and the desk was told.
        var isOverdue = false
        let position: Position
    }

    private var register = Register()
    private var files: [String: File] = [:]
    private var directs: [DirectReportID: DirectCourse] = [:]
    private var surges = OpenSurges()
    private var answers = AnswerLog()
    private var places = PlaceCounts()
    private var tally = IntakeFigures.Tally()

    package init() {}

    package mutating func fold(_ fact: Fact, _ clocks: ClockChanges) -> [String] {
        switch fact.event {
        case .report(let event): return fold(event, fact)
        case .matter(let event): return event.dealsWithReport ? leave("report/\(event.matter)") : []
        case .data(let event): return fold(event, fact)
        case .directReport(let event): return fold(event, fact)
        case .desk(let event): return fold(event, fact)
        case .authority, .territory:
            // Names are on every row; parties and territories are set up before there are many.
            return register.fold(fact) ? Array(files.keys) : []
        default: return []
        }
    }

    package func row(_ key: String) -> IntakeRow? { files[key].map { row(key, $0) } }

    package func rows() -> [IntakeRow] { files.map { row($0.key, $0.value) }.sorted { $0.order < $1.order } }

    private func row(_ key: String, _ file: File) -> IntakeRow {
        IntakeRow(
            key: key,
            content: file.content,
            territory: file.territory,
            territoryName: register.name(of: file.territory),
            since: file.since,
            due: file.due,
            isOverdue: file.isOverdue,
            position: file.position
        )
    }

    package func figures(at moment: BoardMoment) -> IntakeFigures {
        IntakeFigures(
            tally: tally,
            day: answers.day(at: moment.now),
            targets: moment.targets.calls,
            crowds: places.crowds.prefix(Self.maximumCrowds).map { crowd in
                IntakeFigures.Crowd(
                    territory: crowd.place.territory,
                    name: register.name(of: crowd.place.territory),
                    kind: crowd.place.kind,
                    count: crowd.count
                )
            },
            surges: surges.all.values.map { IntakeFigures.Surge($0, register.name(of: $0.territory)) }
                .sorted { $0.territory < $1.territory }
        )
    }

    // MARK: Reports

    private static func key(_ report: ReportID) -> String { "report/\(report)" }

    private mutating func fold(_ event: ReportEvent, _ fact: Fact) -> [String] {
        switch event {
        case .submitted(let payload): return submit(payload, fact)
        case .answered(let payload):
            if payload.isFirstContact, payload.isSolved { answers.count(fact) { $0.solvedAtOnce += 1 } }
            return leave(Self.key(payload.report))
        case .triaged(let payload): return leave(Self.key(payload.report))
        case .routed(let payload): return leave(Self.key(payload.report))
        case .joined(let payload): return leave(Self.key(payload.report))
        case .overdue(let payload): return mark(Self.key(payload.report))
        case .merged, .split: return []
        }
    }

    private mutating func submit(_ report: ReportSubmitted, _ fact: Fact) -> [String] {
        if report.splitFrom == nil {
            answers.count(fact) { counts in
                counts.reports += 1
                guard report.channel == .phone else { return }
                counts.answeredCalls += 1
                if report.isAnsweredLate == true { counts.lateCalls += 1 }
            }
        }
        let key = Self.key(report.report)
        guard files[key] == nil else { return [] }
        let clock = surges.clock(of: report, fact.origin, register.territories)
        files[key] = File(
            content: .report(
                report.report,
                report.kind,
                report.channel,
                isUrgent: report.isPressing,
                isInSurge: clock?.isInSurge ?? false
            ),
            territory: report.territory,
            since: fact.origin.occurredAt,
            due: clock?.due,
            position: fact.position
        )
        places.add(PlaceCounts.Place(territory: report.territory, kind: report.kind))
        tally.wait(report.channel, report.isPressing, by: 1)
        return [key]
    }

    /// A report leaves the queue when somebody deals with it.
    private mutating func leave(_ key: String) -> [String] {
        guard let file = close(key) else { return [] }
        if case .report(_, let kind, let channel, let isUrgent, _) = file.content {
            places.remove(PlaceCounts.Place(territory: file.territory, kind: kind))
            tally.wait(channel, isUrgent, by: -1)
        }
        return [key]
    }

    // MARK: Rows

    private mutating func close(_ key: String) -> File? {
        guard let file = files.removeValue(forKey: key) else { return nil }
        if file.isOverdue { tally.overdue -= 1 }
        return file
    }

    private mutating func remove(_ key: String) -> [String] { close(key) == nil ? [] : [key] }

    /// Its time has passed.
    private mutating func mark(_ key: String) -> [String] {
        guard files[key]?.isOverdue == false else { return [] }
        files[key]?.isOverdue = true
        tally.overdue += 1
        return [key]
    }

    // MARK: Forms

    private mutating func fold(_ event: DataEvent, _ fact: Fact) -> [String] {
        switch event {
        case .requested(let payload):
            tally.forms.asked += 1
            let key = "form/\(payload.request)"
            files[key] = File(
                content: .form(
                    payload.request,
                    payload.day,
                    items: payload.items.count,
                    asker: register.name(of: fact.origin.actor.party)
                ),
                territory: payload.territory,
                since: fact.origin.occurredAt,
                due: payload.replyBy,
                position: fact.position
            )
            return [key]
        case .satisfied(let payload):
            if payload.isFromKnown { tally.forms.known += 1 } else { tally.forms.typed += 1 }
            return remove("form/\(payload.request)")
        case .refused(let payload):
            tally.forms.duplicates += 1
            return remove("form/\(payload.request)")
        case .overdue(let payload): return mark("form/\(payload.request)")
        case .recorded: return []
        }
    }

    // MARK: Direct reports

    private mutating func fold(_ event: DirectReportEvent, _ fact: Fact) -> [String] {
        switch event {
        case .filed(let payload):
            let key = "direct/\(payload.directReport)"
            let course = DirectCourse(filedAt: fact.origin.occurredAt, waiting: payload.to)
            directs[payload.directReport] = course
            files[key] = File(
                content: .direct(payload.directReport, waiting: payload.to.map(register.name(of:))),
                territory: payload.territory,
                since: fact.origin.occurredAt,
                due: nil,
                position: fact.position
            )
            return [key]
        case .received(let payload):
            let key = "direct/\(payload.directReport)"
            guard var course = directs[payload.directReport] else { return [] }
            tally.transit(payload.level, fact.origin.occurredAt.since(course.filedAt))
            // A copy is for reading; nobody waits for it.
            course.waiting.removeAll { $0 == payload.territory }
            guard !course.waiting.isEmpty else {
                directs[payload.directReport] = nil
                return remove(key)
            }
            directs[payload.directReport] = course
            files[key]?.content = .direct(payload.directReport, waiting: course.waiting.map(register.name(of:)))
            return [key]
        }
    }

    // MARK: Calls and surges

    private mutating func fold(_ event: DeskEvent, _ fact: Fact) -> [String] {
        surges.evolve(event)
        switch event {
        case .surgeDeclared, .surgeEnded: break
        case .callAbandoned(let payload):
            answers.count(fact) { $0.abandonedCalls += 1 }
            guard let callBackBy = payload.callBackBy else { return [] }
            let key = "call/\(payload.call)"
            files[key] = File(
                content: .call(payload.call, attempts: 0),
                territory: payload.territory,
                since: fact.origin.occurredAt,
                due: callBackBy,
                position: fact.position
            )
            tally.callBacks += 1
            return [key]
        case .callBackExtended(let payload):
            let key = "call/\(payload.call)"
            guard files[key] != nil else { return [] }
            files[key]?.due = payload.callBackBy
            return [key]
        case .callOverdue(let payload): return mark("call/\(payload.call)")
        case .callReturned(let payload):
            let key = "call/\(payload.call)"
            guard files[key] != nil else { return [] }
            guard payload.isLast else {
                files[key]?.content = .call(payload.call, attempts: payload.attempt)
                return [key]
            }
            tally.callBacks -= 1
            if !payload.isReached { tally.givenUp += 1 }
            return remove(key)
        }
        return []
    }
}

/// A direct report that a level has not looked at.
private struct DirectCourse: Sendable {
    let filedAt: Timestamp
    /// The nearest first.
    var waiting: [TerritoryID]
}
