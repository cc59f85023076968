package import Records

/// How many residents one worker serves (R12.7).
package enum ResidentLoad: String, Choice {
    case bearable
    case overload
    case unknown

    package var words: Words {
        switch self {
        case .bearable: Words("Bearable", zh: "可承受")
        case .overload: Words("Overload", zh: "超负荷")
        case .unknown: Words("Not known", zh: "未知")
        }
    }

    /// - Parameters:
    ///   - residents: nil when nobody has counted them: that is unknown, and not zero.
    ///   - workers: each person counts once, whatever posts they hold (R1.6).
    package init(residents: Int?, workers: Set<PersonID>, limits: WorkLimits) {
        guard let residents else {
            self = .unknown
            return
        }
        guard !workers.isEmpty else {
            self = residents > 0 ? .overload : .bearable
            return
        }
        // As many as the alarm's figure for each is overload already.
        self = residents / workers.count >= limits.overloadResidents ? .overload : .bearable
    }
}
