import HTTPTypes
import Hummingbird
import NIOCore
import Records

/// An answer that says no, as [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) describes it.
///
/// Throw one from any route: the failure middleware words it in the caller's language, as JSON or as a page.
struct ProblemDetails: Error, Sendable {
    let status: HTTPResponse.Status
    /// A stable word for programs, the last part of `type`.
    let code: String
    let title: Words
    var detail: Words?
    /// What is wrong with the members of a document.
    var errors: [Problem] = []
    /// A refusal's rule, as `R3.2`, its reason and what to do next.
    var rule: String?
    var reason: String?
    var advice: Words?
    var retryAfter: Duration?
    var headers: HTTPFields = [:]

    /// The body as JSON, in one language.
    func json(in language: Language, requestID: String) -> [UInt8] {
        var writer = JSONWriter()
        write(to: &writer, in: language, requestID: requestID)
        return writer.bytes
    }

    func write(to writer: inout JSONWriter, in language: Language, requestID: String) {
        writer.beginObject()
        writer.member("type", "urn:muster:problem:\(code)")
        writer.member("title", title[language])
        writer.name("status")
        writer.integer(status.code)
        if let detail { writer.member("detail", detail[language]) }
        writer.member("code", code)
        if let rule { writer.member("rule", rule) }
        if let reason { writer.member("reason", reason) }
        if let advice { writer.member("advice", advice[language]) }
        if let retryAfter {
            writer.name("retryAfterSeconds")
            writer.integer(retryAfter.wholeSecondsUp)
        }
        if !errors.isEmpty {
            writer.name("errors")
            writer.beginArray()
            for error in errors {
                writer.beginObject()
                writer.member("pointer", error.pointer)
                writer.member("code", error.code)
                writer.member("detail", error.words[language])
                writer.endObject()
            }
            writer.endArray()
        }
        writer.member("requestId", requestID)
        writer.endObject()
    }

    func response(in language: Language, requestID: String) -> Response {
        var fields = headers
        fields[.contentType] = "application/problem+json; charset=utf-8"
        fields[.contentLanguage] = language.tag
        if let retryAfter { fields[.retryAfter] = String(retryAfter.wholeSecondsUp) }
        return Response(
            status: status,
            headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json(in: language, requestID: requestID)))
        )
    }
}

extension Duration {
    /// Whole seconds, rounded up, at least one.
    var wholeSecondsUp: Int64 {
        max(1, components.seconds + (components.attoseconds > 0 ? 1 : 0))
    }
}
