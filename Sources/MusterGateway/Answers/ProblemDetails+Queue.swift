import HTTPTypes
import MusterDomain
import Records

extension ProblemDetails {
    static let queueForbidden: ProblemDetails = {
        let names = QueueAccess.roles.map(\.words)
        return ProblemDetails(
            status: .forbidden,
            code: "forbidden",
            title: Words("The task queue is for those who run the centre", zh: "任务队列仅供指挥中心运行人员使用"),
            detail: Words(
                "\(names.map(\.en).joined(separator: ", ")): only these, in office for the whole place, may look at it and change it.",
                zh: "仅限负责整个区域的在任人员：\(names.map(\.zh).joined(separator: "、"))。"
            ),
            advice: Words("Sign in with a link made for one of these posts.", zh: "请用上述岗位的登录链接登录。")
        )
    }()

    static func noDeadLetter(_ number: Int64) -> ProblemDetails {
        ProblemDetails(
            status: .notFound,
            code: "not-found",
            title: Words("Task \(number) is no dead letter", zh: "任务 \(number) 不在死信中"),
            detail: Words(
                "It never was one, or somebody has sent it again meanwhile.",
                zh: "它从未成为死信，或已有人重新派发。"
            )
        )
    }

    static func noAgency(_ agency: String) -> ProblemDetails {
        ProblemDetails(
            status: .notFound,
            code: "not-found",
            title: Words("There is no agency “\(agency)”", zh: "没有“\(agency)”这个单位"),
            detail: Words(
                "It is registered nowhere, and no task was ever for it. Nothing was changed.",
                zh: "该单位未登记，也没有过任务。未作任何更改。"
            )
        )
    }

    /// - Parameter why: goes on after "it".
    static func payloadRefused(_ why: Words) -> ProblemDetails {
        ProblemDetails(
            status: .unprocessableContent,
            code: "payload",
            title: Words("The payload cannot be sent", zh: "内容无法派发"),
            detail: Words("It \(why.en). Nothing was sent.", zh: "内容\(why.zh)。未派发任何任务。"),
            errors: [Problem(pointer: "/payload", code: "payload", words: why)]
        )
    }

    static func notANumber(_ name: String, _ range: ClosedRange<Int64>) -> ProblemDetails {
        ProblemDetails(
            status: .badRequest,
            code: "not-a-number",
            title: Words("\(name) is no number that is taken here", zh: "\(name) 不是此处接受的数字"),
            detail: Words(
                "Give a whole number from \(range.lowerBound) to \(range.upperBound).",
                zh: "请给出 \(range.lowerBound) 至 \(range.upperBound) 的整数。"
            )
        )
    }
}
