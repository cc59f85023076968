import EventSourcing
import NIOCore

/// What one connection sends, request after request.
protocol RequestSource: Sendable {
    mutating func next() -> ByteBuffer
}

/// A request of HTTP/1.1 whose text is made once; of each that is sent only the ids are new.
struct PreparedRequest: RequestSource {
    private static let placeholder = UniqueID(high: .max, low: .max)

    private let text: ByteBuffer
    /// Where ids stand in the text.
    private let places: [Int]

    /// - Parameter body: the body for an id.
    private init(head: String, body: String) {
        let text = head + (body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n") + "\r\n" + body
        self.text = ByteBuffer(string: text)
        let bytes = Array(text.utf8)
        let id = Array(Self.placeholder.description.utf8)
        places = bytes.indices.filter { bytes[$0...].starts(with: id) }
    }

    /// `GET` of a path, without a body.
    static func get(_ path: String) -> PreparedRequest {
        PreparedRequest(head: "GET \(path) HTTP/1.1\r\nHost: bench\r\n", body: "")
    }

    /// A report, and each time another one.
    static func report(to gateway: BenchGateway) -> PreparedRequest {
        PreparedRequest(
            head: "POST /v1/commands HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer \(gateway.token)\r\n",
            body: gateway.command(placeholder)
        )
    }

    /// The next request's text.
    func next() -> ByteBuffer {
        guard !places.isEmpty else { return text }
        var text = text
        let id = UniqueID.new().description
        for place in places { text.setString(id, at: place) }
        return text
    }
}
