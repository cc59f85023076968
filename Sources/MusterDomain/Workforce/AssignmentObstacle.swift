package import Records

/// The sorts of refusal, in the order in which a person is checked. Somebody who meets several counts for the first.
package enum AssignmentObstacle: String, Choice, Comparable {
    case notYetReported = "not-yet-reported"
    case released
    case lentAway = "lent-away"
    case outsideHome = "outside-home"
    case noPost = "no-post"
    case skillMissing = "skill-missing"
    case skillExpired = "skill-expired"
    case unfit
    case unitDuty = "unit-duty"
    case occupied
    case shiftTooLong = "shift-too-long"
    case tooLittleRest = "too-little-rest"
    case noHoursLeft = "no-hours-left"
    case noRestDay = "no-rest-day"

    package var rule: String {
        switch self {
        case .notYetReported, .released, .lentAway, .noPost: "S12"
        case .outsideHome, .unitDuty: "R12.4"
        case .skillMissing, .skillExpired, .unfit: "R12.3"
        case .occupied: "R12.1"
        case .shiftTooLong, .tooLittleRest, .noHoursLeft, .noRestDay: "R12.2"
        }
    }

    package var words: Words {
        switch self {
        case .notYetReported: Words("have not reported for duty yet", zh: "尚未报到")
        case .released: Words("are released from duty", zh: "已解除在岗")
        case .lentAway: Words("are lent to others", zh: "已借出")
        case .outsideHome: Words("report to another community", zh: "报到的是其他社区")
        case .noPost: Words("have no post there", zh: "在该区域无岗位")
        case .skillMissing: Words("lack the skill", zh: "缺少所需技能")
        case .skillExpired: Words("have a skill that has expired by then", zh: "技能届时已过期")
        case .unfit: Words("are not fit for it", zh: "身体状况不适合")
        case .unitDuty: Words("have unit duty at that time", zh: "该时段有本单位值勤")
        case .occupied: Words("have other work at that time", zh: "该时段另有工作")
        case .shiftTooLong: Words("would be on duty too long at one stretch", zh: "单班时间过长")
        case .tooLittleRest: Words("would have too little rest", zh: "休息间隔不足")
        case .noHoursLeft: Words("have no hours left in the week", zh: "本周工时已满")
        case .noRestDay: Words("would have no rest day in the week", zh: "一周内没有休息日")
        }
    }

    private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    package static func < (lhs: AssignmentObstacle, rhs: AssignmentObstacle) -> Bool { lhs.place < rhs.place }
}
