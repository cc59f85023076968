import AsyncHTTPClient
import Evidence
import NIOCore
import NIOHTTP1

/// Asks a witness over HTTP, as [C2SP tlog-witness](https://c2sp.org/tlog-witness) says.
struct WitnessClient: Sendable {
    private static let timeout = TimeAmount.seconds(10)
    private static let answerLimit = 64 << 10

    let client: HTTPClient
    let url: String

    /// - Throws: `WitnessError` when the witness neither signs nor says where it stands; what goes wrong on the way.
    func ask(_ asked: WitnessRequest) async throws -> WitnessAnswer {
        var request = HTTPClientRequest(url: "\(url)/add-checkpoint")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
        request.body = .bytes(ByteBuffer(string: asked.encoded))
        let response = try await client.execute(request, timeout: Self.timeout)
        let text = String(buffer: try await response.body.collect(upTo: Self.answerLimit))
        switch response.status {
        case .ok:
            return .cosigned(text.split(separator: "\n").compactMap { NoteSignature(line: $0) })
        case .conflict:
            guard let size = Int(text.prefix { $0 != "\n" }), size >= 0 else {
                throw WitnessError(status: response.status.code)
            }
            return .standsAt(size)
        default:
            throw WitnessError(status: response.status.code)
        }
    }
}

/// A witness does not sign.
struct WitnessError: Error, CustomStringConvertible {
    let status: UInt

    var description: String { "the witness answers with \(status)" }
}
