package import Records

/// What somebody is said to have done with the truth.
package enum ConcealmentKind: String, Choice {
    case concealed
    case late
    case falsified
    case refusedObservation = "refused-observation"
    case sham

    package var words: Words {
        switch self {
        case .concealed: Words("Concealed", zh: "瞒报")
        case .late: Words("Reported late", zh: "迟报")
        case .falsified: Words("Reported falsely", zh: "谎报")
        case .refusedObservation: Words("Refused observation", zh: "拒绝观察")
        case .sham: Words("Work done for show", zh: "形式主义")
        }
    }
}

/// How a record shows that it was made up (R14.5).
package enum FalsificationPattern: String, Choice {
    case identicalReadings = "identical-readings"
    case visitsInOneMinute = "visits-in-one-minute"
    case photoOnly = "photo-only"
    case contradiction

    package var words: Words {
        switch self {
        case .identicalReadings: Words("Identical readings", zh: "数值雷同")
        case .visitsInOneMinute: Words("All visits in one minute", zh: "一分钟内全部走访")
        case .photoOnly: Words("A photo and no visit", zh: "只拍照未走访")
        case .contradiction: Words("Contradicts other records", zh: "与其他记录矛盾")
        }
    }
}
