package import Records

/// How a report came in. Those without a smartphone have their ways too (R5.6).
package enum ReportChannel: String, Choice {
    case phone
    case web
    case app
    case paper
    case proxy
    case counter

    package var words: Words {
        switch self {
        case .phone: Words("Phone", zh: "电话")
        case .web: Words("Web page", zh: "网页")
        case .app: Words("App", zh: "应用")
        case .paper: Words("Paper", zh: "纸质")
        case .proxy: Words("Through someone else", zh: "代报")
        case .counter: Words("Service counter", zh: "服务窗口")
        }
    }
}
