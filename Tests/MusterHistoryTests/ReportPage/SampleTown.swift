import EventSourcing
import Records

@testable import MusterHistory

extension SampleAnalyses {
    private static let names: [(String, String)] = [
        ("raised", "提出"), ("investigated", "核查"), ("whistled", "吹哨"), ("accepted", "受理"), ("on scene", "到场"),
        ("done", "办完"), ("filed both", "双报"), ("closed", "结案"), ("solved locally", "就地解决"), ("no-show", "未到场"),
        ("filed one side", "单方备案"),
    ]
    private static let departments: [(String, String)] = [
        ("Fire", "消防"), ("Health centre", "卫生院"), ("Urban management", "城管"), ("Police", "公安"), ("Market", "市场监管"),
        ("Gas and power", "燃气供电"),
    ]

    static func label(_ name: (String, String)) -> Label { Label(name.0, words: Words(name.0, zh: name.1)) }

    /// A year of a town: six departments, eleven activities, limits, and every part of an analysis.
    static func town() throws -> HistoryAnalysis {
        var town = try empty()
        let agencies = departments.map(label)
        town.source.position = Position(92_318)
        town.source.filters = [Words("type: fire hazard", zh: "类型：火灾隐患")]
        town.counts.events = 92_318
        town.counts.eventsBeforeFilters = 120_400
        town.counts.cases = 14_206
        town.counts.activities = names.count
        town.counts.variants = 212
        town.counts.rows = 92_318
        town.counts.rejected = [
            AnalysisCounts.Rejected(reason: "no time in column closed_at", rows: 301),
            AnalysisCounts.Rejected(reason: "bytes that are no UTF-8", rows: 17),
        ]
        town.counts.impossible = [
            AnalysisCounts.Impossible(from: label(names[4]), to: label(names[5]), rows: 12)
        ]
        town.span = Timestamp(microseconds: 1_761_955_200_000_000)...Timestamp(microseconds: 1_793_404_800_000_000)
        let weights = [14_206, 13_020, 7_102, 6_848, 6_890, 6_105, 5_216, 10_524, 5_180, 538, 889]
        town.activities = names.indices.map { index in
            ActivityStatistics(
                label: label(names[index]),
                count: weights[index] + (index == 4 ? 640 : 0),
                cases: weights[index],
                starts: index == 0 ? 14_206 : 0,
                ends: index == 7 ? 10_524 : index == 10 ? 889 : index == 1 ? 1_200 : 0,
                before: index == 0 ? .none : durations(20, weights[index]),
                working: index > 3 && index < 7 ? durations(31, weights[index]) : nil
            )
        }
        town.graph = graph
        town.variants = variants
        town.bottlenecks = bottlenecks(agencies)
        town.stages = stages(agencies)
        town.onTime = onTime(agencies)
        town.handovers = handovers(agencies)
        town.cases = CaseDurations(
            durations: durations(1_900, 14_206, spread: 6),
            histogram: zip(
                [0, 60, 300, 1_800, 3_600, 7_200, 18_000, 43_200, 86_400, 172_800, 604_800, 2_592_000],
                [
                    12, 140, 820, 1_330, 1_904, 2_210, 2_480, 1_890, 1_510, 1_120, 690, 100,
                ]
            ).map { DurationBin(from: .seconds($0), to: .seconds($0 * 2 + 60), count: $1) },
            longest: (1...10).map {
                CaseDurations.Longest(id: "2026-\(4_000 + $0)", duration: .seconds(9_000_000 / $0), events: 40 - $0)
            },
            medianEvents: 6,
            maximumEvents: 41
        )
        addPeople(to: &town, agencies)
        town.findings = findings
        return town
    }

    private static var graph: DirectlyFollowsGraph {
        let edges: [(Int, Int, Int, Double)] = [
            (0, 1, 13_020, 9), (1, 2, 7_102, 14), (2, 3, 6_848, 11), (3, 4, 6_310, 48), (4, 5, 6_105, 144),
            (1, 8, 5_180, 35),
            (8, 7, 5_180, 4_320), (5, 6, 5_216, 300), (6, 7, 5_216, 4_320), (5, 10, 889, 1_860), (6, 4, 580, 2_000),
            (3, 9, 538, 60), (9, 4, 538, 41), (4, 4, 640, 12), (2, 9, 14, 90), (1, 7, 9, 20_000), (10, 7, 128, 900),
        ]
        return DirectlyFollowsGraph(
            edges: edges.sorted { $0.2 > $1.2 }.map { from, to, count, minutes in
                DirectlyFollowsGraph.Edge(
                    from: from,
                    to: to,
                    count: count,
                    cases: count,
                    durations: durations(minutes, count)
                )
            }
        )
    }

