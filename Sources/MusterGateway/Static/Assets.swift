import Crypto
import HTTPTypes
import Hummingbird
import NIOCore

/// The files that pages use: style, script and icon, embedded in the program.
///
/// Their folder bears a hash of all of them, so that a browser may keep them for ever and scripts find each other by
/// relative names. A page of an older build still gets today's file, only not for ever.
struct Assets: Sendable {
    private struct File: Sendable {
        let contentType: String
        let bytes: ByteBuffer
    }

    /// The folder's address, without a slash at its end.
    let folder: String
    private let tag: String
    private let files: [String: File]

    init() {
        let contents: [(name: String, bytes: [UInt8])] = [
            ("board.css", PackageResources.board_css), ("board.js", PackageResources.board_js),
            ("clock.js", PackageResources.clock_js), ("desk.css", PackageResources.desk_css),
            ("icon.svg", PackageResources.icon_svg), ("incident.css", PackageResources.incident_css),
            ("operations.css", PackageResources.operations_css),
            ("whistles.css", PackageResources.whistles_css),
            ("keys.js", PackageResources.keys_js),
            ("list.css", PackageResources.list_css), ("list.js", PackageResources.list_js),
            ("matter.css", PackageResources.matter_css),
            ("page.js", PackageResources.page_js), ("renew.js", PackageResources.renew_js),
            ("queue.css", PackageResources.queue_css), ("queue.js", PackageResources.queue_js),
            ("stream.js", PackageResources.stream_js), ("strip.js", PackageResources.strip_js),
            ("tokens.css", PackageResources.tokens_css),
        ]
        var hash = SHA256()
        var files: [String: File] = [:]
        for (name, bytes) in contents {
            hash.update(data: bytes)
            files[name] = File(contentType: Self.contentType(of: name), bytes: ByteBuffer(string: Self.served(bytes)))
        }
        let version = hash.finalize().prefix(6).reduce(into: "") { text, byte in
            text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        folder = "/static/\(version)"
        tag = "\"\(version)\""
        self.files = files
    }

    func add(to router: Router<GatewayContext>) {
        router.get("/static/:version/:name") { request, context in
            guard let name = context.parameters.get("name"), let file = files[name] else {
                throw ProblemDetails.notFound
            }
            let isCurrent = request.uri.path.hasPrefix(folder + "/")
            let headers: HTTPFields = [
                .contentType: file.contentType, .eTag: tag,
                .cacheControl: isCurrent ? "public, max-age=31536000, immutable" : "no-cache",
            ]
            if request.headers[.ifNoneMatch] == tag { return Response(status: .notModified, headers: headers) }
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: file.bytes))
        }
    }

    /// A file without what is there for its readers alone: indentation, empty lines, and lines that are comments.
    private static func served(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            let text = line.drop { $0 == " " }
            let isComment = text.hasPrefix("//") || text.hasPrefix("/*") && text.hasSuffix("*/")
            return text.isEmpty || isComment ? nil : text
        }.joined(separator: "\n")
    }

    private static func contentType(of name: String) -> String {
        if name.hasSuffix(".css") { return "text/css; charset=utf-8" }
        if name.hasSuffix(".js") { return "text/javascript; charset=utf-8" }
        return "image/svg+xml"
    }
}
