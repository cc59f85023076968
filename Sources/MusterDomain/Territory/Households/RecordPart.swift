package import Records

/// What of a record is corrected.
package enum RecordPart: String, Choice {
    case address
    case contact
    case member
    case visit
    case vulnerability

    package var words: Words {
        switch self {
        case .address: Words("Address", zh: "地址")
        case .contact: Words("Contact", zh: "联系人")
        case .member: Words("Member", zh: "成员")
        case .visit: Words("Last visit", zh: "最近走访")
        case .vulnerability: Words("Vulnerable, which it is not", zh: "重点户标记（取消）")
        }
    }
}
