import Hummingbird

extension Request {
    /// Does long work for whoever asks, and cancels it when they go away.
    func whileConnected<Value: Sendable>(
        _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        try await body.consumeWithCancellationOnInboundClose { body in
            // The stream of the request must have come to its end before the work has: where a cancelled read ends without
            // an error, as under the test client, its source would be dropped unfinished, which is a trap.
            for try await _ in body {}
            return try await work()
        }
    }
}
