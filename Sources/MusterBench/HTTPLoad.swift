import EventSourcing
import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// Requests over connections that are kept, on each the next when the answer to the last has come.
///
/// The load shares the processors with what it measures. It therefore does next to nothing: one thread, requests made
/// beforehand, and of an answer it reads status and length.
struct HTTPLoad: Sendable {
    struct Run: Sendable {
        let perSecond: Double
        /// Of each request.
        let latencies: [Duration]
        /// How much of all processors the load itself took, in percent.
        let share: Double
    }

    let server: ServerProcess
    /// What one of the connections sends.
    let requests: @Sendable (_ connection: Int) -> any RequestSource
    /// What every answer must say.
    let statuses: ClosedRange<Int>
    var connections = 64

    init(
        server: ServerProcess,
        statuses: ClosedRange<Int>,
        requests: @escaping @Sendable (_ connection: Int) -> any RequestSource
    ) {
        self.server = server
        self.requests = requests
        self.statuses = statuses
    }

    /// The same request on all connections.
    init(server: ServerProcess, request: PreparedRequest, status: Int) {
        self.init(server: server, statuses: status...status) { _ in request }
    }

    /// Sends for half a second to warm up, and then for `time`.
    func measure(for time: Duration) async throws -> Run {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            let run = try await measure(for: time, on: group)
            try await group.shutdownGracefully()
            return run
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
    }

    private func measure(for time: Duration, on group: MultiThreadedEventLoopGroup) async throws -> Run {
        let before = (try ProcessFigures.own.processorTime, ContinuousClock.now)
        let begin = NIODeadline.now() + .milliseconds(500)
        let end = begin + TimeAmount(time)
        let notes = Notes()
        let address = try ServerAddress(server.url)
        try await withThrowingTaskGroup(of: Void.self) { callers in
            for connection in 0..<connections {
                let requests = requests(connection)
                callers.addTask {
                    let channel = try await ClientBootstrap(group: group)
                        .channelInitializer { channel in
                            channel.eventLoop.makeCompletedFuture {
                                let caller = Caller(
                                    requests: requests,
                                    statuses: statuses,
                                    begin: begin,
                                    end: end,
                                    notes: notes
                                )
                                try channel.pipeline.syncOperations.addHandler(caller)
                            }
                        }
                        .connect(host: address.host, port: address.port).get()
                    try await channel.closeFuture.get()
                }
            }
            try await callers.waitForAll()
        }
        let (latencies, failure) = notes.state.withLock { ($0.latencies, $0.failure) }
        if let failure { throw failure }
        let spent = try ProcessFigures.own.processorTime - before.0
        let processors = Double(ProcessInfo.processInfo.activeProcessorCount)
        return Run(
            perSecond: Double(latencies.count) / (time / .seconds(1)),
            latencies: latencies,
            share: spent / (ContinuousClock.now - before.1) / processors * 100
        )
    }

    /// What all connections note.
    private final class Notes: Sendable {
        struct State {
            var latencies: [Duration] = []
            var failure: BenchError?
        }

        let state = Mutex(State())
    }

    /// One connection.
    private final class Caller: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private var requests: any RequestSource
        private let statuses: ClosedRange<Int>
        private let begin: NIODeadline
        private let end: NIODeadline
        private let notes: Notes
        private var received = ByteBuffer()
        private var sentAt = NIODeadline.now()
        private var latencies: [Duration] = []
        private var isFinished = false

        init(
            requests: any RequestSource,
            statuses: ClosedRange<Int>,
            begin: NIODeadline,
            end: NIODeadline,
            notes: Notes
        ) {
            self.requests = requests
            self.statuses = statuses
            self.begin = begin
            self.end = end
            self.notes = notes
        }

        func channelActive(context: ChannelHandlerContext) { send(context) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var buffer = unwrapInboundIn(data)
            if received.readableBytes == 0 { received = buffer } else { received.writeBuffer(&buffer) }
            guard let answer = AnswerHead(received), received.readableBytes >= answer.byteCount else { return }
            guard statuses.contains(answer.status) else {
                return fail("a request was answered: \(String(buffer: received))", context)
            }
            received.clear()
            let now = NIODeadline.now()
            if sentAt >= begin, now <= end { latencies.append(Duration(now - sentAt)) }
            if now < end { send(context) } else { finish(context) }
        }

        func channelInactive(context: ChannelHandlerContext) { fail("a connection was closed", context) }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            fail("a connection failed: \(error)", context)
        }

        private func send(_ context: ChannelHandlerContext) {
            sentAt = .now()
            context.writeAndFlush(wrapOutboundOut(requests.next()), promise: nil)
        }

        private func finish(_ context: ChannelHandlerContext) {
            isFinished = true
            notes.state.withLock { $0.latencies += latencies }
            context.close(promise: nil)
        }

        private func fail(_ reason: String, _ context: ChannelHandlerContext) {
            guard !isFinished else { return }
            notes.state.withLock { $0.failure = $0.failure ?? BenchError(reason) }
            finish(context)
        }
    }
}
