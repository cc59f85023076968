extension Connection {
    /// A copy under way. It keeps other calls out from its first step to its last.
    struct Copy {
        let name: String
        let start: ContinuousClock.Instant
        var patience: Patience
        /// Whether the last of the data has come; libpq must not be asked for more.
        var isAtEnd = false
    }

    /// Data is handed to libpq, and by it, in pieces of about this size.
    private static let copyPieceBytes = 64 * 1024

    /// Sends the chunks as the data of a `copy … from stdin` statement. Chunks may be cut anywhere.
    ///
    /// The next chunk is asked for only when the socket has taken the last one. The whole copy must end within the
    /// deadline of one call. When the chunks throw, the server keeps nothing and their error is thrown on.
    /// - Returns: the number of rows copied.
    package func copyIn<Chunks: AsyncSequence>(
        _ statement: Statement,
        isolation: isolated (any Actor)? = #isolation,
        _ chunks: Chunks
    ) async throws -> Int where Chunks.Element == [UInt8] {
        try await beginCopy(statement, expecting: .copyIn)
        do {
            for try await chunk in chunks { try await sendCopy(chunk) }
        } catch {
            await abandonCopyIn()
            throw error
        }
        return try await endCopyIn()
    }

    /// Executes a `copy … to stdout` statement and hands its data to the body, in order, whole rows at a time.
    ///
    /// No more is read from the server while the body works, so a slow body slows the server. The whole copy must end
    /// within the deadline of one call. When the body throws, the statement is cancelled and the error thrown on.
    /// - Returns: the number of rows copied.
    package func copyOut(
        _ statement: Statement,
        isolation: isolated (any Actor)? = #isolation,
        _ body: ([UInt8]) async throws -> Void
    ) async throws -> Int {
        try await beginCopy(statement, expecting: .copyOut)
        do {
            while let chunk = try await nextCopyChunk() { try await body(chunk) }
        } catch {
            await abandonCopyOut()
            throw error
        }
        return try await collectCopy()
    }

    // MARK: Steps, each on the connection

    private func beginCopy(
        _ statement: Statement,
        expecting expected: ResultHandle.Status
    ) async throws(PostgresError) {
        let name = statement.name
        try checkCanBegin(name)
        isInUse = true
        let deadline = Deadline.inherited(orWithin: configuration.callTimeout)
        var begun = Copy(name: name, start: .now, patience: Patience(until: deadline))
        do throws(PostgresError) {
            guard handle.sendUnprepared(statement) else { throw sendFailure(name) }
            let status: ResultHandle.Status?
            do throws(WaitFailure) {
                if let result = try await nextResult(&begun.patience) {
                    status = result.status
                    if result.status == .error {
                        let failure = error(in: result, name, begun.patience)
                        while try await nextResult(&begun.patience) != nil {}
                        throw .refused(failure)
                    }
                } else {
                    status = nil
                }
            } catch {
                throw self.error(error, name, begun.patience)
            }
            guard status == expected else {
                close()
                throw PostgresError(
                    .protocolViolation,
                    statement: name,
                    reason: "the statement does not copy in this direction",
                    outcome: .unknown
                )
            }
        } catch {
            isInUse = false
            StatementMetrics.named(name).record(since: begun.start, failed: true)
            throw error
        }
        copy = begun
    }

    private func sendCopy(_ chunk: [UInt8]) async throws(PostgresError) {
        guard var copy else { return }
        defer { self.copy = copy }
        var offset = 0
        repeat {
            let end = min(offset + Self.copyPieceBytes, chunk.count)
            guard handle.putCopyData(chunk[offset..<end]) else { throw sendFailure(copy.name) }
            offset = end
            try await flushCopy(&copy)
        } while offset < chunk.count
    }

    /// Waits until the socket has taken everything, for libpq would queue without bound.
    private func flushCopy(_ copy: inout Copy) async throws(PostgresError) {
        while true {
            switch handle.flush() {
            case .done: return
            case .failed: throw sendFailure(copy.name)
            case .pending: break
            }
            do throws(WaitFailure) {
                try await wait(for: .readingOrWriting, &copy.patience)
            } catch {
                throw self.error(error, copy.name, copy.patience)
            }
            if copy.patience.interruption != nil {
                // The server has been asked to cancel; what it answers is the error of the call.
                _ = handle.putCopyEnd(failure: "interrupted")
                _ = try await collect(copy.name, &copy.patience)
            }
        }
    }

    private func endCopyIn() async throws -> Int {
        guard copy != nil else { return 0 }
        guard handle.putCopyEnd(failure: nil) else {
            releaseCopy()
            throw sendFailure("copy")
        }
        return try await collectCopy()
    }

    /// Makes the server forget what was sent, or closes the connection.
    private func abandonCopyIn() async {
        if handle.isCopying {
            _ = handle.putCopyEnd(failure: "abandoned by the client")
        }
        await abandonCopy(isEnding: handle.isCopying, hasData: false)
    }

    /// Throws `PostgresError` only. Not typed: swiftc 6.3.1 crashes on its optimised caller then.
    private func nextCopyChunk() async throws -> [UInt8]? {
        guard var copy, !copy.isAtEnd else { return nil }
        defer { self.copy = copy }
        var chunk: [UInt8] = []
        while true {
            switch handle.takeCopyData(into: &chunk) {
            case .taken:
                if copy.patience.interruption != nil { chunk.removeAll() }
                if chunk.count >= Self.copyPieceBytes { return chunk }
            case .wouldBlock:
                if !chunk.isEmpty { return chunk }
                do throws(WaitFailure) {
                    try await wait(for: .reading, &copy.patience)
                } catch {
                    throw self.error(error, copy.name, copy.patience)
                }
            case .end:
                copy.isAtEnd = true
                return chunk.isEmpty ? nil : chunk
            case .failed:
                throw sendFailure(copy.name)
            }
        }
    }

    /// Cancels the statement and reads what was on its way, or closes the connection.
    private func abandonCopyOut() async {
        let deadline = ContinuousClock.now.advanced(by: configuration.drainTimeout)
        guard handle.isCopying, let cancel = handle.makeCancelHandle() else {
            await abandonCopy(isEnding: false, hasData: true)
            return
        }
        await abandonCopy(isEnding: await cancel.request(until: deadline), hasData: true)
    }

    /// Brings the connection to rest within the drain timeout, deaf to cancellation, or closes it.
    ///
    /// - Parameters:
    ///   - isEnding: whether the server has been told to end the copy.
    ///   - hasData: whether data may still come before the results.
    private func abandonCopy(isEnding: Bool, hasData: Bool) async {
        guard copy != nil else { return }
        guard isEnding else {
            if handle.isCopying { close() }
            releaseCopy()
            return
        }
        copy?.patience = Patience(until: .now.advanced(by: configuration.drainTimeout), isShielded: true)
        do {
            if hasData { while try await nextCopyChunk() != nil {} }
            _ = try await collectCopy()
        } catch {
            // The error that we asked for. Had the connection not come to rest, this closes it.
            releaseCopy()
        }
    }

    /// Takes the results behind the data, and lets other calls in again.
    private func collectCopy() async throws -> Int {
        guard var copy else { return 0 }
        defer { releaseCopy() }
        do throws(PostgresError) {
            let count = try await collect(copy.name, &copy.patience).affectedRows
            StatementMetrics.named(copy.name).record(since: copy.start, failed: false)
            return count
        } catch {
            StatementMetrics.named(copy.name).record(since: copy.start, failed: true)
            throw error
        }
    }

    private func releaseCopy() {
        copy = nil
        isInUse = false
        if handle.isCopying { close() }
    }
}
