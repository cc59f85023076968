import HTTPTypes
import MusterCommands
import MusterDomain
import Records

extension ProblemDetails {
    /// The answer to each way in which a command is not accepted.
    init(_ failure: CommandFailure) {
        switch failure {
        case .invalid(let problems):
            self.init(problems)
        case .rejected(let rejection):
            self.init(rejection)
        case .conflict:
            self = Self.conflict
        case .overloaded(let retryAfter):
            self.init(
                status: .serviceUnavailable,
                code: "overloaded",
                title: Words("Too much is waiting", zh: "排队过多"),
                detail: Words("Nothing was recorded. Send the same id again.", zh: "未作任何记录，请用同一编号重发。"),
                retryAfter: retryAfter
            )
        case .unavailable:
            // The reason may name machinery; it is for the log and for /readyz, not for the caller.
            self.init(
                status: .serviceUnavailable,
                code: "unavailable",
                title: Words("The log cannot be reached", zh: "暂时无法连接日志"),
                detail: Words("Nothing was recorded. Send the same id again.", zh: "未作任何记录，请用同一编号重发。"),
                retryAfter: .seconds(2)
            )
        case .outcomeUnknown:
            self.init(
                status: .serviceUnavailable,
                code: "outcome-unknown",
                title: Words("It is not known whether it was recorded", zh: "尚不清楚是否已记录"),
                detail: Words(
                    "Send the same id again: it is recorded once at most.",
                    zh: "请用同一编号重发，最多只会记录一次。"
                ),
                retryAfter: .seconds(1)
            )
        }
    }

    /// A document that breaks its description. A text that is too long to be read at all is the same kind of fault.
    init(_ problems: Problems) {
        self.init(
            status: .badRequest,
            code: "invalid",
            title: Words("The command is not as described", zh: "命令不符合格式"),
            detail: Words(
                "\(problems.list.count) member(s) must be put right; nothing was recorded.",
                zh: "有 \(problems.list.count) 处需要更正；未作任何记录。"
            ),
            errors: problems.list
        )
    }

    init(_ rejection: Rejection) {
        let (status, title): (HTTPResponse.Status, Words) =
            switch rejection.kind {
            case .forbidden: (.forbidden, Words("You may not do this here", zh: "您无权在此操作"))
            case .notFound: (.notFound, Words("There is no such thing", zh: "找不到对象"))
            case .refused: (.unprocessableContent, Words("A rule says no", zh: "规则不允许"))
            }
        self.init(
            status: status,
            code: rejection.kind.code,
            title: title,
            detail: rejection.words,
            rule: rejection.rule,
            reason: rejection.reason,
            advice: rejection.advice
        )
    }

    init(_ error: TokenError) {
        let status: HTTPResponse.Status =
            switch error {
            case .forged, .expired, .usedUp: .unauthorized
            case .otherLog, .otherUse: .forbidden
            }
        self.init(
            status: status,
            code: error.code,
            title: Words("The token is not accepted", zh: "令牌无效"),
            detail: error.words,
            headers: status == .unauthorized ? [.wwwAuthenticate: "Bearer error=\"invalid_token\""] : [:]
        )
    }

    static let conflict = ProblemDetails(
        status: .conflict,
        code: "conflict",
        title: Words("Others were first", zh: "他人先一步提交"),
        detail: Words(
            "The matter kept changing while this was decided. Look again and send it anew.",
            zh: "处理期间对象一直在变化，请查看后重新提交。"
        ),
        retryAfter: .seconds(1)
    )

    static let tokenMissing = ProblemDetails(
        status: .unauthorized,
        code: "token-missing",
        title: Words("A token is needed", zh: "需要令牌"),
        detail: Words(
            "Send a bearer token, or sign in with a link.",
            zh: "请在请求中携带令牌，或用登录链接登录。"
        ),
        headers: [.wwwAuthenticate: "Bearer"]
    )

