import Hummingbird
import NIOCore

/// Reads request bodies within bounds of size and time.
enum BodyReader {
    /// The whole body.
    ///
    /// - Throws: `ProblemDetails` when it is longer than `maximumBytes` or has not arrived after `time`.
    static func read(
        _ request: Request,
        _ context: GatewayContext,
        maximumBytes: Int,
        time: Duration
    ) async throws -> [UInt8] {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > maximumBytes {
            throw ProblemDetails.tooLarge(maximumBytes)
        }
        // Most bodies are there already: a second task that sleeps would cost more than reading them.
        let pipeline = context.channel.pipeline
        let overdue = context.channel.eventLoop.scheduleTask(in: TimeAmount(time)) {
            pipeline.fireErrorCaught(ProblemDetails.tooSlow)
        }
        defer { overdue.cancel() }
        var bytes: [UInt8] = []
        for try await chunk in request.body {
            guard bytes.count + chunk.readableBytes <= maximumBytes else {
                throw ProblemDetails.tooLarge(maximumBytes)
            }
            bytes.append(contentsOf: chunk.readableBytesView)
        }
        return bytes
    }

    /// Runs `body`, and cancels it when the time is over.
    static func within<Value: Sendable>(
        _ time: Duration,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await Task.sleep(for: time)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let value = first else { throw ProblemDetails.tooSlow }
            return value
        }
    }
}
