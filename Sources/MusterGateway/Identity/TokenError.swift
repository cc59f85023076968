import Records

/// Why a token is not accepted.
package enum TokenError: Error, Hashable, Sendable {
    /// Not a token of this deployment: its form, its signature or its issuer is wrong.
    case forged
    case expired
    /// A good token, for another log.
    case otherLog
    /// A good token, for another use, as a sign-in link sent as a bearer token.
    case otherUse
    /// A sign-in link that was used already.
    case usedUp
}

extension TokenError {
    /// A stable word for programs.
    var code: String {
        switch self {
        case .forged: "token-invalid"
        case .expired: "token-expired"
        case .otherLog: "token-other-log"
        case .otherUse: "token-other-use"
        case .usedUp: "token-used"
        }
    }

    var words: Words {
        switch self {
        case .forged: Words("The token is not one of ours, or was altered.", zh: "令牌不是本系统签发，或已被改动。")
        case .expired: Words("The token has expired. Ask for a new one.", zh: "令牌已过期，请重新申请。")
        case .otherLog: Words("The token is for another log.", zh: "该令牌属于另一个日志。")
        case .otherUse: Words("The token is for another use.", zh: "该令牌不能这样使用。")
        case .usedUp:
            Words("This sign-in link was used already. Ask for a new one.", zh: "该登录链接已使用过，请重新获取。")
        }
    }
}
