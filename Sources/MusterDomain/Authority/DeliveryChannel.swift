package import Records

/// How tasks reach a party.
package enum DeliveryChannel: String, Choice {
    /// A page in the browser.
    case desk
    /// Its system fetches tasks.
    case lease
    /// Muster calls its system.
    case webhook

    package var words: Words {
        switch self {
        case .desk: Words("Desk page", zh: "工作台页面")
        case .lease: Words("Lease API", zh: "租约接口")
        case .webhook: Words("Webhook", zh: "回调")
        }
    }
}
