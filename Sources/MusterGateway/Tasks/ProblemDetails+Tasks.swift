import HTTPTypes
import MusterDomain
import Records

extension ProblemDetails {
    static let queueUnavailable = ProblemDetails(
        status: .serviceUnavailable,
        code: "unavailable",
        title: Words("The task queue cannot be reached", zh: "暂时无法连接任务队列"),
        detail: Words(
            "Send the same request again; what was acknowledged stays so.",
            zh: "请重发同一请求；已回执的任务不受影响。"
        ),
        retryAfter: .seconds(2)
    )
}
