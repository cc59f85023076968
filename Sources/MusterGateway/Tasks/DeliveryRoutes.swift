import HTTPTypes
import Hummingbird
import Logging
import MusterDomain
import Records
import TaskQueue

/// `GET /v1/tasks/deliveries`: what became of the last webhooks. Whoever acts for a party sees those to its own as long as
/// they hold the post that their token names; the district's command and the administrator see all.
struct DeliveryRoutes: Sendable {
    let queue: Queue
    let access: Access
    let duty: Duty

    private static let defaultLimit = 100

    func add(to router: Router<GatewayContext>) {
        router.get("/v1/tasks/deliveries") { request, context in try await list(request, context) }
    }

    private func list(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let actor = try access.writer(context).actor
        try duty.check(actor)
        let query = request.uri.queryParameters
        let asked = query["party"].map { String($0) }
        let party = try Self.party(asked, seenBy: actor)
        let limits = 1...DeliveryReport.maximumDeliveries
        guard let limit = query["limit"].map({ Int($0) }) ?? Self.defaultLimit, limits.contains(limit) else {
            throw Self.noLimit
        }
        let onlyFailed = query["failed"] == "true"
        do {
            let report = try await queue.deliveries(to: party, onlyFailed: onlyFailed, limit: limit)
            return JSONAnswer.response(report.json)
        } catch {
            context.logger.error("deliveries could not be read", metadata: ["error": "\(error)"])
            throw ProblemDetails.queueUnavailable
        }
    }

    /// - Returns: nil for all parties.
    private static func party(_ asked: String?, seenBy actor: Actor) throws -> String? {
        switch actor.role {
        case .districtCommand, .administrator: return asked
        case .hotlineClerk, .gridWorker, .communityHead, .streetCoordinator, .departmentOfficer, .propertyManager,
            .ngoCoordinator, .ownersDelegate, .inspector:
            guard asked.map({ $0 == actor.party.rawValue }) ?? true else { throw otherParty }
            return actor.party.rawValue
        case .resident, .system: throw otherParty
        }
    }

    private static let otherParty = ProblemDetails(
        status: .forbidden,
        code: "forbidden",
        title: Words("These deliveries are not for you", zh: "您无权查看这些投递记录"),
        detail: Words(
            "A token of somebody who acts for a party shows what was delivered to that party.",
            zh: "某单位人员的令牌只能查看本单位的投递记录。"
        )
    )

    private static let noLimit = ProblemDetails(
        status: .badRequest,
        code: "invalid",
        title: Words("The number of deliveries is none", zh: "条数无效"),
        detail: Words(
            "limit is 1 to \(DeliveryReport.maximumDeliveries).",
            zh: "limit 须为 1 至 \(DeliveryReport.maximumDeliveries)。"
        )
    )
}
