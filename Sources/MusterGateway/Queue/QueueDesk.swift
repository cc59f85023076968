import Logging
import MusterBoards
import MusterDomain
import Postgres
import Records
import TaskQueue

/// The queue as those who run it reach it, through pages and programs alike: each failure is a `ProblemDetails`, and who
/// changed what stands in the process's log.
struct QueueDesk: Sendable {
    /// Dead letters that are shown, or sent again, at a time.
    static let maximumLetters = 100
    /// Deliveries that are shown.
    static let maximumDeliveries = 20

    let queue: Queue
    let boards: LiveBoards
    let glance: QueueGlance

    init(queue: Queue, boards: LiveBoards) {
        self.queue = queue
        self.boards = boards
        glance = QueueGlance(queue: queue)
    }

    // MARK: - Reading

    func report(_ logger: Logger) async throws -> QueueReport {
        try await reached(logger) { try await glance.report() }
    }

    func schedules(_ logger: Logger) async throws -> [Schedule] {
        try await reached(logger) { try await queue.schedules() }
    }

    /// - Parameter agency: nil for those of all.
    func letters(of agency: String?, after: Int64, limit: Int, _ logger: Logger) async throws -> [DeadLetter] {
        try await reached(logger) {
            try await queue.deadLetters(of: agency, after: TaskNumber(after), limit: limit)
        }
    }

    /// - Throws: `ProblemDetails` when the task is no dead letter.
    func letter(_ number: Int64, _ logger: Logger) async throws -> DeadLetter {
        guard number > 0,
            let letter = try await letters(of: nil, after: number - 1, limit: 1, logger).first,
            letter.task.rawValue == number
        else { throw ProblemDetails.noDeadLetter(number) }
        return letter
    }

    /// What became of the last webhooks; nil where no party is called by one, and then nothing is asked of the database.
    ///
    /// - Parameters:
    ///   - agency: nil for those to all.
    ///   - onlyFailed: leaves out those that arrived.
    func deliveries(
        of agency: String?,
        onlyFailed: Bool,
        _ logger: Logger
    ) async throws -> QueueDeliveries? {
        let parties = boards.register.authority.parties.values
        guard parties.contains(where: { $0.channel == .webhook }) else { return nil }
        return try await reached(logger) {
            let report = try await queue.deliveries(to: agency, onlyFailed: onlyFailed, limit: Self.maximumDeliveries)
            // Whoever is not called for now is marked among the agencies, whichever of them is looked at.
            let open = agency == nil ? report.open : try await queue.openCircuits()
            return QueueDeliveries(deliveries: report.deliveries, open: open)
        }
    }

    // MARK: - Changing

    /// - Parameter payload: takes the place of what is in the letters; nil leaves it.
    /// - Returns: the numbers of the new tasks.
    /// - Throws: `ProblemDetails` when none of them is a dead letter, or the payload can be no task's.
    func resend(
        _ numbers: [Int64],
        payload: [UInt8]?,
        by identity: Identity,
        _ logger: Logger
    ) async throws -> [TaskNumber] {
        if let payload { try Self.check(payload) }
        let tasks: [TaskNumber]
        do {
            tasks = try await reached(logger) {
                try await queue.resend(numbers.map { TaskNumber($0) }, payload: payload)
            }
        } catch let error as InvalidTask {
            throw ProblemDetails.payloadRefused(Words(error.description, zh: error.description))
        }
        guard let first = tasks.first else { throw ProblemDetails.noDeadLetter(numbers.first ?? 0) }
        await note("dead letters were sent again", identity, logger, ["task.first": "\(first)"], count: tasks.count)
        return tasks
    }

    func pause(_ agency: String, _ isPaused: Bool, by identity: Identity, _ logger: Logger) async throws {
        try await checkAgency(agency, logger)
        try await reached(logger) { try await queue.pause(agency, isPaused) }
        let what: Logger.Message = isPaused ? "an agency was paused" : "an agency was resumed"
        await note(what, identity, logger, ["task.party": "\(agency)"])
    }

    func setLimit(_ request: LimitRequest, by identity: Identity, _ logger: Logger) async throws {
        let scope = request.scope
        if let agency = scope.agency { try await checkAgency(agency, logger) }
        if let kind = scope.kind, kind.utf8.count > NewTask.maximumNameBytes {
            throw ProblemDetails(
                Problems([
                    Problem(
                        pointer: "/kind",
                        code: "too-long",
                        words: Words("is longer than a kind's name may be", zh: "超过类别名称的长度上限")
                    )
                ])
            )
        }
        try await reached(logger) {
            try await queue.setBounds(
                concurrency: request.concurrency.map { Int32(clamping: $0) },
                rate: request.rate?.rate,
                for: scope
            )
        }
        await note(
            "a limit was set",
            identity,
            logger,
            ["task.party": "\(scope.agency ?? "*")", "task.kind": "\(scope.kind ?? "*")"]
        )
    }

    /// A misspelt name must not be paused for nothing.
    private func checkAgency(_ agency: String, _ logger: Logger) async throws {
        if let party = PartyID(rawValue: agency), boards.register.authority.parties[party] != nil { return }
        if try await report(logger).agencies.contains(where: { $0.agency == agency }) { return }
        if try await schedules(logger).contains(where: { $0.agency == agency }) { return }
        throw ProblemDetails.noAgency(agency)
    }

    static func check(_ payload: [UInt8]) throws {
        guard payload.count <= NewTask.maximumPayloadBytes else {
            throw ProblemDetails.tooLarge(NewTask.maximumPayloadBytes)
        }
        do throws(Problems) {
            var reader = JSONReader(payload)
            try reader.skipValue()
            try reader.end()
        } catch {
            throw ProblemDetails.payloadRefused(error.list.first?.words ?? Words("is not JSON", zh: "不是 JSON"))
        }
        guard String(validating: payload, as: UTF8.self) != nil else {
            throw ProblemDetails.payloadRefused(Words("is not valid UTF-8 text", zh: "不是有效的 UTF-8 文本"))
        }
    }

    private func note(
        _ what: Logger.Message,
        _ identity: Identity,
        _ logger: Logger,
        _ metadata: Logger.Metadata,
        count: Int = 1
    ) async {
        await glance.forget()
        let who: Logger.Metadata = ["actor.person": "\(identity.actor.person)", "task.count": "\(count)"]
        logger.notice(what, metadata: who.merging(metadata) { first, _ in first })
    }

    /// Runs what asks the database, and words its failure.
    private func reached<Result>(_ logger: Logger, _ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as PostgresError {
            logger.error("the task queue could not be reached", metadata: ["error": "\(error)"])
            throw ProblemDetails.queueUnavailable
        }
    }
}
