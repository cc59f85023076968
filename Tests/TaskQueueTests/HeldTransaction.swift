import EventLog
import Postgres

@testable import TaskQueue

/// An enqueuer that takes its time between enqueueing and the end of its transaction.
struct HeldTransaction: Sendable {
    private let connection: Connection

    fileprivate init(_ connection: Connection) { self.connection = connection }

    func commit() async throws { try await end("commit") }

    func rollBack() async throws { try await end("rollback") }

    private func end(_ sql: String) async throws {
        try await connection.script(sql)
        await connection.close()
    }
}

extension TestQueue {
    /// Begins a transaction and enqueues in it.
    ///
    /// - Parameter prepare: runs after the transaction has its number and before its tasks have theirs.
    func holding(_ tasks: [NewTask], after prepare: () async throws -> Void = {}) async throws -> HeldTransaction {
        var connecting = log.connecting
        connecting.idleInTransactionTimeout = .seconds(600)
        let connection = try await Connection.connect(connecting, logger: logger)
        try await connection.script("begin; select pg_current_xact_id()")
        try await prepare()
        _ = try await queue.enqueue(tasks, in: connection)
        return HeldTransaction(connection)
    }
}
