import HTTPTypes
import Hummingbird
import Logging
import MusterDomain
import Records
import TaskQueue

/// `POST /v1/tasks/lease`: an agency's system says what it has done and takes what is next. A token leases the tasks of
/// its own party, never another's, and as long as its bearer holds the post that it names: what was leased before is back
/// with the party when its time is over.
struct TaskRoutes: Sendable {
    let channel: LeaseChannel
    let access: Access
    let duty: Duty
    let configuration: GatewayConfiguration

    func add(to router: Router<GatewayContext>) {
        router.post("/v1/tasks/lease") { request, context in try await lease(request, context) }
    }

    private func lease(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let identity = try access.writer(context)
        // Residents and Muster's own parts are nobody's agency.
        guard identity.actor.role.needsAppointment else { throw Self.noAgency }
        try duty.check(identity.actor)
        guard request.mediaType == "application/json" else { throw ProblemDetails.mediaType("application/json") }
        let limits = configuration.limits
        let bytes = try await BodyReader.read(request, context, maximumBytes: limits.bodyBytes, time: limits.bodyTime)
        let demand: LeaseRequest
        do throws(Problems) {
            demand = try LeaseRequest.record.decode(bytes)
        } catch {
            throw ProblemDetails(error)
        }
        do {
            let answer = try await channel.exchange(
                demand,
                for: identity.actor.party.rawValue,
                worker: identity.actor.person.rawValue
            )
            return JSONAnswer.response(answer.encoded())
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            context.logger.error("tasks could not be leased", metadata: ["error": "\(error)"])
            throw ProblemDetails.queueUnavailable
        }
    }

    private static let noAgency = ProblemDetails(
        status: .forbidden,
        code: "forbidden",
        title: Words("This token leases no tasks", zh: "该令牌不能领取任务"),
        detail: Words(
            "Tasks are leased with a token of somebody who acts for a party.",
            zh: "须用代表某单位的人员令牌领取任务。"
        )
    )
}
