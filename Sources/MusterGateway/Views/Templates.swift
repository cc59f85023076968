import HTTPTypes
import Hummingbird
import Mustache
import NIOCore

/// What a template is given: names and values, which may be texts, truths, lists and fields again.
typealias Fields = [String: Any]

/// The pages' templates, parsed once.
struct Templates: Sendable {
    private let library: MustacheLibrary

    init() throws {
        var library = MustacheLibrary()
        MustacheContentTypes.register(Markup(), named: Markup.name)
        for (name, bytes) in Self.sources {
            let text = "{{% CONTENT_TYPE:\(Markup.name)}}" + String(decoding: bytes, as: UTF8.self)
            try library.register(text, named: name)
        }
        self.library = library
    }

    /// - Throws: when there is no such template, which is our own mistake.
    func render(_ name: String, _ fields: Fields) throws -> String {
        guard let text = library.render(fields, withTemplate: name) else { throw TemplateMissing(name: name) }
        return text
    }

    func response(_ name: String, _ fields: Fields, status: HTTPResponse.Status = .ok) throws -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: try render(name, fields)))
        )
    }

    static let sources: [(name: String, bytes: [UInt8])] = [
        ("bottom", PackageResources.bottom_mustache), ("departments", PackageResources.departments_mustache),
        ("desk", PackageResources.desk_mustache), ("desk-bar", PackageResources.desk_bar_mustache),
        ("error", PackageResources.error_mustache), ("feed", PackageResources.feed_mustache),
        ("field", PackageResources.field_mustache), ("form", PackageResources.form_mustache),
        ("incident", PackageResources.incident_mustache),
        ("layout", PackageResources.layout_mustache), ("list", PackageResources.list_mustache),
        ("list-counts", PackageResources.list_counts_mustache), ("list-row", PackageResources.list_row_mustache),
        ("list-side", PackageResources.list_side_mustache), ("matter", PackageResources.matter_mustache),
        ("matter-event", PackageResources.matter_event_mustache),
        ("operations", PackageResources.operations_mustache),
        ("operations-row", PackageResources.operations_row_mustache), ("past", PackageResources.past_mustache),
        ("queue", PackageResources.queue_mustache),
        ("queue-deliveries", PackageResources.queue_deliveries_mustache),
        ("queue-letter", PackageResources.queue_letter_mustache),
        ("queue-limits", PackageResources.queue_limits_mustache),
        ("queue-parts", PackageResources.queue_parts_mustache), ("queue-row", PackageResources.queue_row_mustache),
        ("sign-in", PackageResources.sign_in_mustache), ("sprite", PackageResources.sprite_mustache),
        ("top", PackageResources.top_mustache), ("whistles", PackageResources.whistles_mustache),
        ("whistles-head", PackageResources.whistles_head_mustache),
        ("whistles-row", PackageResources.whistles_row_mustache),
        ("whistles-side", PackageResources.whistles_side_mustache),
    ]
}

/// Text inside markup, escaped scalar by scalar: the library's own way looks at whole characters and lets a quotation mark
/// pass that bears an accent, and with it the end of an attribute.
struct Markup: MustacheContentType {
    static let name = "MARKUP"

    func escapeText(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}

struct TemplateMissing: Error {
    let name: String
}
