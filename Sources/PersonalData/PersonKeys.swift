package import Logging
import Metrics
import MusterDomain
package import Postgres
import ServiceLifecycle
import Synchronization

/// The keys of the persons of one log, as one process holds them: cached, and looked up in batches.
///
/// Whoever finds all keys in memory does not wait. The others' questions gather while one is under way, and the next asks
/// them all: one query for the keys of everybody, one insert for those who have none yet.
///
/// How an erasure reaches every process: each destruction raises a number in the database, in the same transaction. It
/// comes with every answer, and `run()` asks for it every `pollInterval`; a process that sees it higher than before
/// forgets all keys. What was not compared for `lifetime` is not used without asking. So no process decrypts with a
/// destroyed key for longer than `lifetime` after the destruction, also when it cannot reach the database.
package final class PersonKeys: Service, Sendable {
    /// What may be set.
    package struct Configuration: Sendable {
        /// Most persons whose keys are kept; about 400 bytes each.
        package var capacity = 50_000
        /// How long keys are used without asking whether one was destroyed.
        package var lifetime = Duration.seconds(2)
        package var pollInterval = Duration.milliseconds(500)

        package init() {}
    }

    /// What somebody waits for.
    private struct Question: Sendable {
        let persons: Set<PersonID>
        /// Whether each of them is to have a key to write with.
        let makes: Bool
        let continuation: CheckedContinuation<Result<PersonKeyAnswer, any Error>, Never>
    }

    private struct State {
        var cache: PersonKeyCache
        var lookupCount = 0
        var questions: [Question] = []
        var isClosed = false
    }

    package let table: PersonKeyTable
    private let wrapping: KeyEncryptionKey
    private let configuration: Configuration
    private let logger: Logger
    private let state: Mutex<State>
    private let asked: AsyncStream<Void>
    private let ask: AsyncStream<Void>.Continuation
    private let lookups = Counter(label: "muster_person_key_lookups_total")
    private let made = Counter(label: "muster_person_keys_made_total")

    /// - Parameters:
    ///   - pool: of the log.
    ///   - wrapping: what the keys are encrypted with in the database.
    package init(
        pool: ConnectionPool,
        wrapping: KeyEncryptionKey,
        configuration: Configuration = Configuration(),
        logger: Logger
    ) {
        table = PersonKeyTable(pool: pool)
        self.wrapping = wrapping
        self.configuration = configuration
        self.logger = logger
        state = Mutex(
            State(cache: PersonKeyCache(capacity: configuration.capacity, lifetime: configuration.lifetime))
        )
        (asked, ask) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// How often it has asked the database for keys.
    package var lookupCount: Int { state.withLock { $0.lookupCount } }

    /// Makes sure that this process has the key that the log's keys are encrypted with. To be called before anything is
    /// read or written.
    ///
    /// - Throws: `PersonKeyError.otherKeyEncryptionKey`, `PostgresError`.
    package func claim() async throws {
        guard try await table.claim(wrapping.digest) else { throw PersonKeyError.otherKeyEncryptionKey }
    }

    // MARK: Running

    /// Answers questions until cancelled or shut down; those that wait then, and all later ones, are refused. Call it once.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                group.addTask { await self.answer() }
                group.addTask { await self.poll() }
            }
        }
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.questions = [] }
            return state.questions
        }
        for question in waiting { question.continuation.resume(returning: .failure(PersonKeyError.stopped)) }
    }

    private func answer() async {
        for await _ in asked {
            let questions = state.withLock { state in
                defer { state.questions = [] }
                return state.questions
            }
            guard !questions.isEmpty else { continue }
            let answer: Result<PersonKeyAnswer, any Error>
            do {
                answer = .success(
                    try await look(
                        for: questions.reduce(into: []) { $0.formUnion($1.persons) },
                        making: questions.reduce(into: []) { if $1.makes { $0.formUnion($1.persons) } }
                    )
                )
            } catch {
                answer = .failure(Task.isCancelled ? PersonKeyError.stopped : error)
            }
            for question in questions { question.continuation.resume(returning: answer) }
        }
    }

    private func poll() async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: configuration.pollInterval)
            } catch {
                return
            }
            do {
                try await refresh()
            } catch {
                if Task.isCancelled { return }
                logger.warning("keys of persons cannot be checked, trying again", metadata: ["error": "\(error)"])
            }
        }
    }

    private func look(for persons: Set<PersonID>, making: Set<PersonID>) async throws -> PersonKeyAnswer {
        var answer = try await read(persons)
        let lacking = making.filter { answer.keyrings[$0]?.current == nil }
        if !lacking.isEmpty {
            // In one order, so that processes which make the same keys do not wait for each other in a ring.
            let wrapped = try lacking.sorted().map { person in
                (person: person, key: try wrapping.makeWrapped(for: person))
            }
            try await table.make(wrapped)
            made.increment(by: wrapped.count)
            let fresh = try await read(lacking)
            answer.keyrings.merge(fresh.keyrings) { _, new in new }
        }
        return answer
    }

    private func read(_ persons: Set<PersonID>) async throws -> PersonKeyAnswer {
        let askedAt = ContinuousClock.now
        if !persons.isEmpty {
            lookups.increment()
            state.withLock { $0.lookupCount += 1 }
        }
        let answer = try await table.read(persons, unwrap: wrapping.unwrap)
        state.withLock { $0.cache.take(answer, askedAt: askedAt) }
        return answer
    }

    // MARK: Asking

    /// The keys that persons write with; made for those who have none.
    ///
    /// - Throws: `PersonKeyError`, `PostgresError`. Cancelling the task does not end the wait.
    func current(of persons: Set<PersonID>) async throws -> [PersonID: PersonKey] {
        var keys: [PersonID: PersonKey] = [:]
        var missing: Set<PersonID> = []
        cached(persons) { person, keyring in
            if case .living(let key) = keyring?.current { keys[person] = key } else { missing.insert(person) }
        }
        guard !missing.isEmpty else { return keys }
        let answer = try await question(missing, makes: true)
        for person in missing {
            guard case .living(let key) = answer.keyrings[person]?.current else { throw PersonKeyError.damaged }
            keys[person] = key
        }
        return keys
    }

    /// The keyrings that hold certain keys; a key that is in none of them does not exist.
    ///
    /// - Throws: `PersonKeyError`, `PostgresError`.
    func keyrings(holding ids: Set<PersonKeyID>) async throws -> [PersonID: PersonKeyring] {
        var keyrings: [PersonID: PersonKeyring] = [:]
        let persons = Set(ids.map(\.person))
        cached(persons) { person, keyring in keyrings[person] = keyring }
        // One that was made after the keyring was read is not in it yet.
        let missing = Set(ids.lazy.filter { keyrings[$0.person]?[$0.number] == nil }.map(\.person))
        guard !missing.isEmpty else { return keyrings }
        let answer = try await question(missing, makes: false)
        for person in missing { keyrings[person] = answer.keyrings[person] }
        return keyrings
    }

    /// Destroys the keys of erased persons and forgets them here at once; other processes forget them within
    /// `Configuration.lifetime`.
    ///
    /// - Returns: how many keys were destroyed now.
    @discardableResult
    package func destroy(_ erasures: [PersonErasure]) async throws -> Int {
        let count = try await table.destroy(erasures)
        try await refresh()
        return count
    }

    /// Asks whether a key was destroyed.
    private func refresh() async throws { _ = try await read([]) }

    private func cached(_ persons: Set<PersonID>, _ take: (PersonID, PersonKeyring?) -> Void) {
        state.withLock { state in
            let isFresh = state.cache.isFresh(at: .now)
            for person in persons { take(person, isFresh ? state.cache[person] : nil) }
        }
    }

    private func question(_ persons: Set<PersonID>, makes: Bool) async throws -> PersonKeyAnswer {
        try await withCheckedContinuation { continuation in
            let isClosed = state.withLock { state in
                if !state.isClosed {
                    state.questions.append(Question(persons: persons, makes: makes, continuation: continuation))
                }
                return state.isClosed
            }
            if isClosed {
                continuation.resume(returning: .failure(PersonKeyError.stopped))
            } else {
                ask.yield()
            }
        }.get()
    }
}
