package import EventSourcing
import Records

/// The words, choices and limits that come with columns from their source.
struct ColumnContext {
    var source: AnalysisSource
    /// Words of activities, agencies and so on by their names in the log; others are their own words.
    var activityWords: [String: Words] = [:]
    /// Labels of the clocks' kinds.
    var kinds: [Label] = []
    var endsAreAssumed = false
    /// By number of case, which ones the filters choose; nil: all.
    var isChosen: [Bool]?
    /// Names of activities to hold cases against; empty: none were given.
    var path: [String] = []
    /// The mapping's stages in their order; empty when rows are activities.
    var stages: [String] = []
    /// So many equal readings of one person in a row are looked at.
    var identicalInARow = EntryStatistics.standardInARow
    /// Both sides of a comparison, by number of case.
    var sides: [(words: Words, isIn: [Bool])] = []
    /// Rows of imports that stay, and those that were rejected.
    var rows = 0
    var rejected: [AnalysisCounts.Rejected] = []
    /// Rows of the chosen cases that cannot be.
    var impossible: [ImpossibleRow] = []
}

extension HistoryAnalysis {
    /// Analyses events in memory, of which nothing else is known.
    package init(_ columns: EventColumns, log: LogName, zone: String) {
        let words = Words(log.rawValue, zh: log.rawValue)
        let source = AnalysisSource(
            log: log,
            mode: .history,
            position: .origin,
            title: words,
            caseWords: Words("cases", zh: "案件"),
            rowWords: nil,
            mapping: nil,
            zone: zone,
            filters: [],
            asKnownAt: nil,
            asTrueAt: nil,
            asOf: nil,
            arguments: log.rawValue
        )
        self.init(columns, ColumnContext(source: source))
    }

    /// Analyses events in memory.
    init(_ columns: EventColumns, _ context: ColumnContext) {
        let ranking = ActivityRanking(columns, context)
        var table = CaseTable(columns, isChosen: context.isChosen)
        table.renumberActivities(ranking.numbers)
        let labels = ranking.labels
        let (activities, graph) = table.graph(labels)
        let ways = table.ways()
        let variants = table.variants(ways, columns.caseNames)

        source = context.source
        cases = table.caseDurations(columns.caseNames)
        // What a mapping names and nobody did stands behind all others.
        self.activities = Array(activities.prefix { $0.count > 0 })
        self.graph = graph
        self.variants = variants
        rework = table.rework(activities: labels, closing: table.closing(activities))
        // Rows with several stages stand beside each other in a case: none hands over to another, and one waits for the
        // next stage of its own row.
        let units = context.stages.isEmpty ? nil : Self.units(columns, context, ranking)
        handovers = (units ?? table).handovers(columns.agencyNames)
        handovers?.casesOfSeveral = table.casesOfSeveralAgencies
        work = table.work()
        entry = EntryStatistics(columns, context, table, numbers: ranking.numbers, labels: labels)
        let (first, last) = (table.times.min(), table.times.max())
        span = first.flatMap { first in
            last.map { Timestamp(microseconds: first)...Timestamp(microseconds: $0) }
        }
        let zone = ZoneOffsets(zone: source.zone, over: Self.span(columns)) ?? ZoneOffsets.utc
        workload = table.workload(columns, zone)
        seasonality = table.seasonality(zone)

        let clocks = columns.clocks.filter { clock in context.isChosen.map { $0[Int(clock.caseIndex)] } ?? true }
        let asOf = source.asOf?.microseconds ?? last ?? 0
        onTime = OnTimeStatistics(
            clocks,
            asOf: asOf,
            zone: zone,
            kinds: context.kinds,
            agencies: columns.agencyNames,
            endsAreAssumed: context.endsAreAssumed
        )
        let named = StageStatistics(columns.intervals, isChosen: context.isChosen, agencies: columns.agencyNames)
        stages =
            named.list.contains { $0.all.count > 0 }
            ? named : StageStatistics(graph, activities, of: table, agencies: columns.agencyNames)

        bottlenecks =
            units != nil && stages.areNamed
            ? Bottleneck.list(stages, order: context.stages) : table.bottlenecks(graph, labels, columns.agencyNames)
        conformance = Self.conformance(table, units, ways, ranking, variants, context)
        comparison =
            context.sides.count == 2
            ? Self.comparison(columns, context, ranking, clocks: clocks, asOf: asOf, zone: zone) : nil
        impossible = context.impossible
        counts = AnalysisCounts(
            events: table.eventCount,
            cases: table.count,
            activities: activities.count { $0.count > 0 },
            variants: variants.count,
            rows: context.rows,
            rejected: context.rejected,
            impossible: named.list.filter { $0.impossible > 0 }
                .map { AnalysisCounts.Impossible(from: $0.from, to: $0.to, rows: $0.impossible) }
                + AnalysisCounts.Impossible.activities(of: context.impossible),
            eventsBeforeFilters: columns.count
        )
        findings = []
        findings = FindingWriter(self).findings
    }

