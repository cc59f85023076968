import Logging
import Postgres
import Synchronization

/// The two sessions of a process: on one it listens, on the other it speaks.
extension RemoteDispatcher {
    /// Whether turns are taken.
    var isRunning: Bool { state.withLock(\.isRunning) }

    /// Whether turns of other processes are taken.
    private var isServing: Bool { state.withLock { $0.inbox != nil } }

    /// Keeps the line until the task is cancelled.
    ///
    /// - Parameter held: the leases that end with this process.
    func run(held: @escaping @Sendable () -> Set<Int64>) async {
        state.withLock { $0.isRunning = true }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.listen(held) }
            group.addTask { await self.speak(held) }
        }
        let pending = state.withLock { state in
            state.isRunning = false
            defer { state.pending = [:] }
            return state.pending.values.map(\.answer)
        }
        for answer in pending { answer.resume(returning: .failure(.unavailable(reason: "the process stops"))) }
    }

    private func listen(_ held: @Sendable () -> Set<Int64>) async {
        while !Task.isCancelled {
            do {
                let connection = try await Connection.connect(connecting, logger: logger)
                do {
                    for channel in [channels.process(process), channels.all, channels.dispatcher] {
                        try await connection.listen(channel)
                    }
                    state.withLock { state in
                        state.isListening = true
                        state.lines += 1
                        sayLeads(&state)
                        askAgain(&state)
                        sayHeld(held, &state)
                        state.inbox?.look()
                    }
                    signal.set()
                    while true {
                        let heard = try await connection.nextNotification()
                        // Most is said to the dispatcher, and read by no other process.
                        if heard.channel == channels.dispatcher, !isServing { continue }
                        for message in QueueMessage.all(in: heard.payload) { take(message, held: held) }
                    }
                } catch {
                    state.withLock { $0.isListening = false }
                    await connection.close()
                    throw error
                }
            } catch {
                if Task.isCancelled { return }
                logger.debug("no line to the dispatcher", metadata: ["error": "\(error)"])
                // Cancelled: the loop ends.
                try? await Task.sleep(for: configuration.heartbeatInterval)
            }
        }
    }

    private func speak(_ held: @Sendable () -> Set<Int64>) async {
        var connection: Connection?
        var nextHeartbeat = ContinuousClock.now
        while !Task.isCancelled {
            if ContinuousClock.now >= nextHeartbeat {
                beat(isBusy: !held().isEmpty)
                nextHeartbeat = .now + configuration.heartbeatInterval
            }
            var outgoing = takeOutgoing()[...]
            do {
                while let channel = outgoing.first?.channel {
                    let open = try await opened(connection)
                    connection = open
                    let messages = outgoing.prefix { $0.channel == channel }.map(\.message)
                    let (payload, count) = QueueMessage.payload(of: messages)
                    if let payload {
                        try await open.execute(QueueSQL.notify, channel, payload)
                    } else {
                        logger.error("a message to the dispatcher is too long and was not sent")
                    }
                    outgoing.removeFirst(count)
                }
            } catch {
                await connection?.close()
                connection = nil
                // The first of them may have been sent: what is said twice is heard once.
                let rest = outgoing.filter(\.message.mustArrive)
                state.withLock { $0.outgoing = rest + $0.outgoing }
                logger.debug("the dispatcher was not told", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: configuration.heartbeatInterval)
            }
            // Cancelled: the loop ends.
            try? await signal.wait(until: nextHeartbeat)
        }
        await connection?.close()
    }

    /// Says that this process lives, to the dispatcher or as the dispatcher.
    private func beat(isBusy: Bool) {
        state.withLock { state in
            if state.inbox != nil {
                sayLeads(&state)
            } else if isBusy || !state.pending.isEmpty || !state.arriving.isEmpty {
                state.outgoing.append((channels.dispatcher, .alive(process: process)))
            }
        }
    }

    private func takeOutgoing() -> [(channel: String, message: QueueMessage)] {
        state.withLock { state in
            defer {
                state.outgoing = []
                state.mustLook = false
            }
            return state.outgoing + (state.mustLook ? [(channels.dispatcher, .look)] : [])
        }
    }

    private func opened(_ connection: Connection?) async throws -> Connection {
        if let connection, !connection.isBroken { return connection }
        let connection = try await Connection.connect(connecting, logger: logger)
        // A notification is an empty transaction: nothing is lost when its commit is not waited for.
        try await connection.script("set synchronous_commit = off")
        return connection
    }
}
