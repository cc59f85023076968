package import Records

/// Why a person is erased. A choice and no prose, so that the record of the erasure says nothing of the person.
package enum ErasureGround: String, Choice {
    /// The person asked for it.
    case request
    /// What was kept for a purpose outlived it (R16.7).
    case retention
    /// It should never have been recorded.
    case unlawful
    /// A court or a supervisory authority ordered it.
    case order

    package var words: Words {
        switch self {
        case .request: Words("The person's request", zh: "本人申请")
        case .retention: Words("Retention is over", zh: "保存期限届满")
        case .unlawful: Words("Recorded without right", zh: "违规采集")
        case .order: Words("Order of a court or authority", zh: "法院或监管机关要求")
        }
    }
}
