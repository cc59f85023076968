import EventSourcing
import NIOCore
import Records
import Synchronization

/// The newest changes as watchers get them, made once for each language however many watch.
final class RenderedChanges: Sendable {
    struct Key: Hashable, Sendable {
        let board: String
        let position: Position
        /// Of a page; nil: as JSON for programs.
        let language: Language?
    }

    private struct State {
        var messages: [Key: ByteBuffer] = [:]
        /// In the order they came; the first leaves first.
        var keys: [Key] = []
    }

    private static let capacity = 64

    private let state = Mutex(State())

    /// The message under a key, made by `make` when it is not there. Two that ask at once may both make it.
    func message(_ key: Key, make: () -> ServerSentEvent?) -> ByteBuffer? {
        if let known = state.withLock({ $0.messages[key] }) { return known }
        guard let message = make()?.buffer else { return nil }
        state.withLock { state in
            guard state.messages.updateValue(message, forKey: key) == nil else { return }
            state.keys.append(key)
            if state.keys.count > Self.capacity { state.messages[state.keys.removeFirst()] = nil }
        }
        return message
    }
}
