package import Records

/// How it is known that somebody got a directive.
package enum AcknowledgementManner: String, Choice {
    /// Somebody was there and spoke with the household.
    case visit
    /// The household answered.
    case reply
    /// Put up or put in the letter box: nobody knows who has read it.
    case notice
    /// Sent to a group: nobody knows who has read it.
    case broadcast
    /// Who passes a directive on has got it. Muster itself says so.
    case relay

    package var words: Words {
        switch self {
        case .visit: Words("Visit", zh: "上门")
        case .reply: Words("Reply", zh: "回复")
        case .notice: Words("Notice put up", zh: "张贴通知")
        case .broadcast: Words("Sent to a group", zh: "群发")
        case .relay: Words("Relayed", zh: "已转发")
        }
    }

    /// Whether it shows that a household got the directive (R4.3).
    package var showsHousehold: Bool {
        switch self {
        case .visit, .reply: true
        case .notice, .broadcast, .relay: false
        }
    }
}
