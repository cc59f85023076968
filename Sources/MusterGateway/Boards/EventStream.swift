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
/// there, or gets a `reset` when that is too long ago. A watcher takes messages at its own pace: one that has fallen behind
/// what the board keeps gets a `reset` too. On graceful shutdown the stream ends after the message it is writing.
struct EventStream: Sendable {
    let watchers: Watchers

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
        let watch = feed.watch()
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
                // A handler costs each watcher less than the tasks of `cancelWhenGracefulShutdown`.
                try await withGracefulShutdownHandler {
                    try await writer.write(ServerSentEvent.retry(.seconds(2)))
                    var changes = feed.changes(after: position).makeAsyncIterator()
                    while let message = await changes.next(on: watch) {
                        switch message {
                        case .update(let update): if let text = encode(update) { try await writer.write(text) }
                        case .beat: try await writer.write(beat)
                        }
                    }
                } onGracefulShutdown: {
                    watch.end()
                }
                try await writer.finish(nil)
                // An event stream has no other end that a client would believe.
                channel.close(mode: .output, promise: nil)
            }
        )
    }
}

/// Beats for all watchers of a process, so that none needs a timer of its own.
struct Heart: Sendable {
    let interval: Duration
    let sleep: @Sendable (Duration) async throws -> Void
    let beat: @Sendable () -> Void

    /// Beats until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                try await sleep(interval)
            } catch {
                return
            }
            beat()
        }
    }
}

/// Counts the open event streams of a process and bounds them. While there are any, their heart beats.
final class Watchers: Sendable {
    /// A place among the watchers, given back when it is no longer held.
    final class Place: Sendable {
        private let watchers: Watchers

        fileprivate init(_ watchers: Watchers) { self.watchers = watchers }
        deinit { watchers.leave() }
    }

    private struct State {
        var open = 0
        var heartbeats: Task<Void, Never>?
    }

    private let maximum: Int
    private let heart: Heart
    private let state = Mutex(State())

    init(maximum: Int, heart: Heart) {
        self.maximum = maximum
        self.heart = heart
    }

    /// Nil when there is no place.
    func enter() -> Place? {
        let isThere = state.withLock { state in
            guard state.open < maximum else { return false }
            state.open += 1
            if state.heartbeats == nil { state.heartbeats = Task.detached { [heart] in await heart.run() } }
            return true
        }
        return isThere ? Place(self) : nil
    }

    private func leave() {
        state.withLock { state in
            state.open -= 1
            guard state.open == 0 else { return }
            state.heartbeats?.cancel()
            state.heartbeats = nil
        }
    }
}

extension HTTPField.Name {
    fileprivate static let accelBuffering = HTTPField.Name("X-Accel-Buffering") ?? .via
}
