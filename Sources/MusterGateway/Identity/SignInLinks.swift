import EventSourcing
import Synchronization

/// Remembers which sign-in links were used, until they expire.
///
/// The memory is the process's own: a link is good once per process. Its short life bounds the rest.
final class SignInLinks: Sendable {
    private static let capacity = 10_000

    private let used = Mutex<[String: Timestamp]>([:])

    /// Takes a link; false when it was taken before, or when so many are remembered that no more can be.
    func take(_ identity: Identity, now: Timestamp) -> Bool {
        used.withLock { used in
            if used.count >= Self.capacity { used = used.filter { $0.value > now } }
            guard used.count < Self.capacity, used[identity.token] == nil else { return false }
            used[identity.token] = identity.expiresAt
            return true
        }
    }
}
