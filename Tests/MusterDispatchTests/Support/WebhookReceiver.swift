import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A party's system on loopback: takes webhooks down and answers as it is told.
final class WebhookReceiver: Sendable {
    struct Request: Sendable {
        var path: String
        var headers: [String: String]
        var body: [UInt8]
    }

    enum Answer: Sendable {
        case status(Int, headers: [String: String] = [:], bodyBytes: Int = 0)
        /// Its head, and then nothing.
        case head(Int)
        /// Takes the request and says nothing.
        case silence
    }

    private struct State {
        var answers: [Answer]
        var answersByID: [String: Answer] = [:]
        var requests: [Request] = []
        var underWay = 0
        var mostUnderWay = 0
    }

    private let state: Mutex<State>
    private let arrivals: AsyncStream<Request>
    private let arrival: AsyncStream<Request>.Continuation

    /// - Parameter answers: in turn; the last one again and again.
    init(_ answers: [Answer]) {
        state = Mutex(State(answers: answers))
        (arrivals, arrival) = AsyncStream.makeStream()
    }

    var requests: [Request] { state.withLock { $0.requests } }

    /// How many requests at most waited for their answers at a time.
    var mostUnderWay: Int { state.withLock { $0.mostUnderWay } }

    /// Answers one message so, whenever it comes.
    func answer(to id: String, with answer: Answer) { state.withLock { $0.answersByID[id] = answer } }

    /// Waits for the next request that nobody has waited for yet. For one task.
    func next() async -> Request? {
        for await request in arrivals { return request }
        return nil
    }

    /// A port on which nobody listens now.
    static func freePort() async throws -> Int {
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0)
            .get()
        let port = server.localAddress?.port ?? 0
        try await server.close()
        return port
    }

    /// Listens while the body runs, which is given the port.
    ///
    /// - Parameter port: 0 for any.
    func listen(on port: Int = 0, _ body: (Int) async throws -> Void) async throws {
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(self))
                }
            }
            .bind(host: "127.0.0.1", port: port)
            .get()
        let result: Result<Void, any Error>
        do {
            try await body(server.localAddress?.port ?? 0)
            result = .success(())
        } catch {
            result = .failure(error)
        }
        try await server.close()
        try result.get()
    }

    fileprivate func answer(to request: Request) -> Answer {
        let answer = state.withLock { state in
            state.requests.append(request)
            state.underWay += 1
            state.mostUnderWay = max(state.mostUnderWay, state.underWay)
            if let answer = request.headers["webhook-id"].flatMap({ state.answersByID[$0] }) { return answer }
            return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
        }
        arrival.yield(request)
        return answer
    }

    fileprivate func answered() { state.withLock { $0.underWay -= 1 } }
}

private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let receiver: WebhookReceiver
    private var request = WebhookReceiver.Request(path: "", headers: [:], body: [])

    init(_ receiver: WebhookReceiver) { self.receiver = receiver }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            request = WebhookReceiver.Request(path: head.uri, headers: [:], body: [])
            for header in head.headers { request.headers[header.name.lowercased()] = header.value }
        case .body(let bytes):
            request.body += bytes.readableBytesView
        case .end:
            switch receiver.answer(to: request) {
            case .silence: return
            case .head(let status):
                let headers = HTTPHeaders([("content-length", "10")])
                let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: headers)
                context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
            case .status(let status, let headers, let bodyBytes):
                receiver.answered()
                write(status, headers, bodyBytes, context)
            }
        }
    }

    private func write(_ status: Int, _ headers: [String: String], _ bodyBytes: Int, _ context: ChannelHandlerContext) {
        var all = HTTPHeaders(headers.map { ($0.key, $0.value) })
        all.add(name: "content-length", value: String(bodyBytes))
        let head = HTTPResponseHead(version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: all)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if bodyBytes > 0 {
            let body = ByteBuffer(repeating: UInt8(ascii: "x"), count: bodyBytes)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The sender hung up, as it may.
        context.close(promise: nil)
    }
}
