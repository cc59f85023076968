import EventLog
import EventSourcing
import Logging
import MusterBoards
import MusterDomain
import PersonalData

/// What it costs that personal fields are encrypted: reports appended, and a town's log folded into a board, beside the
/// same in clear.
struct ErasableBenchmark: Benchmark {
    let ids = ["erasable.append", "erasable.fold"]

    private static let callers = 1_000
    private static let pageSize = 1_000

    func run(on bench: BenchCluster) async throws -> [Measurement] {
        [try await append(on: bench), try await fold(on: bench)]
    }

    // MARK: - Appending

    /// Reports have more personal fields than any other kind of event: place, text and coordinates.
    private func append(on bench: BenchCluster) async throws -> Measurement {
        let id = ids[0]
        var (encrypted, clear, first): ([Double], [Double], [Double]) = ([], [], [])
        for run in 1...bench.runCount {
            BenchCluster.say("\(id): \(Self.callers) callers, one report each, run \(run) of \(bench.runCount)")
            let time = bench.runTime
            clear.append(
                try await bench.withLog("erasable-clear-\(run)") { log in
                    try await Self.appendReports(to: log, for: time) { TownTraffic.resident($0) }
                }
            )
            let both = try await bench.withLog("erasable-append-\(run)") { log in
                try await Self.withStore(of: log) { store in
                    // The keys of all residents are made, and in memory, before it is measured.
                    let warm = (0..<TownTraffic.residents).map { TownTraffic.report($0, of: TownTraffic.resident($0)) }
                    _ = try await store.encrypted(warm)
                    let known = try await Self.appendReports(to: store, for: time) { TownTraffic.resident($0) }
                    let new = try await Self.appendReports(to: store, for: time, from: 50_000_000) { number in
                        PersonID(rawValue: "new-\(number)") ?? PersonID("new")
                    }
                    return (known: known, new: new)
                }
            }
            encrypted.append(both.known)
            first.append(both.new)
        }
        return Measurement(
            id: id,
            unit: "events/s",
            runs: encrypted,
            beside: [
                ("the same in clear, events/s", Measurement.median(clear)),
                ("each by somebody who has no key yet, events/s", Measurement.median(first)),
            ]
        )
    }

    /// Reports a second.
    private static func appendReports(
        to store: any EventStore,
        for time: Duration,
        from first: Int = 0,
        by person: @escaping @Sendable (Int) -> PersonID
    ) async throws -> Double {
        let start = ContinuousClock.now
        let end = start + time
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            for caller in 0..<callers {
                group.addTask {
                    var number = first + caller
                    while ContinuousClock.now < end {
                        guard case .appended = try await store.append(TownTraffic.report(number, of: person(number)))
                        else { throw BenchError("a report was not appended") }
                        number += callers
                    }
                    return (number - first) / callers
                }
            }
            return try await group.reduce(0, +)
        }
        return Double(count) / ((.now - start) / .seconds(1))
    }

    // MARK: - Folding

    /// The whole log of a town into a board, as every process does when it starts.
    private func fold(on bench: BenchCluster) async throws -> Measurement {
        let (id, matters, runCount) = (ids[1], bench.isQuick ? 4_000 : 24_000, bench.runCount)
        BenchCluster.say("\(id): writing the log of \(matters) matters, in clear and encrypted")
        let clear = try await bench.withLog("erasable-town-clear") { log in
            try await TownTraffic.write(matters: matters, to: log)
            return try await Self.rates(of: log, id, runCount)
        }
        let (encrypted, erased) = try await bench.withLog("erasable-town") { log in
            try await Self.withStore(of: log) { store in
                try await TownTraffic.write(matters: matters, to: store)
                // As in a process that has just started.
                let encrypted = try await Self.withStore(of: log) { try await Self.rates(of: $0, id, runCount) }
                let now = Timestamp(microseconds: .max / 4)
                let erasures = (0..<TownTraffic.residents).map {
                    PersonErasure(person: TownTraffic.resident($0), recordedAt: now)
                }
                try await PersonKeyTable(pool: log.pool).destroy(erasures)
                return (encrypted, try await Self.withStore(of: log) { try await Self.rates(of: $0, id, runCount) })
            }
        }
        return Measurement(
            id: id,
            unit: "events/s",
            runs: encrypted,
            beside: [
                ("the same in clear, events/s", Measurement.median(clear)),
                ("everybody erased, events/s", Measurement.median(erased)),
            ]
        )
    }

    /// Events a second of so many folds; the first pass reads the pages into memory and is not counted.
    private static func rates(of store: any EventStore, _ id: String, _ runCount: Int) async throws -> [Double] {
        let tail = try await store.tail()
        var rates: [Double] = []
        for run in 0...runCount {
            if run > 0 { BenchCluster.say("\(id): \(tail) events, run \(run) of \(runCount)") }
            let start = ContinuousClock.now
            var fold = BoardFold<OperationsBoard>()
            var position = Position.origin
            while position < tail {
                for event in try await store.events(after: position, limit: pageSize) {
                    fold.fold(try Fact(event))
                    position = event.position
                }
            }
            if run > 0 { rates.append(Double(tail.rawValue) / ((.now - start) / .seconds(1))) }
        }
        return rates
    }

    /// The log as a process with keys of its own sees it.
    private static func withStore<Result: Sendable>(
        of log: Log,
        _ body: @Sendable (PersonalStore) async throws -> Result
    ) async throws -> Result {
        guard let wrapping = KeyEncryptionKey(bytes: Array(repeating: 7, count: KeyEncryptionKey.byteCount)) else {
            throw BenchError("a key-encryption key has \(KeyEncryptionKey.byteCount) bytes")
        }
        let logger = Logger(label: "muster-bench")
        let keys = PersonKeys(pool: log.pool, wrapping: wrapping, logger: logger)
        try await keys.claim()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await keys.run() }
            defer { group.cancelAll() }
            return try await body(PersonalStore(log, keys: keys, logger: logger))
        }
    }
}
