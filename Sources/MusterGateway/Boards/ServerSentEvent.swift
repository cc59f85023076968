import EventSourcing
import NIOCore

/// One message of an event stream ([HTML: server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html)).
struct ServerSentEvent: Sendable {
    /// Where a client that reconnects goes on; nil leaves its place unchanged.
    var id: Position?
    var event: String
    /// One line: JSON as Muster writes it holds no line break.
    var data: [UInt8]

    /// Its text; as many streams may send the same buffer as there are, it is not copied for them.
    var buffer: ByteBuffer {
        let head = (id.map { "id: \($0)\n" } ?? "") + "event: \(event)\ndata: "
        var buffer = ByteBufferAllocator().buffer(capacity: head.utf8.count + data.count + 2)
        buffer.writeString(head)
        buffer.writeBytes(data)
        buffer.writeStaticString("\n\n")
        return buffer
    }

    /// What clients do not see; it keeps proxies and clients from taking silence for the end.
    static let heartbeat = ByteBuffer(string: ": still here\n\n")

    /// The same for pages, whose scripts must hear it to know that the connection lives.
    static let beat = ServerSentEvent(id: nil, event: "beat", data: Array("{}".utf8)).buffer

    /// How long a client waits before it reconnects.
    static func retry(_ time: Duration) -> ByteBuffer {
        ByteBuffer(string: "retry: \(time.components.seconds * 1_000)\n\n")
    }
}
