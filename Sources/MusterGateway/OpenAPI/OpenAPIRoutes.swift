import HTTPTypes
import Hummingbird
import NIOCore

/// `GET /v1/openapi.json`
struct OpenAPIRoutes: Sendable {
    func add(to router: Router<GatewayContext>) {
        let document = ByteBuffer(bytes: OpenAPIDocument.json())
        router.get("/v1/openapi.json") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-cache"],
                body: ResponseBody(byteBuffer: document)
            )
        }
    }
}
