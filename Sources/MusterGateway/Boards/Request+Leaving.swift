import Hummingbird

extension Request {
    /// Does long work for whoever asks, and cancels it when they go away.
    func whileConnected<Value: Sendable>(
        _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        try await body.consumeWithCancellationOnInboundClose { body in
            // Work that ends before the request has come to its own end would break the server's stream of it.
            for try await _ in body {}
            return try await work()
        }
    }
}
