import EventSourcing
import HTTPTypes
import Hummingbird
import MusterBoards
import NIOCore
import ServiceLifecycle
import Synchronization

/// Sends what changes on a board to one watcher, for as long as it watches.
///
/// Each message carries the position it brings the watcher to; a watcher that comes back with `Last-Event-ID` goes on from
/// there, or gets a `reset` when that is too long ago. A watcher that takes too little out of its backlog is cut off, which
/// costs it nothing but a reconnection. On graceful shutdown the stream ends after the message it is writing.
struct EventStream: Sendable {
    let watchers: Watchers
    let heartbeat: Duration
    let backlog: Int
    let sleep: @Sendable (Duration) async throws -> Void

    /// The answer that streams.
    ///
    /// - Parameters:
    ///   - position: what the watcher has seen; nil: nothing, it begins with a reset.
    ///   - beat: what is sent when nothing happens.
    ///   - encode: makes the message of an update; nil for an update that does not concern this watcher.
    func response(
        of feed: any BoardFeed,
        after position: Position?,
        context: GatewayContext,
        beat: ByteBuffer = ServerSentEvent.heartbeat,
        encode: @escaping @Sendable (BoardUpdate) -> ByteBuffer?
    ) throws -> Response {
        guard let watcher = watchers.enter() else { throw ProblemDetails.tooManyWatchers }
        let channel = context.channel
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
                .accelBuffering: "no",
            ],
            body: ResponseBody { writer in
                // The watcher counts until its stream has ended, however it ends.
                defer { withExtendedLifetime(watcher) {} }
                let (messages, feedMessages) = AsyncStream.makeStream(
                    of: ByteBuffer.self,
                    bufferingPolicy: .bufferingOldest(backlog)
                )
                // A handler costs each watcher less than the tasks of `cancelWhenGracefulShutdown`.
                try await withGracefulShutdownHandler {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask {
                            await Self.follow(feed, after: position, into: feedMessages, encode: encode)
                            // Slow or stopped: the watcher learns it by the end of the stream.
                            feedMessages.finish()
                        }
                        group.addTask {
                            await send(beat, into: feedMessages)
                        }
                        defer { group.cancelAll() }
                        try await writer.write(ServerSentEvent.retry(.seconds(2)))
                        for await message in messages { try await writer.write(message) }
                    }
                } onGracefulShutdown: {
                    feedMessages.finish()
                }
                try await writer.finish(nil)
                // An event stream has no other end that a client would believe.
                channel.close(mode: .output, promise: nil)
            }
        )
    }

    private static func follow(
        _ feed: any BoardFeed,
        after position: Position?,
        into messages: AsyncStream<ByteBuffer>.Continuation,
        encode: @Sendable (BoardUpdate) -> ByteBuffer?
    ) async {
        for await update in feed.changes(after: position) {
            guard let message = encode(update) else { continue }
            guard case .enqueued = messages.yield(message) else { return }
        }
    }

    private func send(_ beat: ByteBuffer, into messages: AsyncStream<ByteBuffer>.Continuation) async {
        while !Task.isCancelled {
            do {
                try await sleep(heartbeat)
            } catch {
                return
            }
            messages.yield(beat)
        }
    }
}

/// Counts the open event streams of a process and bounds them.
final class Watchers: Sendable {
    /// A place among the watchers, given back when it is no longer held.
    final class Place: Sendable {
        private let watchers: Watchers

        fileprivate init(_ watchers: Watchers) { self.watchers = watchers }
        deinit { watchers.leave() }
    }

    let maximum: Int
    private let open = Atomic<Int>(0)

    init(maximum: Int) { self.maximum = maximum }

    var count: Int { open.load(ordering: .relaxed) }

    /// Nil when there is no place.
    func enter() -> Place? {
        guard open.wrappingAdd(1, ordering: .relaxed).newValue <= maximum else {
            leave()
            return nil
        }
        return Place(self)
    }

    private func leave() { open.wrappingSubtract(1, ordering: .relaxed) }
}

extension HTTPField.Name {
    fileprivate static let accelBuffering = HTTPField.Name("X-Accel-Buffering") ?? .via
}
