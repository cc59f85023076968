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

    static func noPost(_ actor: Actor) -> ProblemDetails {
        ProblemDetails(
            status: .forbidden,
            code: "no-post",
            title: Words("The post of this token is not held any more", zh: "令牌所载职务已不在任"),
            detail: Words(
                "\(actor.person) is no \(actor.role.words.en) of \(actor.party) for \(actor.territory) now. What was leased comes back to the party when its time is over.",
                zh: "\(actor.person) 目前在 \(actor.territory) 没有 \(actor.party) 的\(actor.role.words.zh)任职。已领取的任务到期后退回该单位。"
            ),
            advice: Words("An administrator can appoint the person.", zh: "可由系统管理员任命。")
        )
    }
}
