import CLibPQ

/// The one owner of a `PGcancel`: a copy of what a cancel request needs, independent of its connection.
///
/// Unchecked, but true: libpq documents `PQcancel` as safe on any thread, the object is never changed, and it is freed
/// once, with the last reference.
@safe
final class CancelHandle: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe PQfreeCancel(pointer)
    }

    /// Asks the server to cancel what the session does, on a thread of its own. Goes on when the task is cancelled.
    ///
    /// The server promises nothing: the statement may end as if it had not been asked.
    /// - Returns: whether the request was certainly taken before the deadline. Otherwise it may still come, and would
    ///   hit whatever the session does then: the session must be closed.
    func request(
        until deadline: ContinuousClock.Instant,
        isolation: isolated (any Actor)? = #isolation
    ) async -> Bool {
        await BlockingWork.value(name: "postgres-cancel", until: deadline, isShielded: true) { [self] in
            requestBlocking()
        } ?? false
    }

    private func requestBlocking() -> Bool {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
            unsafe PQcancel(pointer, message.baseAddress, Int32(message.count)) == 1
        }
    }
}
