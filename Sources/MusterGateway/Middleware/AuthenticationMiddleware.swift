import EventSourcing
import HTTPTypes
import Hummingbird

/// Finds out who asks: a bearer token first, then a session cookie.
///
/// A bearer token that is not good ends the request here. A session cookie that is not good (mostly: expired) counts as
/// none, so that a browser can still reach the sign-in page.
struct AuthenticationMiddleware: RouterMiddleware {
    typealias Context = GatewayContext

    let tokens: TokenAuthority
    let log: LogName

    func handle(
        _ request: Request,
        context: GatewayContext,
        next: (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let field = request.headers[.authorization] {
            guard field.prefix(7).lowercased() == "bearer " else { throw ProblemDetails.tokenMissing }
            do throws(TokenError) {
                let token = field.dropFirst(7).trimmingSpaces
                context.credential = .bearer(try await tokens.verify(token, for: log, use: .access))
            } catch {
                throw ProblemDetails(error)
            }
        } else if let cookie = request.cookies[SessionCookie.name] {
            do throws(TokenError) {
                context.credential = .session(try await tokens.verify(cookie.value, for: log, use: .session))
            } catch {
                context.credential = .refused(error)
            }
        }
        return try await next(request, context)
    }
}

extension Substring {
    /// Without the spaces before and after it.
    fileprivate var trimmingSpaces: String {
        var text = drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
