package import EventSourcing

/// Why a person cannot have some work.
package enum AssignmentRefusal: Hashable, Sendable {
    case notYetReported(until: Timestamp)
    case released(at: Timestamp)
    case lentAway(to: PartyID)
    /// Reports to another community (R12.4).
    case outsideHome(TerritoryID)
    case noPost(in: TerritoryID, of: PartyID?)
    /// Has a post there, but not for the whole time.
    case postNotInForce(PartyID)
    case skillMissing(SkillID)
    case skillExpired(SkillID, Timestamp)
    case skillNotYet(SkillID, Timestamp)
    /// Nil for unfit for any work.
    case unfit(SkillID?)
    /// Has other work at that time, whichever post it is for.
    case occupied(by: DutyName)
    /// The duty for the own unit stays beside the dual report (R12.4).
    case unitDuty(ShiftID)
    case shiftTooLong(Duration, limit: Duration)
    /// Too little rest before or after other work, so that both are one spell that is too long.
    case tooLittleRest(beside: DutyName, spell: Duration, limit: Duration)
    case tooManyHours(Duration, limit: Duration, lastDay: Int)
    case noRestDay(workDays: Int, limit: Int, lastDay: Int)

    /// Work that somebody has.
    package enum DutyName: Hashable, Sendable {
        case shift(ShiftID)
        /// Given in the same batch.
        case work(TaskID)

        package var text: String {
            switch self {
            case .shift(let id): id.rawValue
            case .work(let id): id.rawValue
            }
        }
    }
}

extension AssignmentRefusal {
    /// A sort of refusal, for counting.
    package var reason: AssignmentObstacle {
        switch self {
        case .notYetReported: .notYetReported
        case .released: .released
        case .lentAway: .lentAway
        case .outsideHome: .outsideHome
        case .noPost, .postNotInForce: .noPost
        case .skillMissing, .skillNotYet: .skillMissing
        case .skillExpired: .skillExpired
        case .unfit: .unfit
        case .occupied: .occupied
        case .unitDuty: .unitDuty
        case .shiftTooLong: .shiftTooLong
        case .tooLittleRest: .tooLittleRest
        case .tooManyHours: .noHoursLeft
        case .noRestDay: .noRestDay
        }
    }

    /// The rule of the domain that refuses.
    package var rule: String { reason.rule }
}
