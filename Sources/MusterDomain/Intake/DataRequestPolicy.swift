import EventSourcing
import Records

/// Answers requests for figures from what anybody told before, and refuses those that an open one asks for already; only
/// what nobody has told is asked of whoever runs the territory (R5.1), and asked for again when its time has passed.
///
/// What a territory did not tell itself is the sum of the territories right below it, where all of these are known.
/// Figures are known for some days and then forgotten, so what this keeps does not grow.
package struct DataRequestPolicy: Policy {
    package static let name = "data-requests"
    /// The item that the register of territories answers, whatever the day.
    static let households = DataItemID("households")

    private let limits: IntakeLimits
    private var offices = Offices()
    private var children: [TerritoryID: [TerritoryID]] = [:]
    private var known = KnownFigures()
    private var open: [Place: [DataRequestID: [DataItemID]]] = [:]
    private var places: [DataRequestID: Place] = [:]

    private struct Place: Hashable, Sendable {
        let territory: TerritoryID
        let day: CaseDay
    }

    package init(limits: Limits) {
        self.limits = limits.intake
    }

    package mutating func evolve(_ fact: Fact) {
        offices.evolve(fact)
        switch fact.event {
        case .territory(let event):
            if case .defined(let territory) = event, let parent = territory.parent {
                children[parent, default: []].append(territory.territory)
            }
        case .data(let event): evolve(event, fact)
        case .directReport(.filed(let report)):
            guard let day = report.day, let figures = report.figures else { return }
            known.take(figures, of: report.territory, day, from: fact.id, keeping: limits.knownDays)
        default: break
        }
    }

    private mutating func evolve(_ event: DataEvent, _ fact: Fact) {
        switch event {
        case .requested(let request):
            let place = Place(territory: request.territory, day: request.day)
            open[place, default: [:]][request.request] = request.items
            places[request.request] = place
        case .satisfied(let payload): close(payload.request)
        case .refused(let payload): close(payload.request)
        case .overdue: break
        case .recorded(let payload):
            known.take(payload.figures, of: payload.territory, payload.day, from: fact.id, keeping: limits.knownDays)
        }
    }

    private mutating func close(_ request: DataRequestID) {
        guard let place = places.removeValue(forKey: request) else { return }
        open[place]?[request] = nil
        if open[place]?.isEmpty == true { open[place] = nil }
    }

    package func reactions(to fact: Fact) -> [Reaction] {
        switch fact.event {
        case .data(.requested(let request)): answerOrRefuse(request, fact)
        case .data(.overdue(let overdue)): remind(overdue, fact)
        case .data(.recorded(let payload)): answerOpen(payload.territory, payload.day, fact)
        case .directReport(.filed(let report)):
            report.day.map { answerOpen(report.territory, $0, fact) } ?? []
        default: []
        }
    }

    private func answerOrRefuse(_ request: DataRequested, _ fact: Fact) -> [Reaction] {
        let place = Place(territory: request.territory, day: request.day)
        if let answers = answers(to: request.items, place) {
            return [fulfil(request.request, answers, isFromKnown: true, place, fact)]
        }
        let wanted = Set(request.items)
        // By name, so that every replay finds the same.
        let same = open[place, default: [:]].filter { $0.key != request.request && wanted.isSubset(of: $0.value) }
        guard let first = same.keys.min() else { return ask(request, place, fact) }
        let command = RefuseDuplicateRequest(request: request.request, duplicateOf: first)
        return [.issue(command: command, actor: .system(in: request.territory), key: "duplicate/\(fact.id)")]
    }

    /// Asks for what is not known, and for nothing else.
    private func ask(_ request: DataRequested, _ place: Place, _ fact: Fact) -> [Reaction] {
        guard let party = offices.offices(from: place.territory, at: fact.origin.recordedAt).first,
            party != fact.origin.actor.party
        else { return [] }
        return [deliver(request.request, .form, request.items, place, due: request.replyBy, to: party, fact)]
    }

    /// Whoever owes the figures is asked again, and whoever waits for them hears that they are late.
    private func remind(_ overdue: DataRequestOverdue, _ fact: Fact) -> [Reaction] {
        guard let place = places[overdue.request], let items = open[place]?[overdue.request] else { return [] }
        let office = offices.offices(from: place.territory, at: fact.origin.recordedAt).first
        let parties = office == overdue.asker ? [office] : [office, overdue.asker]
        return parties.compactMap(\.self).map { party in
            deliver(overdue.request, .formOverdue, items, place, due: overdue.dueBy, to: party, fact)
        }
    }

    private func deliver(
        _ request: DataRequestID,
        _ kind: TaskDeliveryKind,
        _ items: [DataItemID],
        _ place: Place,
        due: Timestamp,
        to party: PartyID,
        _ fact: Fact
    ) -> Reaction {
        let task = FormDelivery(
            request: request,
            kind: kind,
            territory: place.territory,
            day: place.day,
            items: items.filter { answer($0, place.territory, place.day, depth: 0) == nil },
            due: due
        )
        let names = task.items.map(\.rawValue)
        let line = Words(
            "\(place.day.rawValue), \(names.joined(separator: ", "))",
            zh: "\(place.day.rawValue)，\(names.joined(separator: "、"))"
        )
        return .deliver(TaskDelivery(.form(task), to: party, because: fact, line: line))
    }

    /// New figures may complete what was asked of the territory, or of one that holds it.
    private func answerOpen(_ territory: TerritoryID, _ day: CaseDay, _ fact: Fact) -> [Reaction] {
        ([territory] + offices.territories.ancestors(of: territory)).flatMap { territory in
            let place = Place(territory: territory, day: day)
            return open[place, default: [:]].sorted { $0.key < $1.key }.compactMap { request, items in
                answers(to: items, place).map { fulfil(request, $0, isFromKnown: false, place, fact) }
            }
        }
    }

    private func fulfil(
        _ request: DataRequestID,
        _ answers: [DataAnswer],
        isFromKnown: Bool,
        _ place: Place,
        _ fact: Fact
    ) -> Reaction {
        .issue(
            command: FulfilRequestFromKnown(request: request, answers: answers, isFromKnown: isFromKnown),
            actor: .system(in: place.territory),
            key: "fulfil/\(fact.id)/\(request)"
        )
    }

    /// Nil unless all are known.
    private func answers(to items: [DataItemID], _ place: Place) -> [DataAnswer]? {
        var answers: [DataAnswer] = []
        for item in items {
            guard let answer = answer(item, place.territory, place.day, depth: 0) else { return nil }
            answers.append(answer)
        }
        return answers
    }

    private func answer(_ item: DataItemID, _ territory: TerritoryID, _ day: CaseDay, depth: Int) -> DataAnswer? {
        if let figure = known.figure(item, of: territory, day) { return figure }
        if item == Self.households, let count = offices.territories.households(in: territory) {
            return DataAnswer(item: item, figure: count)
        }
        // The bound holds even if a log were to hold a cycle.
        guard let below = children[territory], !below.isEmpty, depth < TerritoryLevel.allCases.count else { return nil }
        var sum = 0
        for child in below {
            guard let answer = answer(item, child, day, depth: depth + 1) else { return nil }
            sum += answer.figure
        }
        // A sum that no answer can hold is asked for, as what nobody has told is.
        guard DataAnswer.figures.contains(sum) else { return nil }
        return DataAnswer(item: item, figure: sum, parts: below.count)
    }
}
