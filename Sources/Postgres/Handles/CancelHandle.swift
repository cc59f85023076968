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

    /// Asks the server to cancel what the session does. Blocks until the server has taken the request.
    ///
    /// The server promises nothing: the statement may end as if it had not been asked.
    func requestBlocking() -> Bool {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { message in
            unsafe PQcancel(pointer, message.baseAddress, Int32(message.count)) == 1
        }
    }
}
