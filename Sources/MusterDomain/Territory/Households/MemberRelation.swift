package import Records

/// What somebody is in a household.
package enum MemberRelation: String, Choice {
    case head
    case spouse
    case child
    case parent
    case relative
    case tenant
    case other

    package var words: Words {
        switch self {
        case .head: Words("Head of the household", zh: "户主")
        case .spouse: Words("Spouse", zh: "配偶")
        case .child: Words("Child", zh: "子女")
        case .parent: Words("Parent", zh: "父母")
        case .relative: Words("Other relative", zh: "其他亲属")
        case .tenant: Words("Tenant", zh: "租户")
        case .other: Words("Somebody else", zh: "其他")
        }
    }
}
