import EventLog
import EventSourcing
import Foundation
import Logging
import MusterTesting
import PersonalData
import PostgresServer
import Testing

extension House {
    /// The log as its tables hold it, and as those read it who have the installation's keys.
    func withClearLog<T: Sendable>(
        _ body: @Sendable @escaping (Log, any EventStore) async throws -> T
    ) async throws -> T {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let key = try personsKey()
        return try await TestDatabase(conninfo: cluster.conninfo, logger: logger).withLog(Neighbourhood.log) { log in
            let keys = PersonKeys(pool: log.pool, wrapping: key, logger: logger)
            try await keys.claim()
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await keys.run() }
                defer { group.cancelAll() }
                return try await body(log, PersonalStore(log, keys: keys, logger: logger))
            }
        }
    }

    /// The key of the private cluster, or of the roles that run beside it.
    private func personsKey() throws -> KeyEncryptionKey {
        let files = [data, directory].map { URL(filePath: $0 + "/keys/persons.key") }
        let bytes = try #require(files.lazy.compactMap { try? Data(contentsOf: $0) }.first, "no persons.key")
        return try #require(KeyEncryptionKey(bytes: Array(bytes)))
    }
}
