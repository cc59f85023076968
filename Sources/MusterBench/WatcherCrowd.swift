import NIOCore
import NIOPosix
import Synchronization

/// Many watchers of one event stream, each a socket that looks for the positions in what it receives and throws away the
/// rest. All are served by one thread.
final class WatcherCrowd: Sendable {
    private struct State {
        /// What is waited for: a position after this one.
        var position: Int64 = .max
        /// When each watcher had it.
        var seenAt: [NIODeadline?] = []
        var missing = 0
        var isComplete: AsyncStream<Void>.Continuation?
        var failure: BenchError?
    }

    private static let openingAtOnce = 128
    private static let patience = Duration.seconds(30)

    let count: Int
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let state = Mutex(State())

    init(count: Int) { self.count = count }

    /// Connects them all; returns when each has received the beginning of its stream.
    ///
    /// - Parameter position: what they have seen already.
    func open(_ path: String, at url: String, after position: Int64) async throws {
        let address = try ServerAddress(url)
        let request = ByteBuffer(
            string: "GET \(path) HTTP/1.1\r\nHost: bench\r\nAccept: text/event-stream\r\n"
                + "Last-Event-ID: \(position)\r\n\r\n"
        )
        _ = try await times(after: Watcher.beginning) {
            for first in stride(from: 0, to: count, by: Self.openingAtOnce) {
                let opening = (first..<min(count, first + Self.openingAtOnce)).map { number in
                    ClientBootstrap(group: group)
                        .channelInitializer { channel in
                            channel.eventLoop.makeCompletedFuture {
                                let watcher = Watcher(number: number, request: request, crowd: self)
                                try channel.pipeline.syncOperations.addHandler(watcher)
                            }
                        }
                        .connect(host: address.host, port: address.port)
                }
                for channel in opening { _ = try await channel.get() }
            }
        }
    }

    /// Runs `act`, which makes one change, and waits until every watcher has been told of it.
    ///
    /// - Parameter position: the last position before the change.
    /// - Returns: for each watcher, how long after the beginning of `act` it had the change.
    func times(after position: Int64, _ act: () async throws -> Void) async throws -> [Duration] {
        let (completion, isComplete) = AsyncStream.makeStream(of: Void.self)
        state.withLock { state in
            state.position = position
            state.seenAt = Array(repeating: nil, count: count)
            state.missing = count
            state.isComplete = isComplete
        }
        let start = NIODeadline.now()
        try await act()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in completion {} }
            // Ends early only when all is seen.
            group.addTask { try? await Task.sleep(for: Self.patience) }
            await group.next()
            group.cancelAll()
        }
        let (seenAt, missing, failure) = state.withLock { ($0.seenAt, $0.missing, $0.failure) }
        if let failure { throw failure }
        guard missing == 0 else {
            throw BenchError("\(missing) of \(count) watchers were told nothing for \(Self.patience)")
        }
        return seenAt.compactMap { $0 }.map { Duration($0 - start) }
    }

    func close() async throws {
        state.withLock { $0.isComplete = nil }
        try await group.shutdownGracefully()
    }

    private func note(_ number: Int, _ position: Int64, at time: NIODeadline) {
        state.withLock { state in
            guard position > state.position, state.seenAt[number] == nil else { return }
            state.seenAt[number] = time
            state.missing -= 1
            if state.missing == 0 { state.isComplete?.finish() }
        }
    }

    private func fail(_ reason: String) {
        state.withLock { state in
            guard let isComplete = state.isComplete else { return }
            state.failure = state.failure ?? BenchError(reason)
            isComplete.finish()
        }
    }

    /// One socket.
    private final class Watcher: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        /// A position before all others; the first line that a stream sends is noted as the one that follows it.
        static let beginning: Int64 = -2

        private let number: Int
        private let request: ByteBuffer
        private let crowd: WatcherCrowd
        /// The beginning of a line whose end has not come, as much of it as a position takes.
        private var begun: [UInt8] = []
        private var isAnswered = false

        init(number: Int, request: ByteBuffer, crowd: WatcherCrowd) {
            self.number = number
            self.request = request
            self.crowd = crowd
        }

        func channelActive(context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(request), promise: nil)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let time = NIODeadline.now()
            let bytes = unwrapInboundIn(data).readableBytesView
            if !isAnswered {
                isAnswered = true
                guard bytes.starts(with: "HTTP/1.1 200 ".utf8) else {
                    return crowd.fail("a watcher was answered: \(String(decoding: bytes, as: UTF8.self))")
                }
            }
            var start = bytes.startIndex
            while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
                take(bytes[start..<end], at: time)
                begun.removeAll(keepingCapacity: true)
                start = end + 1
            }
            begun += bytes[start...].prefix(max(0, 32 - begun.count))
        }

        func channelInactive(context: ChannelHandlerContext) { crowd.fail("a watcher's stream ended") }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            crowd.fail("a watcher failed: \(error)")
            context.close(promise: nil)
        }

        private func take(_ end: ByteBufferView, at time: NIODeadline) {
            let line = begun.isEmpty ? Array(end.prefix(32)) : begun + end.prefix(32)
            if line.starts(with: "id: ".utf8) {
                guard let position = Int64(String(decoding: line.dropFirst(4), as: UTF8.self)) else { return }
                crowd.note(number, position, at: time)
            } else if line.starts(with: "retry:".utf8) {
                crowd.note(number, Self.beginning + 1, at: time)
            }
        }
    }
}