    private static func span(_ columns: EventColumns) -> ClosedRange<Int64>? {
        var (first, last) = (columns.times.min(), columns.times.max())
        for clock in columns.clocks {
            first = min(first ?? clock.due, clock.due)
            last = max(last ?? clock.due, clock.due, clock.done)
        }
        return first.flatMap { first in last.map { first...$0 } }
    }

    private static func units(
        _ columns: EventColumns,
        _ context: ColumnContext,
        _ ranking: ActivityRanking
    ) -> CaseTable? {
        var units = CaseTable(columns, isChosen: context.isChosen, byUnit: true)
        guard units.count > 0 else { return nil }
        units.renumberActivities(ranking.numbers)
        return units
    }

    private static func conformance(
        _ table: CaseTable,
        _ units: CaseTable?,
        _ ways: CaseTable.Ways,
        _ ranking: ActivityRanking,
        _ variants: VariantStatistics,
        _ context: ColumnContext
    ) -> ConformanceStatistics? {
        let labels = ranking.labels
        if !context.path.isEmpty {
            // Steps that never occur have no number of their own: each gets one behind the others.
            var all = labels
            let path = context.path.map { name -> Int32 in
                if let known = all.firstIndex(where: { $0.name == name || $0.words.en == name || $0.words.zh == name })
                {
                    return Int32(known)
                }
                all.append(Label(name))
                return Int32(all.count - 1)
            }
            return table.conformance(to: path, .path(path.map { all[Int($0)] }), ways, all)
        }
        if let units, !context.stages.isEmpty {
            let path = context.stages.compactMap { name in labels.firstIndex { $0.name == name }.map { Int32($0) } }
            return units.conformance(to: path, .stages(path.map { labels[Int($0)] }), units.ways(), labels)
        }
        guard let commonest = variants.list.first, commonest.activities.count <= maximumPath else { return nil }
        return table.conformance(
            to: commonest.activities.map { Int32($0) },
            .commonest(commonest.activities.map { labels[$0] }),
            ways,
            labels
        )
    }

    /// Longer ways are no path that anybody would keep to.
    private static let maximumPath = 100

    private static func comparison(
        _ columns: EventColumns,
        _ context: ColumnContext,
        _ ranking: ActivityRanking,
        clocks: [Clock],
        asOf: Int64,
        zone: ZoneOffsets
    ) -> Comparison {
        let stages = columns.intervals.filter { $0.durations.contains { $0 != EventColumns.unknown } }
        let sides = context.sides.map { side in
            let isIn = side.isIn.indices.map { side.isIn[$0] && (context.isChosen?[$0] ?? true) }
            var table = CaseTable(columns, isChosen: isIn)
            table.renumberActivities(ranking.numbers)
            let onTime = OnTimeStatistics(
                clocks.filter { isIn[Int($0.caseIndex)] },
                asOf: asOf,
                zone: zone,
                kinds: context.kinds,
                agencies: columns.agencyNames,
                endsAreAssumed: context.endsAreAssumed
            )
            return ComparisonSide(
                table,
                stages.map { stage in
                    stage.durations.indices.filter { isIn[Int(stage.cases[$0])] && stage.durations[$0] >= 0 }
                        .map { stage.durations[$0] }
                },
                onTime?.all,
                repeated: table.rework(activities: ranking.labels, closing: nil).cases
            )
        }
        return Comparison(
            (context.sides[0].words, sides[0]),
            (context.sides[1].words, sides[1]),
            stages: stages.map {
                Words("\($0.from.words.en) → \($0.to.words.en)", zh: "\($0.from.words.zh) → \($0.to.words.zh)")
            }
        )
    }
}

/// Activities numbered anew, the most frequent of the chosen events first.
struct ActivityRanking {
    /// By the columns' number.
    let numbers: [Int32]
    let labels: [Label]

    init(_ columns: EventColumns, _ context: ColumnContext) {
        var counts = [Int](repeating: 0, count: columns.activityNames.count)
        for index in columns.activities.indices where context.isChosen.map({ $0[Int(columns.cases[index])] }) ?? true {
            counts[Int(columns.activities[index])] += 1
        }
        let names = counts.indices.map { columns.activityNames[Int32($0)] }
        let order = counts.indices.sorted { a, b in
            counts[a] == counts[b] ? names[a] < names[b] : counts[a] > counts[b]
        }
        var numbers = [Int32](repeating: 0, count: counts.count)
        for (rank, activity) in order.enumerated() { numbers[activity] = Int32(rank) }
        self.numbers = numbers
        labels = order.map { Label(names[$0], words: context.activityWords[names[$0]]) }
    }
}
