import HTTPTypes
import Hummingbird
import Logging
import Metrics
import Records
import Synchronization

/// The outermost layer: every request gets a language and a number, every failure an answer, every answer its security
/// headers and its place in the metrics.
///
/// An error that no route has turned into an answer is logged here, once, with the request's number.
struct AnswerMiddleware: RouterMiddleware {
    typealias Context = GatewayContext

    let errorPages: ErrorPages
    private let timers = RequestTimers()

    init(errorPages: ErrorPages) { self.errorPages = errorPages }

    func handle(
        _ request: Request,
        context: GatewayContext,
        next: (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var context = context
        context.language = LanguageChoice.language(of: request)
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            let problem = problem(for: error, request, context)
            response =
                request.wantsPage
                ? errorPages.response(problem, request, context)
                : problem.response(in: context.language, requestID: context.requestID)
        }
        response.headers[.requestID] = context.requestID
        SecurityHeaders.add(to: &response.headers)
        // The route's pattern, never the path itself: labels must stay few.
        let kind = RequestTimers.Kind(
            route: context.endpointPath ?? "none",
            method: Self.label(request.method),
            status: response.status.code
        )
        timers[kind].record(duration: .now - start)
        return response
    }

    private func problem(for error: any Error, _ request: Request, _ context: GatewayContext) -> ProblemDetails {
        switch error {
        case let problem as ProblemDetails:
            return problem
        case let error as HTTPError where error.status == .notFound:
            return .notFound
        case let error as any HTTPResponseError where error.status.code < 500:
            return ProblemDetails(
                status: error.status,
                code: "http-\(error.status.code)",
                title: Words(error.status.reasonPhrase, zh: "请求不被接受（\(error.status.code)）")
            )
        default:
            context.logger.error(
                "request failed",
                metadata: [
                    "http.method": "\(request.method)", "http.route": "\(context.endpointPath ?? "none")",
                    "error": "\(error)",
                ]
            )
            return .unknown
        }
    }

    private static func label(_ method: HTTPRequest.Method) -> String {
        switch method {
        case .get, .head, .post: method.rawValue
        default: "other"
        }
    }
}

/// How long requests take, by kind: the timers that were made before are kept, since finding one by its labels costs more
/// than recording with it.
private final class RequestTimers: Sendable {
    struct Kind: Hashable {
        let route: String
        let method: String
        let status: Int
    }

    private let timers = Mutex<[Kind: Timer]>([:])

    subscript(kind: Kind) -> Timer {
        timers.withLock { timers in
            if let timer = timers[kind] { return timer }
            let labels = [("route", kind.route), ("method", kind.method), ("status", String(kind.status))]
            let timer = Timer(label: "muster_http_request_seconds", dimensions: labels)
            timers[kind] = timer
            return timer
        }
    }
}

/// What tells browsers to trust nothing that is not ours. A route may say something stricter itself.
enum SecurityHeaders {
    private static let fields = [
        HTTPField(
            name: .contentSecurityPolicy,
            value: "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
                + "frame-ancestors 'none'"
        ),
        HTTPField(name: .xContentTypeOptions, value: "nosniff"),
        HTTPField(name: .referrerPolicy, value: "same-origin"),
        HTTPField(name: .crossOriginOpenerPolicy, value: "same-origin"),
        HTTPField(name: .cacheControl, value: "no-store"),
    ]

    static func add(to headers: inout HTTPFields) {
        for field in fields where !headers.contains(field.name) { headers.append(field) }
    }
}

extension HTTPField.Name {
    static let requestID = parsed("X-Request-Id")
    static let referrerPolicy = parsed("Referrer-Policy")
    static let crossOriginOpenerPolicy = parsed("Cross-Origin-Opener-Policy")
    static let lastEventID = parsed("Last-Event-ID")
    static let prefer = parsed("Prefer")
    static let preferenceApplied = parsed("Preference-Applied")
    static let forwarded = parsed("Forwarded")
    static let xForwardedFor = parsed("X-Forwarded-For")

    /// Only for names written here, which are well-formed; a wrong one would be the harmless name below.
    private static func parsed(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .via }
}

extension Request {
    /// Whether a person's browser asks for a page.
    var wantsPage: Bool {
        guard !uri.path.hasPrefix("/v1/") else { return false }
        return headers[.accept]?.contains("text/html") ?? false
    }
}