    static let boardsForbidden = ProblemDetails(
        status: .forbidden,
        code: "forbidden",
        title: Words("Boards are for the centre", zh: "看板仅供指挥中心使用"),
        detail: Words(
            "A resident's token opens the resident's own pages. Boards are for people on duty.",
            zh: "居民令牌只能打开居民自己的页面，看板供值班人员使用。"
        )
    )

    static let formForged = ProblemDetails(
        status: .forbidden,
        code: "form-expired",
        title: Words("The form is no longer valid", zh: "表单已失效"),
        detail: Words(
            "It was opened in another session. Go back, reload the page and send it again.",
            zh: "该表单来自其他会话。请返回并刷新页面后重新提交。"
        )
    )

    static let notFound = ProblemDetails(
        status: .notFound,
        code: "not-found",
        title: Words("There is no such page", zh: "没有这个页面"),
        detail: Words("Nothing is at this address.", zh: "此地址没有内容。")
    )

    static func tooLarge(_ maximumBytes: Int) -> ProblemDetails {
        ProblemDetails(
            status: .contentTooLarge,
            code: "too-large",
            title: Words("The request is too large", zh: "请求过大"),
            detail: Words("At most \(maximumBytes) bytes are taken.", zh: "最多接受 \(maximumBytes) 字节。")
        )
    }

    static let tooSlow = ProblemDetails(
        status: .requestTimeout,
        code: "too-slow",
        title: Words("The request took too long to arrive", zh: "请求传输超时"),
        detail: Words("Nothing was recorded. Send it again.", zh: "未作任何记录，请重发。")
    )

    static func mediaType(_ expected: String) -> ProblemDetails {
        ProblemDetails(
            status: .unsupportedMediaType,
            code: "media-type",
            title: Words("The content type is not taken here", zh: "不支持的内容类型"),
            detail: Words("Send \(expected).", zh: "请发送 \(expected)。"),
            headers: [.accept: expected]
        )
    }

    static func tooManyFields(_ maximum: Int) -> ProblemDetails {
        ProblemDetails(
            status: .contentTooLarge,
            code: "too-many-fields",
            title: Words("The form has too many fields", zh: "表单字段过多"),
            detail: Words(
                "A form may have \(maximum). A program may send more to /v1/commands at once.",
                zh: "一个表单最多 \(maximum) 个字段。程序可一次向 /v1/commands 提交更多。"
            )
        )
    }

    static func tooMany(retryAfter: Duration) -> ProblemDetails {
        ProblemDetails(
            status: .tooManyRequests,
            code: "too-many",
            title: Words("Too many requests from this address", zh: "来自此地址的请求过多"),
            detail: Words("Wait a little, then try again.", zh: "请稍候再试。"),
            retryAfter: retryAfter
        )
    }

    static let notReady = ProblemDetails(
        status: .serviceUnavailable,
        code: "boards-not-ready",
        title: Words("The boards are being built", zh: "看板正在生成"),
        detail: Words("The log is being read from its beginning.", zh: "正在从头读取日志。"),
        retryAfter: .seconds(1)
    )

    static let tooManyWatchers = ProblemDetails(
        status: .serviceUnavailable,
        code: "too-many-watchers",
        title: Words("Too many are watching", zh: "观看人数过多"),
        detail: Words("Read the board without following it, or try again.", zh: "请改为普通读取，或稍后再试。"),
        retryAfter: .seconds(10)
    )

    static let unknown = ProblemDetails(
        status: .internalServerError,
        code: "internal",
        title: Words("Something broke on our side", zh: "系统出错"),
        detail: Words(
            "It has been logged under this request's number. Sending the same command id again is safe.",
            zh: "已按请求编号记录。用同一命令编号重发是安全的。"
        )
    )
}

extension Rejection.Kind {
    fileprivate var code: String {
        switch self {
        case .forbidden: "forbidden"
        case .notFound: "not-found"
        case .refused: "refused"
        }
    }
}
