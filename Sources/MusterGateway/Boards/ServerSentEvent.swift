import EventSourcing

/// One message of an event stream ([HTML: server-sent events](https://html.spec.whatwg.org/multipage/server-sent-events.html)).
struct ServerSentEvent: Sendable {
    /// Where a client that reconnects goes on; nil leaves its place unchanged.
    var id: Position?
    var event: String
    /// One line: JSON as Muster writes it holds no line break.
    var data: [UInt8]

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(data.count + 64)
        if let id { bytes += "id: \(id)\n".utf8 }
        bytes += "event: \(event)\ndata: ".utf8
        bytes += data
        bytes += "\n\n".utf8
        return bytes
    }

    /// What clients do not see; it keeps proxies and clients from taking silence for the end.
    static let heartbeat = Array(": still here\n\n".utf8)

    /// The same for pages, whose scripts must hear it to know that the connection lives.
    static let beat = ServerSentEvent(id: nil, event: "beat", data: Array("{}".utf8)).bytes

    /// How long a client waits before it reconnects.
    static func retry(_ time: Duration) -> [UInt8] {
        Array("retry: \(time.components.seconds * 1_000)\n\n".utf8)
    }
}
