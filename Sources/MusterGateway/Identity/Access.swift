import HTTPTypes
import Hummingbird
import MusterDomain

/// Who may pass which door.
struct Access: Sendable {
    let configuration: GatewayConfiguration

    /// Lets a request read boards and matters.
    ///
    /// Where reading is open anybody may. Elsewhere it takes a token of someone on duty.
    func checkReading(_ request: Request, _ context: GatewayContext) throws {
        if isOpen(to: request, context) { return }
        guard let identity = context.identity else { throw missing(context) }
        guard identity.actor.role != .resident else { throw ProblemDetails.boardsForbidden }
    }

    /// Lets a request see what only whoever took part can name, as by a command's id.
    ///
    /// Where reading is open anybody may. Elsewhere it takes a token of anybody, residents too.
    func checkOwn(_ request: Request, _ context: GatewayContext) throws {
        guard isOpen(to: request, context) || context.identity != nil else { throw missing(context) }
    }

    /// Who writes through the programs' door. Sessions do not pass here: a browser sends their cookie by itself, also for
    /// a page that is not ours.
    func writer(_ context: GatewayContext) throws -> Identity {
        guard case .bearer(let identity) = context.credential else { throw missing(context) }
        return identity
    }

    /// Whose desk is asked for.
    func session(_ context: GatewayContext) throws -> Identity {
        guard let identity = context.identity else { throw missing(context) }
        return identity
    }

    private func isOpen(to request: Request, _ context: GatewayContext) -> Bool {
        switch configuration.openReading {
        case .always: true
        case .never: false
        case .onLoopback:
            configuration.listensOnLoopback && context.isFromLoopback && request.headers[.forwarded] == nil
                && request.headers[.xForwardedFor] == nil
        }
    }

    private func missing(_ context: GatewayContext) -> ProblemDetails {
        if case .refused(let error) = context.credential { return ProblemDetails(error) }
        return .tokenMissing
    }
}
