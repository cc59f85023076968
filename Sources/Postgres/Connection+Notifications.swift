extension Connection {
    /// Subscribes the session to a channel. Use a connection of its own: it waits between calls.
    ///
    /// - Parameter channel: any text of at most 63 bytes; taken literally, upper and lower case differ.
    package func listen(_ channel: String) async throws(PostgresError) {
        guard !channel.isEmpty, channel.utf8.count < 64, !channel.utf8.contains(0) else {
            throw PostgresError(
                .invalidParameters,
                statement: "listen",
                reason: "a channel's name has 1 to 63 bytes and no zero byte"
            )
        }
        // LISTEN takes no parameters; quoting an identifier is doubling its quotes.
        let quoted =
            "\"" + channel.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        try await perform("listen", metrics: nil) { (self, patience) async throws(PostgresError) in
            guard self.handle.sendScript("listen \(quoted)") else { throw self.sendFailure("listen") }
            _ = try await self.collect("listen", &patience)
        }
    }

    /// Waits for the next notification on the channels listened to.
    ///
    /// Waits as long as it takes, or until the inherited deadline. Notifications are hints: after a lost connection, or
    /// when more than 1,024 arrived during another call, some are missing.
    /// - Throws: `.connectionLost`, `.cancelled`, `.deadline` (inherited); after the last two the connection is as
    ///   good as before.
    package func nextNotification() async throws(PostgresError) -> Notification {
        let name = "notifications"
        try checkCanBegin(name)
        isInUse = true
        defer { isInUse = false }
        while true {
            takeAsynchronousMessages()
            if let notification = pendingNotifications.takeFirst() { return notification }
            let deadline = Deadline.current ?? .now.advanced(by: .seconds(3600))
            switch await waitForSocket(.reading, until: deadline) {
            case .signalled:
                throw PostgresError(.connectionLost, statement: name, reason: "the connection was closed")
            case .ready:
                guard handle.consumeInput() else {
                    throw PostgresError(.connectionLost, statement: name, reason: lose())
                }
            case .failed:
                throw PostgresError(.connectionLost, statement: name, reason: lose())
            case .cancelled:
                throw PostgresError(.cancelled, statement: name, reason: "the task was cancelled")
            case .deadline:
                guard Deadline.current == nil else {
                    throw PostgresError(.deadline, statement: name, reason: "no notification before the deadline")
                }
            }
        }
    }

    /// The notifications as they come, one at a time, until the session or the task ends. See `nextNotification()`.
    package nonisolated var notifications: Notifications { Notifications(connection: self) }
}

/// The notifications of one connection. Pulled, so what nobody takes stays with the server.
package struct Notifications: AsyncSequence, Sendable {
    let connection: Connection

    package struct AsyncIterator: AsyncIteratorProtocol {
        let connection: Connection

        package mutating func next() async throws(PostgresError) -> Notification? {
            try await next(isolation: nil)
        }

        package mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(PostgresError) -> Notification? {
            do throws(PostgresError) {
                return try await connection.nextNotification()
            } catch {
                if error.kind == .cancelled { return nil }
                throw error
            }
        }
    }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(connection: connection) }
}
