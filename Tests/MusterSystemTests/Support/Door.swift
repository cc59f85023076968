import AsyncHTTPClient
import EventSourcing
import Foundation
import MusterDomain
import NIOCore
import NIOHTTP1
import Records
import Testing

/// A gateway in another process, as its callers see it.
struct Door: Sendable {
    struct Answer: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let body: String
    }

    /// What the door says of a command that it took.
    struct Receipt: Decodable, Hashable, Sendable {
        let id: UUID
        let first: Int64
        let last: Int64
        let recordedAt: String
    }

    let url: String
    let client: HTTPClient

    func send(
        _ method: HTTPMethod,
        _ path: String,
        headers: HTTPHeaders = [:],
        body: HTTPClientRequest.Body? = nil
    ) async throws -> Answer {
        let response = try await open(method, path, headers: headers, body: body)
        let text = String(buffer: try await response.body.collect(upTo: 16 << 20))
        return Answer(status: Int(response.status.code), headers: response.headers, body: text)
    }

    /// Sends a request and leaves the body of the answer to be read as it comes.
    func open(
        _ method: HTTPMethod,
        _ path: String,
        headers: HTTPHeaders = [:],
        body: HTTPClientRequest.Body? = nil
    ) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: url + path)
        request.method = method
        request.headers = headers
        request.body = body
        return try await client.execute(request, timeout: .seconds(60))
    }

    func get(_ path: String, headers: HTTPHeaders = [:]) async throws -> Answer {
        try await send(.GET, path, headers: headers)
    }

    func post(_ path: String, json: String, token: String? = nil) async throws -> Answer {
        var headers: HTTPHeaders = ["Content-Type": "application/json"]
        if let token { headers.add(name: "Authorization", value: "Bearer \(token)") }
        return try await send(.POST, path, headers: headers, body: .bytes(ByteBuffer(string: json)))
    }

    func post(_ posting: Posting, token: String?) async throws -> Answer {
        try await post("/v1/commands", json: posting.json, token: token)
    }

    /// Sends commands as one batch, and requires that each of them is taken.
    func post(_ postings: [Posting], token: String) async throws {
        let lines = postings.map { $0.json + "\n" }.joined()
        let answer = try await send(
            .POST,
            "/v1/commands",
            headers: ["Content-Type": "application/x-ndjson", "Authorization": "Bearer \(token)"],
            body: .bytes(ByteBuffer(string: lines))
        )
        let verdicts = answer.body.split(separator: "\n")
        try #require(verdicts.count == postings.count, "\(answer.body)")
        for verdict in verdicts { try #require(verdict.contains("\"status\":20"), "\(verdict)") }
    }
}

extension Door.Answer {
    func receipt() throws -> Door.Receipt {
        try JSONDecoder().decode(Door.Receipt.self, from: Data(body.utf8))
    }
}

/// A command with the id it is sent under, each time it is sent.
struct Posting: Sendable {
    let id: UUID
    let json: String

    init(_ command: any Command, id: UUID = UUID(), log: String = Neighbourhood.log) {
        self.id = id
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("command", CommandCatalogue.entry(of: command).name)
        writer.member("id", id.uuidString.lowercased())
        writer.member("log", log)
        writer.name("data")
        writer.json(command.data)
        writer.endObject()
        json = String(decoding: writer.bytes, as: UTF8.self)
    }
}
