package import EventSourcing
import Records

/// A history done once more with other crews, limits or another playbook, beside how it was and how the same replay gives
/// it back without any change.
///
/// The same events, choice and changes give the same replay.
package struct HistoryReplay: Sendable {
    /// Of what a replay computes from the same input; a change of it is another replay.
    static let version = 2

    let source: AnalysisSource
    let choice: AnalysisChoice
    let changes: ReplayChanges
    let names: ReplayNames
    let base: ReplayModel
    let changed: ReplayModel
    let playbook: PlaybookChange?
    /// Crews as the log shows them, or as the asker knows them.
    let formerRoster: CrewRoster
    let roster: CrewRoster
    let run: ReplayRun
    let history: ReplayFigures
    let unchanged: ReplayFigures
    let outcome: ReplayFigures
    let isChosen: [Bool]?
    /// Limits that were given because the log has none for their stages: they hold for all three.
    let addedLimits: [StageTime]
    /// Names of stages between which the log says how long it took.
    let intervals: [(from: String, to: String)]
    /// Whether the streams that are the cases are named after people.
    let namesPeople: Bool
    /// The roles by which rows name what is personal in the log that is replayed.
    let personalRoles: [String]

    var calibration: ReplayCalibration { ReplayCalibration(history: history, base: unchanged) }

    /// Reads a log and replays it.
    ///
    /// - Parameters:
    ///   - last: reads no further than that; nil: to the tail, as that stands when reading begins.
    ///   - progress: called after each page with the position that was read, and the last one to be.
    /// - Throws: `ReplayError`; `HistoryError` for an event that does not read as its kind should; otherwise what the
    ///   log throws.
    package static func make(
        from log: any EventStore,
        _ choice: AnalysisChoice = AnalysisChoice(),
        _ changes: ReplayChanges,
        through last: Position? = nil,
        progress: (@Sendable (Position, Position) -> Void)? = nil
    ) async throws -> HistoryReplay {
        let reading = try await LogReading.read(log, choice, through: last, progress: progress)
        return try HistoryReplay(reading, choice, changes)
    }

    init(_ reading: LogReading, _ choice: AnalysisChoice, _ changes: ReplayChanges) throws(ReplayError) {
        if changes.playbook != nil, choice.category != "incident" || !reading.imports.isEmpty {
            throw .playbookOfOthers(category: reading.imports.isEmpty ? choice.category : "import")
        }
        let columns = reading.columns
        var draft = try ReplayDraft(reading, choice, begins: changes.begins)
        let source = reading.source(choice)
        let zone = Self.zone(source, draft)
        let asOf = reading.asOf(choice)?.microseconds ?? columns.times.max() ?? 0
        let isChosen = columns.chosen(
            by: choice.filters,
            marks: choice.attributeFilters,
            zone: source.zone,
            in: reading.places
        )

        let works = try Self.works(changes.works, draft)
        let assumptions = WorkInference.fill(&draft, given: works)
        var base = ReplayModel(draft, kinds: reading.kinds)
        base.assumptions = assumptions
        let names = ReplayNames(columns)

        let count = names.agencies.count
        let observed = CrewRoster.observed(base.work, base.history, agencies: count, zone: zone)
        let former = try Self.applied(changes.formerCrews, to: observed, names, base.work)
        base.work.delays = CrewShortage.delays(base.work, base.history, former, agencies: count, zone: zone)
        let roster = try Self.applied(changes.crews, to: former, names, base.work)

        var playbook: PlaybookChange?
        if let other = changes.playbook {
            playbook = try PlaybookChange(base, reading.steps.all, to: other)
        }
        var changed = playbook?.model ?? base
        let limits = try Self.limit(&base, &changed, changes.limits)
        if let other = playbook?.model { try Self.check(roster, other.work, names) }

        var history = base.history
        for step in 0..<base.work.count { history.readies[step] = history.bases[step] + base.work.delays[step] }
        let unchanged = ReplaySimulation.run(base.work, former, agencies: count, zone: zone)
        let run = ReplaySimulation.run(changed.work, roster, agencies: count, zone: zone)
        func figures(_ model: ReplayModel, _ run: ReplayRun) -> ReplayFigures {
            ReplayFigures(model, run, isChosen: isChosen, zone: zone, asOf: asOf)
        }
        self.source = source
        self.choice = choice
        self.changes = changes
        self.names = names
        self.base = base
        self.changed = changed
        self.playbook = playbook
        formerRoster = former
        self.roster = roster
        self.run = run
        self.history = figures(base, history)
        self.unchanged = figures(base, unchanged)
        outcome = figures(changed, run)
        self.isChosen = isChosen
        addedLimits = limits
        intervals = columns.intervals.map { ($0.from.name, $0.to.name) }
        namesPeople =
            reading.imports.isEmpty && ["person", "case"].contains(choice.category)
            || reading.imports.contains { $0.mapping.personal.contains(Mapping.personalCase) }
        let personal = reading.imports.map { rows in (rows.mapping.roles, rows.mapping.personal) }
        func isPersonal(_ role: (Mapping.Roles) -> String?) -> Bool {
            personal.contains { roles, names in role(roles).map(names.contains) ?? false }
        }
        personalRoles =
            (isPersonal(\.agency) ? ["agency"] : []) + ["resource"] + (isPersonal(\.place) ? ["place"] : [])
    }

    private static func zone(_ source: AnalysisSource, _ draft: ReplayDraft) -> ZoneOffsets {
        let (first, last) = (draft.steps.map(\.base).min() ?? 0, draft.steps.map(\.end).max() ?? 0)
        // What is done later than it was is done within some years.
        let year: Int64 = 366 * 86_400_000_000
        return ZoneOffsets(zone: source.zone, over: first...max(first, last) + 3 * year) ?? .utc
    }

    private static func works(_ given: [StageTime], _ draft: ReplayDraft) throws(ReplayError) -> [Int32: Int64] {
        guard !given.isEmpty else { return [:] }
        var works: [Int32: Int64] = [:]
        for work in given {
            let found = draft.labels.indices.filter { draft.labels[$0].isCalled(work.stage) }
            guard !found.isEmpty else { throw .unknownStage(work.stage, known: draft.labels.map(\.name)) }
            for label in found { works[Int32(label)] = work.time.wholeMicroseconds }
        }
        return works
    }

    private static func applied(
        _ changes: [CrewChange],
        to roster: CrewRoster,
        _ names: ReplayNames,
        _ work: ReplayWork
    ) throws(ReplayError) -> CrewRoster {
        var roster = roster
        let working = Set(work.agencies.filter { $0 >= 0 })
        for change in changes {
            let agencies =
                change.agency == CrewChange.everyAgency
                ? working.sorted() : [names.agencies.known(change.agency)].compactMap(\.self).filter(working.contains)
            guard !agencies.isEmpty else {
                throw .unknownAgency(change.agency, known: working.sorted().map { names.agencies[$0] })
            }
            for agency in agencies {
                guard roster.apply(change, agency: Int(agency)) else { throw .fewerThanNone(change.text) }
            }
        }
        try check(roster, work, names)
        return roster
    }

    private static func check(_ roster: CrewRoster, _ work: ReplayWork, _ names: ReplayNames) throws(ReplayError) {
        for agency in Set(work.agencies.filter { $0 >= 0 }).sorted() where roster.hoursADay(Int(agency)) == 0 {
            throw .noCrew(names.agencies[agency])
        }
    }

    /// Gives both models their deadlines.
    ///
    /// - Returns: the limits that hold for both.
    private static func limit(
        _ base: inout ReplayModel,
        _ changed: inout ReplayModel,
        _ limits: [StageTime]
    ) throws(ReplayError) -> [StageTime] {
        guard !limits.isEmpty else { return [] }
        var (added, replaced): ([StageTime], [StageTime]) = ([], [])
        for limit in limits {
            let found = try changed.limited(by: [limit])
            if found.replaced.contains(true) { replaced.append(limit) } else { added.append(limit) }
        }
        let inBase = try base.limited(by: added.filter { limit in (try? base.numbers(of: limit.stage)) != nil })
        let inChanged = try changed.limited(by: added + replaced)
        changed.deadlines = changed.deadlines(without: replaced) + inChanged.deadlines
        changed.kinds += inChanged.kinds
        base.deadlines += inBase.deadlines
        base.kinds += inBase.kinds
        return added
    }
}

/// What numbers in a replay stand for.
struct ReplayNames: Sendable {
    let cases: NameTable
    private(set) var agencies: NameTable
    let resources: NameTable
    let places: NameTable

    /// The name of the one agency of a log that names none.
    static let everybody = "all"

    init(_ columns: EventColumns) {
        cases = columns.caseNames
        agencies = columns.agencyNames
        resources = columns.resourceNames
        places = columns.placeNames
        if agencies.count == 0 { _ = agencies.index(of: Self.everybody) }
    }

    func agency(_ number: Int32) -> Label {
        let name = agencies[number]
        return Label(name, words: name == Self.everybody ? Words("all", zh: "全部") : nil)
    }
}
