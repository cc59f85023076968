/// How a transaction begins.
package enum TransactionMode: Sendable, Hashable {
    case readCommitted
    case readOnly
    case repeatableRead
    case repeatableReadReadOnly
    case serializable

    var begin: Statement {
        switch self {
        case .readCommitted: Statement("begin", "begin isolation level read committed")
        case .readOnly: Statement("begin_read_only", "begin isolation level read committed read only")
        case .repeatableRead: Statement("begin_repeatable_read", "begin isolation level repeatable read")
        case .repeatableReadReadOnly:
            Statement("begin_repeatable_read_read_only", "begin isolation level repeatable read read only")
        case .serializable: Statement("begin_serializable", "begin isolation level serializable")
        }
    }
}

extension Connection {
    static let commit = Statement("commit", "commit")
    static let rollback = Statement("rollback", "rollback")

    /// Runs the body between `begin` and `commit`; rolls back when it throws, and throws its error on.
    ///
    /// The rollback is shielded from cancellation; when it fails the connection is closed, which rolls back too.
    /// - Throws: what the body throws, or a `PostgresError`. When the answer to `commit` did not come, its
    ///   `isOutcomeUnknown` is true.
    package func transaction<T>(
        _ mode: TransactionMode = .readCommitted,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (Connection) async throws -> T
    ) async throws -> T {
        do {
            _ = try await query(Call(mode.begin))
            let value = try await body(self)
            try Self.checkCommit(try await query(Call(Self.commit)))
            return value
        } catch {
            await rollBack()
            throw error
        }
    }

    /// The server answers the commit of a failed transaction by rolling it back, without an error.
    static func checkCommit(_ answer: Rows?) throws(PostgresError) {
        guard answer?.commandTag == "COMMIT" else {
            throw PostgresError(
                .server,
                statement: commit.name,
                reason: "the transaction had failed before its commit and was rolled back"
            )
        }
    }

    /// Ends the transaction, if there is one, without effect, or closes the connection.
    func rollBack() async {
        guard !isBroken, handle.transactionStatus != .idle else { return }
        do throws(PostgresError) {
            _ = try await query(Call(Self.rollback), isShielded: true)
        } catch {
            close()
        }
    }
}
