import EventSourcing
import HTTPTypes
import Hummingbird
import MusterDomain
import Records

/// Signing in with a link, and out again.
///
/// Opening a link only shows whom it is for; the button takes it. A mail program or a browser that looks at links ahead of
/// its owner therefore uses none up.
struct SignInPages: Sendable {
    private static let maximumBodyBytes = 16 << 10

    let tokens: TokenAuthority
    let log: LogName
    let links: SignInLinks
    let limiter: RateLimiter
    let templates: Templates
    let frame: PageFrame
    let now: @Sendable () -> Timestamp

    func add(to router: Router<GatewayContext>) {
        router.get("/sign-in") { request, context in try await show(request, context) }
        router.post("/sign-in") { request, context in try await take(request, context) }
        router.post("/sign-out") { request, context in try await signOut(request, context) }
    }

    private func show(_ request: Request, _ context: GatewayContext) async throws -> Response {
        guard let token = request.uri.queryParameters["token"].map({ String($0) }) else {
            return try page(request, context)
        }
        try admit(context)
        let identity: Identity
        do throws(TokenError) {
            identity = try await tokens.verify(token, for: log, use: .signIn)
        } catch {
            return try page(request, context, failure: error)
        }
        return try page(request, context, token: token, identity: identity)
    }

    private func take(_ request: Request, _ context: GatewayContext) async throws -> Response {
        try admit(context)
        let form = try await FormFields.read(request, context, maximumBytes: Self.maximumBodyBytes)
        let token = Self.token(in: form["token"] ?? "")
        let identity: Identity
        do throws(TokenError) {
            identity = try await tokens.verify(token, for: log, use: .signIn)
            guard links.take(identity, now: now()) else { throw .usedUp }
        } catch {
            return try page(request, context, failure: error)
        }
        let lifetime = frame.configuration.sessionTime
        let session = try await tokens.makeToken(for: identity.actor, log: log, use: .session, lifetime: lifetime)
        var response = Response(status: .seeOther, headers: [.location: "/desk"])
        response.setCookie(
            SessionCookie.set(session, lifetime: lifetime, isSecure: frame.configuration.hasSecureCookies)
        )
        return response
    }

    private func signOut(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let form = try await FormFields.read(request, context, maximumBytes: Self.maximumBodyBytes)
        if case .session(let identity) = context.credential {
            guard tokens.isFormToken(form["_form"] ?? "", of: identity) else { throw ProblemDetails.formForged }
        }
        var response = Response(status: .seeOther, headers: [.location: "/sign-in"])
        response.setCookie(SessionCookie.clear(isSecure: frame.configuration.hasSecureCookies))
        return response
    }

    private func admit(_ context: GatewayContext) throws {
        if let wait = limiter.admit(context.address, now: now()) { throw ProblemDetails.tooMany(retryAfter: wait) }
    }

    /// What people paste may be the whole link.
    private static func token(in text: String) -> String {
        let text = text.filter { !$0.isWhitespace }
        guard let start = text.firstRange(of: "token=") else { return text }
        return String(text[start.upperBound...].prefix { $0 != "&" && $0 != "#" })
    }

    private func page(
        _ request: Request,
        _ context: GatewayContext,
        token: String? = nil,
        identity: Identity? = nil,
        failure: TokenError? = nil
    ) throws -> Response {
        let language = context.language
        var fields = frame.fields(
            request,
            context,
            title: Strings.words("signInTitle")[language],
            bodyClass: "desk",
            styles: ["desk.css"],
            scripts: []
        )
        fields["barTitle"] = "Muster"
        if let token, let identity {
            let actor = identity.actor
            fields["token"] = token
            fields["actorText"] = "\(actor.role.words[language]), \(actor.person) (\(actor.party))"
        }
        if let failure { fields["failure"] = failure.words[language] }
        let status: HTTPResponse.Status = failure.map { ProblemDetails($0).status } ?? .ok
        var response = try templates.response("sign-in", fields, status: status)
        // The address holds a secret.
        response.headers[.referrerPolicy] = "no-referrer"
        return response
    }
}
