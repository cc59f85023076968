import EventLog
import EventSourcing
import Evidence
import HTTPTypes
import Hummingbird
import NIOCore
import Records

/// The evidence of the log, as [C2SP tlog-tiles](https://c2sp.org/tlog-tiles) lays it out below `/v1/logs/<log>/`, and
/// receipts.
///
/// Checkpoint, keys and tiles are for anybody: they are hashes and signatures, and worth more the more people keep them.
/// Entries name streams and times, so they take what reading takes. A receipt is for whoever knows the command's id and is
/// somebody.
struct EvidenceRoutes: Sendable {
    let seals: Seals
    let log: LogName
    let access: Access

    func add(to router: Router<GatewayContext>) {
        router.get("/v1/logs/:log/checkpoint") { _, context in
            try check(context)
            guard let latest = try await seals.latest() else { throw ProblemDetails.notSealed }
            return Self.text(try latest.signed().encoded)
        }
        router.get("/v1/logs/:log/keys") { _, context in
            try check(context)
            return Self.text(try await seals.keys().map { "\($0)\n" }.joined())
        }
        router.get("/v1/logs/:log/tile/**") { request, context in
            try check(context)
            let path = context.parameters.getCatchAll().joined(separator: "/")
            return path.hasPrefix("entries/")
                ? try await entries(path.dropFirst(8), request, context)
                : try await tile(path)
        }
        router.get("/v1/receipts/:command") { request, context in
            try access.checkOwn(request, context)
            return try await receipt(of: try context.parameters.require("command"))
        }
    }

    private func check(_ context: GatewayContext) throws {
        guard try context.parameters.require("log") == log.rawValue else { throw ProblemDetails.notFound }
    }

    private func tile(_ path: String) async throws -> Response {
        guard let tile = Tile(pathBelowTile: path), let hashes = try await seals.hashes(of: tile) else {
            throw ProblemDetails.notFound
        }
        return Self.bytes(hashes.concatenated, isPublic: true)
    }

    private func entries(_ path: Substring, _ request: Request, _ context: GatewayContext) async throws -> Response {
        try access.checkReading(request, context)
        guard let slot = TileSlot(path: path),
            let entries = try await Self.attached({ try await seals.entries(of: slot) })
        else { throw ProblemDetails.notFound }
        return Self.bytes(EntryBundle.encode(entries), isPublic: false)
    }

    private func receipt(of command: String) async throws -> Response {
        guard let command = CommandID(command) else { throw ProblemDetails.commandUnknown }
        switch try await Self.attached({ try await seals.receipt(of: command) }) {
        case .unknown: throw ProblemDetails.commandUnknown
        case .notSealedYet: throw ProblemDetails.notSealed
        case .receipt(let receipt): return JSONAnswer.response(Receipt.record.encode(receipt))
        }
    }

    /// What is read where the log may have been archived.
    private static func attached<Value>(_ read: () async throws -> Value) async throws -> Value {
        do {
            return try await read()
        } catch LogError.detached {
            throw ProblemDetails.archived
        }
    }

    private static func text(_ text: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    /// What is at such a path never changes.
    private static func bytes(_ bytes: [UInt8], isPublic: Bool) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream",
                .cacheControl: "\(isPublic ? "public" : "private"), max-age=31536000, immutable",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}

extension ProblemDetails {
    fileprivate static let commandUnknown = ProblemDetails(
        status: .notFound,
        code: "command-unknown",
        title: Words("The log does not know this command", zh: "日志中没有这条命令"),
        detail: Words(
            "Nothing was recorded under this id, or another log holds it.",
            zh: "该编号下没有记录，或记录在其他日志中。"
        )
    )

    fileprivate static let archived = ProblemDetails(
        status: .notFound,
        code: "archived",
        title: Words("These events are archived", zh: "这些事件已归档"),
        detail: Words(
            "They are proven as before, and can be read again when their partition is attached.",
            zh: "它们仍可证明；重新挂接所在分区后即可读取。"
        )
    )

    fileprivate static let notSealed = ProblemDetails(
        status: .serviceUnavailable,
        code: "not-sealed",
        title: Words("It is not sealed yet", zh: "尚未封存"),
        detail: Words(
            "What was recorded is sealed about every second. Ask again.",
            zh: "记录大约每秒封存一次，请稍后再查。"
        ),
        retryAfter: .seconds(1)
    )
}
