import EventSourcing
import MusterBoards
import MusterDomain

/// A surge of reports from a city of 243 communities: what deciding one costs, and what policies and the intake board
/// make of it, without any log.
struct IntakeBenchmark: Benchmark {
    let ids = ["intake.surge"]

    private static let reports = 10_000
    private static let communities = 243

    /// Seconds that were spent on all reports of a run.
    private struct Times {
        var deciding = Duration.zero
        var policies = Duration.zero
        var board = Duration.zero
    }

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        var times: [Times] = []
        for run in 1...(bench.isQuick ? 3 : 9) {
            BenchCluster.say("intake.surge: \(Self.reports) reports, run \(run)")
            times.append(try Self.measure())
        }
        func microseconds(_ part: (Times) -> Duration) -> [Double] {
            times.map { part($0) / .microseconds(1) / Double(Self.reports) }
        }
        return [
            Measurement(
                id: ids[0],
                unit: "µs/report",
                runs: microseconds(\.deciding),
                beside: [
                    ("policies, µs a report", Measurement.median(microseconds(\.policies))),
                    ("board with its figures after every 10, µs a report", Measurement.median(microseconds(\.board))),
                ]
            )
        ]
    }

    private static func measure() throws -> Times {
        var times = Times()
        let clock = ContinuousClock()
        var territories = TerritoryRegister()
        var (intake, surge, data) = (
            IntakePolicy(), SurgePolicy(limits: .standard), DataRequestPolicy(limits: .standard)
        )
        var board = BoardFold<IntakeBoard>()
        let start = Timestamp(microseconds: 1_795_233_600_000_000)
        for (number, territory) in city().enumerated() {
            let fact = fact(.territory(.defined(territory)), number, at: start)
            territories.evolve(.defined(territory), from: fact.origin)
            intake.evolve(fact)
            surge.evolve(fact)
            data.evolve(fact)
            board.fold(fact)
        }
        for number in 0..<reports {
            // Ten a second.
            let time = start + .milliseconds(number * 100)
            guard let report = report(number) else { throw BenchError("a report has no name") }
            let context = Context(
                actor: Actor.system(in: report.territory),
                command: CommandID(UniqueID(high: 1, low: UInt64(number))),
                occurredAt: time,
                now: time,
                authority: Authority(),
                territories: territories,
                limits: .standard
            )
            var event: ReportEvent?
            times.deciding += try clock.measure {
                var subject = Report()
                event = try report.decide(subject, in: context).first
                if let event { subject.evolve(event, from: origin(number, at: time)) }
            }
            guard let event else { throw BenchError("a report was not taken") }
            let fact = fact(.report(event), communities + number, at: time)
            times.policies += clock.measure {
                intake.evolve(fact)
                _ = intake.reactions(to: fact)
                surge.evolve(fact)
                _ = surge.reactions(to: fact)
                data.evolve(fact)
                _ = data.reactions(to: fact)
            }
            times.board += clock.measure {
                board.fold(fact)
                if number.isMultiple(of: 10) { _ = board.board.figures(at: BoardMoment(now: time)) }
            }
        }
        return times
    }

    private static func city() -> [TerritoryDefined] {
        let district = TerritoryDefined(
            territory: TerritoryID("district"),
            level: .district,
            nameEN: "District",
            nameZH: "区"
        )
        return [district]
            + (0..<communities).compactMap { number in
                TerritoryID(rawValue: "community-\(number)").map { community in
                    TerritoryDefined(
                        territory: community,
                        level: .community,
                        parent: district.territory,
                        nameEN: community.rawValue,
                        nameZH: community.rawValue
                    )
                }
            }
    }

    private static func report(_ number: Int) -> SubmitReport? {
        let kinds = ReportKind.allCases
        guard let report = ReportID(rawValue: "R-\(number)"),
            let territory = TerritoryID(rawValue: "community-\(number % communities)"),
            let reporter = PersonID(rawValue: "resident-\(number)")
        else { return nil }
        return SubmitReport(
            report: report,
            channel: number.isMultiple(of: 2) ? .phone : .app,
            kind: kinds[number % kinds.count],
            territory: territory,
            place: "Building 7, entrance 2",
            text: "Water comes through the ceiling on the third floor; nobody answers. 三楼漏水，电话无人接听。",
            reporter: reporter
        )
    }

    private static func origin(_ number: Int, at time: Timestamp) -> Origin {
        let command = CommandID(UniqueID(high: 1, low: UInt64(number)))
        return Origin(
            event: EventID(command: command, ordinal: 0),
            actor: .system(in: TerritoryID("district")),
            occurredAt: time,
            recordedAt: time,
            correlation: command
        )
    }

    private static func fact(_ event: AnyEvent, _ number: Int, at time: Timestamp) -> Fact {
        let origin = origin(number, at: time)
        return Fact(
            position: Position(Int64(number) + 1),
            stream: StreamName("sample"),
            version: StreamVersion(1),
            id: EventID(command: origin.correlation, ordinal: 0),
            type: EventType("sample"),
            origin: origin,
            event: event
        )
    }
}
