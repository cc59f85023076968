import AsyncHTTPClient
import EventSourcing
import MusterDomain
import NIOCore
import NIOHTTP1
import TaskQueue

/// Hands one message to one address and says what came of it. Bounded in time and in what it reads.
struct WebhookSender: Sendable {
    /// Enough to finish any sensible answer and keep the connection; the rest of a longer one is not read.
    private static let maximumAnswerBytes = 65_536

    let client: HTTPClient
    let timeout: Duration
    let now: @Sendable () -> Timestamp

    /// - Throws: `CancellationError`; whatever the receiver or the network does is an answer.
    func send(_ message: WebhookMessage, to url: WebhookURL, secret: WebhookSecret) async throws -> WebhookAnswer {
        let time = now()
        let seconds = time.microseconds / 1_000_000
        var request = HTTPClientRequest(url: url.rawValue)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "user-agent", value: "muster")
        request.headers.add(name: "webhook-id", value: message.id)
        request.headers.add(name: "webhook-timestamp", value: String(seconds))
        request.headers.add(
            name: "webhook-signature",
            value: WebhookSignature.sign(id: message.id, timestamp: seconds, body: message.body, secret: secret)
        )
        request.body = .bytes(ByteBuffer(bytes: message.body))
        let prepared = request
        do {
            return try await withThrowingTaskGroup { group in
                defer { group.cancelAll() }
                group.addTask { try await exchange(prepared) }
                group.addTask {
                    try await Task.sleep(for: timeout)
                    return .failed("no answer within \(timeout)", .backOff)
                }
                return try await group.next() ?? .failed("no answer", .backOff)
            }
        } catch {
            try Task.checkCancellation()
            return .failed("cannot be reached: \(Self.describe(error))", .backOff)
        }
    }

    private func exchange(_ request: HTTPClientRequest) async throws -> WebhookAnswer {
        let response = try await client.execute(request, timeout: TimeAmount(timeout + .seconds(1)))
        let answer = WebhookAnswer(
            status: Int(response.status.code),
            retryAfter: response.headers.first(name: "retry-after"),
            now: now()
        )
        var bytes = 0
        do {
            for try await part in response.body {
                bytes += part.readableBytes
                if bytes > Self.maximumAnswerBytes { break }
            }
        } catch is HTTPClientError {
            // The status was the answer; a body that breaks off says nothing more.
        }
        return answer
    }

    /// What went wrong, without the address: it may hold a secret of the receiver.
    private static func describe(_ error: any Error) -> String {
        if let error = error as? HTTPClientError { return error.shortDescription }
        return "\(type(of: error))"
    }
}
