import EventLog
import EventSourcing
import Logging
import PersonalData

/// The key that the keys of persons are encrypted with: `persons.key` in the directory of the keys.
///
/// Whoever has it and the database can read everybody who was not erased; without it nobody can.
enum PersonKeyFile {
    /// The keys of a log's persons. Where the log has none yet the file is made when it is not there; later it must be.
    ///
    /// Blocks on the file system; call it while starting.
    ///
    /// - Throws: `ConfigurationError`, which names the file, when it is missing or holds another key.
    static func open(for log: Log, directory: String, logger: Logger) async throws -> PersonKeys {
        let file = KeyFile("persons.key", directory: directory)
        let bytes: [UInt8]
        if try await PersonKeyTable(pool: log.pool).wrappedWith() == nil {
            bytes = try file.load()
        } else if let present = try file.loadIfThere() {
            bytes = present
        } else {
            throw ConfigurationError(
                key: "keys.directory",
                needs: "\(file.path) is missing: the personal data of log \(log.name) are encrypted with it"
            )
        }
        guard let wrapping = KeyEncryptionKey(bytes: bytes) else {
            throw ConfigurationError(key: "keys.directory", needs: "\(file.path) holds no key")
        }
        let keys = PersonKeys(pool: log.pool, wrapping: wrapping, logger: logger)
        do {
            try await keys.claim()
        } catch PersonKeyError.otherKeyEncryptionKey {
            throw ConfigurationError(
                key: "keys.directory",
                needs: "\(file.path) is not the key that the personal data of log \(log.name) are encrypted with"
            )
        }
        return keys
    }

    /// Runs `body` with a log in clear. A log that holds nothing encrypted needs no key for that, and gets none.
    static func withStore<Result: Sendable>(
        of log: Log,
        directory: String,
        logger: Logger,
        _ body: @Sendable @escaping (any EventStore) async throws -> Result
    ) async throws -> Result {
        guard try await PersonKeyTable(pool: log.pool).wrappedWith() != nil else { return try await body(log) }
        let keys = try await open(for: log, directory: directory, logger: logger)
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await keys.run()
                return nil
            }
            group.addTask { try await body(PersonalStore(log, keys: keys, logger: logger)) }
            while let finished = try await group.next() {
                guard let result = finished else { continue }
                group.cancelAll()
                return result
            }
            throw CancellationError()
        }
    }
}
