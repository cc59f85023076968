/// What one run of a history comes to.
struct ReplayFigures: Hashable, Sendable {
    struct Group: Hashable, Sendable {
        var tally = OnTimeStatistics.Tally()
        var waits = DurationSummary.none
        /// Microseconds that were waited for a crew.
        var waitedForCrew: Int64 = 0
    }

    var all = Group()
    /// By number of agency; only those with work or limits.
    var agencies: [Int32: Group] = [:]
    /// By the hour of day in which the work came in, six hours each.
    var bands: [Group] = Array(repeating: Group(), count: Self.bandCount)
    /// How late what was closed late was.
    var lateness = DurationSummary.none
    /// Microseconds of work, of all cases.
    var worked: Int64 = 0

    static let bandCount = 4
    static let bandHours = 24 / bandCount

    init() {}

    /// - Parameters:
    ///   - isChosen: by number of case, which are counted; nil: all.
    ///   - asOf: what is open and was due before it is overdue.
    init(_ model: ReplayModel, _ run: ReplayRun, isChosen: [Bool]?, zone: ZoneOffsets, asOf: Int64) {
        var lateness: [Int64] = []
        for deadline in model.deadlines {
            let row = model.draft.rows[Int(deadline.row)]
            guard isChosen.map({ $0[Int(row.caseIndex)] }) ?? true else { continue }
            var clock = Clock(caseIndex: row.caseIndex, kind: deadline.kind, due: deadline.due(in: run))
            if let done = deadline.done { clock.done = done.time(in: run) }
            let fate = OnTimeStatistics.Fate(clock, asOf: asOf)
            all.tally.count(fate)
            bands[Self.band(run.bases[Int(row.step)], zone)].tally.count(fate)
            if deadline.agency >= 0 { agencies[deadline.agency, default: Group()].tally.count(fate) }
            if fate == .late { lateness.append(clock.done - clock.due) }
        }
        self.lateness = DurationSummary(lateness)
        count(model, run, isChosen: isChosen, zone: zone)
    }

    private mutating func count(_ model: ReplayModel, _ run: ReplayRun, isChosen: [Bool]?, zone: ZoneOffsets) {
        var waits: [Int64] = []
        var byAgency: [Int32: [Int64]] = [:]
        var byBand: [[Int64]] = Array(repeating: [], count: Self.bandCount)
        for row in model.draft.rows {
            let step = Int(row.step)
            let agency = model.work.agencies[step]
            guard agency >= 0 else { continue }
            worked &+= model.work.works[step]
            let base = run.bases[step]
            guard isChosen.map({ $0[Int(row.caseIndex)] }) ?? true else { continue }
            let wait = run.begins[step] - base
            let forCrew = run.begins[step] - run.readies[step]
            let band = Self.band(base, zone)
            waits.append(wait)
            byAgency[agency, default: []].append(wait)
            byBand[band].append(wait)
            all.waitedForCrew &+= forCrew
            agencies[agency, default: Group()].waitedForCrew &+= forCrew
            bands[band].waitedForCrew &+= forCrew
        }
        all.waits = DurationSummary(waits)
        for (agency, waits) in byAgency { agencies[agency]?.waits = DurationSummary(waits) }
        for (band, waits) in byBand.enumerated() { bands[band].waits = DurationSummary(waits) }
    }

    private static func band(_ time: Int64, _ zone: ZoneOffsets) -> Int { zone.hour(time) / bandHours }
}

/// How well a replay without any change gives the history back.
struct ReplayCalibration: Hashable, Sendable {
    /// Differences as shares of what was; nil where there was nothing.
    let late: Double?
    let waits: Double?

    init(history: ReplayFigures, base: ReplayFigures) {
        func error(_ was: Double, _ became: Double) -> Double? {
            was == 0 ? (became == 0 ? nil : 1) : (became - was) / was
        }
        let (was, became) = (history.all, base.all)
        late = was.tally.all == 0 ? nil : error(Double(was.tally.late), Double(became.tally.late)) ?? 0
        waits = error(Double(was.waits.values.total), Double(became.waits.values.total))
    }

    /// Beyond this share the replay is not to be trusted.
    static let tolerance = 0.1

    var isTrusted: Bool { [late, waits].allSatisfy { abs($0 ?? 0) <= Self.tolerance } }
}
