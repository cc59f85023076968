package import Records

/// Which side tells its superior (R3.5).
package enum FilingSide: String, Choice {
    case community
    case department

    package var words: Words {
        switch self {
        case .community: Words("Community side", zh: "社区一方")
        case .department: Words("Department side", zh: "部门一方")
        }
    }
}
