import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// Serves each connection on the event loop that reads it, so that no second thread is woken for a request.
///
/// While the task of one connection computes, the other connections of its loop wait. Requests are short, and what takes
/// long, as reading a log anew, pauses for every page.
struct LoopChannel: ServerChildChannel {
    let base: HTTP1Channel

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        // Each connection keeps a buffer for what it reads: most requests are short, and longer ones make it grow.
        let buffers = AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 512, maximum: 64 << 10)
        return channel.setOption(.recvAllocator, value: buffers)
            .flatMap { base.setup(channel: channel, logger: logger) }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await withTaskExecutorPreference(LoopExecutor(value.channel.eventLoop)) {
            await base.handle(value: value, logger: logger)
        }
    }
}

/// An event loop that runs tasks.
private final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
