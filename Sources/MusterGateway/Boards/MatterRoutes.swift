import Hummingbird
import MusterBoards

/// `GET /v1/matters/<id>`: one matter with its events, clocks and filings.
struct MatterRoutes: Sendable {
    let matters: Matters
    let access: Access

    func add(to router: Router<GatewayContext>) {
        router.get("/v1/matters/:matter") { request, context in
            try access.checkReading(request, context)
            return JSONAnswer.response(try await matters.load(context.parameters.require("matter")).json())
        }
    }
}
