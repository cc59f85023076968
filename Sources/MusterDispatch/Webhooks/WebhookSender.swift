import AsyncHTTPClient
import EventSourcing
import MusterDomain
import NIOCore
import NIOHTTP1
import Synchronization
import TaskQueue

/// Hands one message to one address and says what came of it. Bounded in time and in what it reads.
struct WebhookSender: Sendable {
    /// Enough to finish any sensible answer and keep the connection; the rest of a longer one is not read.
    private static let maximumAnswerBytes = 65_536

    let client: HTTPClient
    let timeout: Duration
    let now: @Sendable () -> Timestamp

    /// - Parameter secrets: each signs; a receiver needs to know one of them.
    /// - Throws: `CancellationError`; whatever the receiver or the network does is an answer.
    func send(
        _ message: WebhookMessage,
        to url: WebhookURL,
        secrets: [WebhookSecret]
    ) async throws -> WebhookAnswer {
        let seconds = now().microseconds / 1_000_000
        let signatures = secrets.map {
            WebhookSignature.sign(id: message.id, timestamp: seconds, body: message.body, secret: $0)
        }
        var request = HTTPClientRequest(url: url.rawValue)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "user-agent", value: "muster")
        request.headers.add(name: "webhook-id", value: message.id)
        request.headers.add(name: "webhook-timestamp", value: String(seconds))
        request.headers.add(name: "webhook-signature", value: signatures.joined(separator: " "))
        request.body = .bytes(ByteBuffer(bytes: message.body))
        let prepared = request
        let begun = Begun()
        do {
            return try await withThrowingTaskGroup { group in
                defer { group.cancelAll() }
                group.addTask { try await exchange(prepared, begun) }
                group.addTask {
                    try await Task.sleep(for: timeout)
                    return begun.cutOff("did not end within \(timeout)")
                        ?? WebhookAnswer(failing: "no answer within \(timeout)")
                }
                return try await group.next() ?? WebhookAnswer(failing: "no answer")
            }
        } catch {
            try Task.checkCancellation()
            return WebhookAnswer(failing: "cannot be reached: \(Self.describe(error))")
        }
    }

    /// As much of an answer as has come. Its status is the answer; what follows it, and whether it ends, changes nothing.
    private final class Begun: Sendable {
        private let answer = Mutex<WebhookAnswer?>(nil)

        func take(_ status: WebhookAnswer) { answer.withLock { $0 = status } }

        func take(_ bytes: Int) -> Int {
            answer.withLock { answer in
                answer?.bytes += bytes
                return answer?.bytes ?? 0
            }
        }

        var whole: WebhookAnswer? { answer.withLock { $0 } }

        func cutOff(_ words: String) -> WebhookAnswer? {
            answer.withLock { answer in
                guard var cut = answer else { return nil }
                cut.words = [cut.words, "the answer \(words)"].compactMap(\.self).joined(separator: "; ")
                return cut
            }
        }
    }

    private func exchange(_ request: HTTPClientRequest, _ begun: Begun) async throws -> WebhookAnswer {
        let response = try await client.execute(request, timeout: TimeAmount(timeout + .seconds(1)))
        let status = WebhookAnswer(
            status: Int(response.status.code),
            retryAfter: response.headers.first(name: "retry-after"),
            now: now()
        )
        begun.take(status)
        do {
            for try await part in response.body where begun.take(part.readableBytes) > Self.maximumAnswerBytes {
                return begun.cutOff("was longer than \(Self.maximumAnswerBytes) bytes, the rest was not read") ?? status
            }
        } catch is HTTPClientError {
            return begun.cutOff("broke off") ?? status
        }
        return begun.whole ?? status
    }

    /// What went wrong, without the address: it may hold a secret of the receiver.
    private static func describe(_ error: any Error) -> String {
        if let error = error as? HTTPClientError { return error.shortDescription }
        return "\(type(of: error))"
    }
}