    private static var variants: VariantStatistics {
        let list: [([Int], Int)] = [
            ([0, 1, 8, 7], 5_180), ([0, 1, 2, 3, 4, 5, 6, 7], 4_340), ([0, 1, 2, 3, 4, 4, 4, 5, 6, 7], 610),
            ([0, 1, 2, 3, 4, 5, 10], 480), ([0, 1, 2, 3, 9, 4, 5, 6, 7], 402),
            ([0, 1, 2, 3, 4, 5, 6, 4, 5, 6, 7], 390),
            ([0, 1], 300), ([0, 1, 2, 3, 9, 4, 5, 10, 7], 120), ([0, 1, 2, 9, 4, 5, 6, 7], 14), ([0, 1, 7], 9),
        ]
        return VariantStatistics(
            count: 212,
            singles: 121,
            cases: 14_206,
            list: list.enumerated().map { index, entry in
                VariantStatistics.Variant(
                    activities: entry.0,
                    cases: entry.1,
                    durations: durations(Double(900 + index * 500), entry.1),
                    example: "2026-\(1_000 + index)"
                )
            }
        )
    }

    private static func bottlenecks(_ agencies: [Label]) -> [Bottleneck] {
        let ways: [(Int, Int, Int, Double, Double)] = [
            (8, 7, 5_180, 4_320, 0.36), (6, 7, 5_216, 4_320, 0.33), (5, 10, 889, 1_860, 0.08), (5, 6, 5_216, 300, 0.07),
            (6, 4, 580, 2_000, 0.05), (4, 5, 6_105, 144, 0.04), (3, 4, 6_310, 48, 0.02), (2, 3, 6_848, 11, 0.004),
            (0, 1, 13_020, 9, 0.0002),
        ]
        return ways.map { from, to, count, minutes, share in
            Bottleneck(
                from: label(names[from]),
                to: label(names[to]),
                durations: durations(minutes, count),
                share: share,
                waitedFor: from == 4
                    ? []
                    : [
                        Bottleneck.WaitedFor(agency: agencies[from % 6], wait: durations(minutes * 1.2, count / 2)),
                        Bottleneck.WaitedFor(agency: agencies[(from + 1) % 6], wait: durations(minutes, count / 3)),
                    ]
            )
        }
    }

    private static func stages(_ agencies: [Label]) -> StageStatistics {
        let medians: [[Double]] = [[4, 6, 13, 19, 24, 8], [17, 24, 62, 23, 120, 33], [95, 180, 420, 180, 780, 240]]
        let limits: [Double] = [30, 60, 1_440]
        let ends = [(2, 3), (3, 4), (4, 5)]
        return StageStatistics(
            list: ends.enumerated().map { stage, ends in
                func limit(_ count: Int) -> StageStatistics.StageLimit {
                    StageStatistics.StageLimit(
                        median: Int64(limits[stage] * 60_000_000),
                        overruns: count / 9,
                        count: count
                    )
                }
                return StageStatistics.Stage(
                    from: label(names[ends.0]),
                    to: label(names[ends.1]),
                    all: durations(medians[stage][1] * 1.5, 6_000),
                    agencies: agencies.indices.filter { !(stage == 2 && $0 == 5) }.map { agency in
                        StageStatistics.ByAgency(
                            agency: agencies[agency],
                            durations: durations(medians[stage][agency], 1_000 - agency * 100, spread: 2.6),
                            limit: limit(1_000)
                        )
                    },
                    missing: 120 * stage,
                    impossible: stage == 2 ? 12 : 0,
                    limit: limit(6_000)
                )
            },
            areNamed: true,
            agencies: agencies
        )
    }

    private static func tally(_ inTime: Int, _ late: Int, _ open: Int, _ within: Int) -> OnTimeStatistics.Tally {
        OnTimeStatistics.Tally(inTime: inTime, closedLate: late, overdueOpen: open, openWithin: within)
    }

