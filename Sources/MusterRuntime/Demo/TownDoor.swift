import AsyncHTTPClient
import EventSourcing
import MusterDomain
import MusterGateway
import NIOCore
import NIOHTTP1
import Records
import Synchronization

/// How people of the made-up town reach Muster: by HTTP, with a token of their own, like everybody else.
final class TownDoor: Sendable {
    /// What came back.
    enum Answer: Sendable, Equatable {
        case accepted
        /// A rule said no; asking again would not help.
        case refused(reason: String)
        /// Busy or out of reach: try again later.
        case later
    }

    private static let tokenLifetime = Duration.seconds(12 * 3_600)

    private struct Token {
        let text: String
        let renewAt: Timestamp
    }

    private let url: String
    private let log: LogName
    private let tokens: TokenAuthority
    private let client: HTTPClient
    private let kept = Mutex<[PersonID: Token]>([:])

    /// - Parameter url: where the gateway listens, as `http://127.0.0.1:8080`.
    init(url: String, log: LogName, tokens: TokenAuthority, client: HTTPClient) {
        self.url = url
        self.log = log
        self.tokens = tokens
        self.client = client
    }

    func send(_ command: TownCommand) async throws -> Answer {
        let entry = CommandCatalogue.entry(of: command.command)
        var body = JSONWriter()
        body.beginObject()
        body.member("command", entry.name)
        body.member("id", command.id.description)
        body.member("log", log.rawValue)
        body.name("data")
        body.json(command.command.data)
        body.endObject()
        var request = HTTPClientRequest(url: url + "/v1/commands")
        request.method = .POST
        request.headers.add(name: "Authorization", value: "Bearer \(try await token(for: command.actor))")
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: body.bytes))
        let response: HTTPClientResponse
        let text: String
        do {
            response = try await client.execute(request, timeout: .seconds(30))
            text = String(buffer: try await response.body.collect(upTo: 1 << 20))
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            return .later
        }
        switch response.status.code {
        case 200..<300: return .accepted
        case 409, 429, 500...: return .later
        default: return .refused(reason: "\(entry.name): \(response.status.code) \(text)")
        }
    }

    private func token(for actor: Actor) async throws -> String {
        let now = Timestamp.now()
        if let token = kept.withLock({ $0[actor.person] }), token.renewAt > now { return token.text }
        let text = try await tokens.makeToken(for: actor, log: log, use: .access, lifetime: Self.tokenLifetime)
        let token = Token(text: text, renewAt: now + Self.tokenLifetime / 2)
        kept.withLock { $0[actor.person] = token }
        return text
    }
}
