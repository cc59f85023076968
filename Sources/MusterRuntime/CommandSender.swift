import AsyncHTTPClient
package import EventSourcing
import MusterDomain
import NIOCore
import NIOHTTP1
package import Records

/// Sends commands to a gateway, as `muster send` does.
package struct CommandSender: Sendable {
    /// What the gateway answered.
    package struct Answer: Sendable {
        package let status: UInt
        package let body: String

        package var isAccepted: Bool { (200..<300).contains(status) }
        /// Whether the same command may succeed later.
        package var isWorthRepeating: Bool { status == 409 || status == 429 || status >= 500 }
    }

    private let url: String
    private let token: String
    private let language: Language

    /// - Parameter url: where the gateway is, as `http://127.0.0.1:8080`.
    package init(url: String, token: String, language: Language) {
        self.url = url
        self.token = token
        self.language = language
    }

    /// Sends one command; `data` is its fields as JSON text.
    ///
    /// - Throws: `SendError` when no answer came within half a minute.
    package func send(_ name: String, data: [UInt8], id: CommandID?, log: LogName) async throws -> Answer {
        var random = SystemRandomNumberGenerator()
        let id = id ?? CommandID(UniqueID(version7At: .now(), random: (random.next(), random.next())))
        let body = Self.body(name, data: data, id: id, log: log)
        return try await post(body, "application/json", within: .seconds(30))
    }

    /// Sends many commands, one a line, as `body` makes them; the answer has a line for each.
    ///
    /// - Throws: `SendError` when no answer came within five minutes.
    package func send(lines: [[UInt8]]) async throws -> Answer {
        let body = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
        return try await post(body, "application/x-ndjson", within: .seconds(300))
    }

    /// One command as a door reads it.
    package static func body(_ name: String, data: [UInt8], id: CommandID, log: LogName) -> [UInt8] {
        var body = JSONWriter()
        body.beginObject()
        body.member("command", name)
        body.member("id", id.description)
        body.member("log", log.rawValue)
        body.name("data")
        body.json(data)
        body.endObject()
        return body.bytes
    }

    private func post(_ body: [UInt8], _ type: String, within limit: TimeAmount) async throws -> Answer {
        var request = HTTPClientRequest(url: url + "/v1/commands")
        request.method = .POST
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
        request.headers.add(name: "Content-Type", value: type)
        request.headers.add(name: "Accept-Language", value: language.tag)
        request.body = .bytes(ByteBuffer(bytes: body))
        var configuration = HTTPClient.Configuration()
        // Whoever types a command learns at once that nobody listens.
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(configuration: configuration)
        do {
            let response = try await client.execute(request, timeout: limit)
            let text = String(buffer: try await response.body.collect(upTo: 1 << 24))
            try await client.shutdown()
            return Answer(status: response.status.code, body: text)
        } catch {
            try await client.shutdown()
            throw SendError(url: url, reason: "\(error)")
        }
    }
}

/// No answer came: whether the command was taken is not known, and the same id may be sent again.
package struct SendError: Error, CustomStringConvertible {
    package let url: String
    package let reason: String

    package var description: String { "no answer from \(url): \(reason)" }
}

/// What a command takes, for a person at a terminal.
package struct CommandHelp: Sendable {
    private let entry: CommandEntry

    /// Nil when there is no such command.
    package init?(_ name: String) {
        guard let entry = CommandCatalogue.entry(named: name) else { return nil }
        self.entry = entry
    }

    /// The names of all commands.
    package static var names: [String] { CommandCatalogue.all.map(\.name) }

    package func text(_ language: Language) -> String {
        var lines = ["\(entry.name): \(entry.words[language])"]
        if let help = entry.help { lines.append(help[language]) }
        lines.append("by: " + entry.roles.map { "\($0.rawValue)" }.joined(separator: ", "))
        let width = entry.fields.map(\.name.count).max() ?? 0
        for field in entry.fields {
            let padding = String(repeating: " ", count: width - field.name.count)
            let need = field.isRequired ? "required" : "optional"
            var line = "  \(field.name)\(padding)  \(need)  \(field.words[language]): \(field.schema.summary(language))"
            if let help = field.help { line += " (\(help[language]))" }
            lines.append(line)
        }
        return lines.joined(separator: "\n")
    }
}

extension Schema {
    /// The shape in a few words.
    fileprivate func summary(_ language: Language) -> String {
        switch self {
        case .boolean: "true, false"
        case .integer(let range): "\(range.lowerBound)…\(range.upperBound)"
        case .number(let range): "\(range.lowerBound)…\(range.upperBound)"
        case .text(let maximum, _): Words("text, at most \(maximum) characters", zh: "文本，最多 \(maximum) 个字符")[language]
        case .formatted(_, _, _, let hint): Words("as \(hint)", zh: "如 \(hint)")[language]
        case .choice(let options):
            options.map { "\($0.value) \($0.words[language])" }.joined(separator: ", ")
        case .list(let element, let count, _):
            Words(
                "list of \(count.lowerBound)…\(count.upperBound): ",
                zh: "列表，\(count.lowerBound)…\(count.upperBound) 项："
            )[language]
                + element.summary(language)
        case .record(let fields): "{" + fields.map(\.name).joined(separator: ", ") + "}"
        }
    }
}