    private static func onTime(_ agencies: [Label]) -> OnTimeStatistics {
        let honest = [80, 79, 80, 77, 74, 75, 71, 72, 73, 0, 70, 71]
        return OnTimeStatistics(
            all: tally(8_840, 1_684, 1_927, 1_755),
            lateness: durations(95, 1_684),
            months: honest.enumerated().map { index, share in
                let month = Month(year: index < 2 ? 2025 : 2026, month: (index + 10) % 12 + 1)
                let late = (100 - share) / 2
                return OnTimeStatistics.ByMonth(
                    month: month,
                    tally: share == 0 ? tally(0, 0, 0, 0) : tally(share, late, 100 - share - late, 3)
                )
            },
            hours: (0..<24).map { hour in
                let clocks = hour == 3 ? 0 : hour < 6 ? 14 : 520
                let share = hour == 20 ? 52 : hour == 21 ? 47 : 16 + hour / 2
                return OnTimeStatistics.ByHour(hour: hour, clocks: clocks, late: clocks * share / 100)
            },
            agencies: agencies.enumerated().map { index, agency in
                OnTimeStatistics.ByAgency(
                    agency: agency,
                    tally: tally(900 - index * 80, 100 + index * 20, 60, 30),
                    lateness: durations(90, 100)
                )
            },
            kinds: [
                OnTimeStatistics.ByKind(label: label(names[3]), tally: tally(5_000, 500, 20, 40)),
                OnTimeStatistics.ByKind(label: label(names[4]), tally: tally(3_840, 1_184, 1_907, 1_715)),
            ],
            endsAreAssumed: false,
            formula: 2
        )
    }

    private static func handovers(_ agencies: [Label]) -> HandoverStatistics {
        var cells: [HandoverStatistics.Cell] = []
        for from in agencies.indices {
            for to in agencies.indices where (from * 5 + to * 3) % 7 > 1 {
                let count = 40 + (from * 131 + to * 57) % 300
                let minutes = Double(5 + (from * 37 + to * 91) % 400)
                cells.append(HandoverStatistics.Cell(from: from, to: to, count: count, wait: durations(minutes, count)))
            }
        }
        cells.sort { $0.wait.total > $1.wait.total }
        let others = cells.filter(\.isHandover)
        return HandoverStatistics(
            agencies: agencies,
            cells: cells,
            handovers: others.reduce(0) { $0 + $1.count },
            casesOfSeveral: 7_102,
            wait: DurationSummary(
                count: others.count,
                values: DurationSummary.Values(total: others.reduce(0) { $0 + $1.wait.values.total })
            )
        )
    }

    private static var findings: [ReportFinding] {
        func finding(
            _ kind: ReportFinding.Kind,
            _ headline: Words,
            _ detail: Words,
            _ query: ReportQuery
        ) -> ReportFinding {
            ReportFinding(kind: kind, headline: headline, detail: detail, weight: 0.5, query: query)
        }
        return [
            finding(
                .onTime,
                Words("71 % were on time, not 84 %", zh: "按时率是 71 %，不是 84 %"),
                Words(
                    "1,927 matters are past their limit and still open. The usual figure leaves them out.",
                    zh: "1,927 件已逾期而未结，通常算法没有计入。"
                ),
                .onTime
            ),
            finding(
                .waitsFor,
                Words("The wait is in arriving, not in accepting", zh: "慢在到场，不在受理"),
                Words(
                    "48 min of a median 71 min to help. Four of six departments pass the arrival limit at p90.",
                    zh: "得到帮助的中位 71 分中占 48 分；六部门有四个 p90 超出到场时限。"
                ),
                .stagePercentiles
            ),
            finding(
                .lateHour,
                Words("Half of what ends at 20:00 ends late", zh: "20:00 到期者，半数逾期"),
                Words(
                    "Clocks do not stop at the change of shift, people do.",
                    zh: "交接班人停钟不停。"
                ),
                .lateByHour
            ),
            finding(
                .rework,
                Words("One in nine comes back", zh: "九件有一件重来"),
                Words("580 matters were reopened after both sides had filed.", zh: "580 件双报后重开。"),
                .rework
            ),
            finding(
                .impossible,
                Words("12 rows are done before they were begun", zh: "12 行先完成后开始"),
                Words("They are kept and left out of durations.", zh: "予以保留，不计入时长。"),
                .rejected
            ),
        ]
    }
}
