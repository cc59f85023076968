import Hummingbird

/// Answers requests for event streams in a task of its own, which has ended when the stream begins.
///
/// A task keeps the memory of the deepest call it ever made. A connection's task lives as long as its stream: without this,
/// each watcher would hold what the routes and all layers around them needed (15 KiB) for as long as it watches.
struct StreamResponder<Inner: HTTPResponder>: HTTPResponder where Inner.Context: Sendable {
    let inner: Inner

    func respond(to request: Request, context: Inner.Context) async throws -> Response {
        guard request.uri.path.hasSuffix("/events") else {
            return try await inner.respond(to: request, context: context)
        }
        // A child task, as of `async let`, would have its memory from this one.
        return try await Task { try await inner.respond(to: request, context: context) }.value
    }
}
