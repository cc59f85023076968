import CLibPQ
import Glibc

/// Runs blocking work away from the threads that run Swift's tasks.
enum OwnThread {
    private final class Work {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }

    /// Starts a thread that runs the work and ends. False when the system has no thread to give.
    ///
    /// - Parameter name: at most 15 bytes, shown by `top -H` and debuggers.
    static func start(name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        guard unsafe pthread_attr_init(&attributes) == 0 else { return false }
        defer { unsafe pthread_attr_destroy(&attributes) }
        guard unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED)) == 0 else { return false }

        let work = unsafe Unmanaged.passRetained(Work(name: name, body: body))
        var thread = pthread_t()
        let status = unsafe pthread_create(
            &thread,
            &attributes,
            { context in
                guard let context = unsafe context else { return nil }
                let work = unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
                unsafe pthread_setname_np(pthread_self(), work.name)
                work.body()
                return nil
            },
            work.toOpaque()
        )
        if status != 0 { unsafe work.release() }
        return status == 0
    }
}
