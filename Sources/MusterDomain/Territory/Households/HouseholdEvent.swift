package import EventSourcing
import Records

/// What happened to the households of a building.
package enum HouseholdEvent: DomainEvent {
    case unitRegistered(UnitRegistered)
    case registered(HouseholdRegistered)
    case visited(VisitRecorded)
    case referred(HouseholdReferred)
    case memberDeclared(MemberDeclared)
    case vulnerableFlagged(VulnerableFlagged)
    case corrected(RecordCorrected)
    case swept(RegistrySwept)

    package static let table = EventTable<HouseholdEvent>([
        EventDescription(
            "UnitRegistered",
            Words("Unit registered", zh: "单元已登记"),
            UnitRegistered.record,
            HouseholdEvent.unitRegistered
        ) {
            if case .unitRegistered(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "HouseholdRegistered",
            subject: .member("contact"),
            Words("Household registered", zh: "住户已登记"),
            HouseholdRegistered.record,
            HouseholdEvent.registered
        ) {
            if case .registered(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "VisitRecorded",
            subject: .member("contact"),
            Words("Visit recorded", zh: "走访已记录"),
            VisitRecorded.record,
            HouseholdEvent.visited
        ) {
            if case .visited(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "HouseholdReferred",
            Words("Household referred to the patch police", zh: "住户已转片警"),
            HouseholdReferred.record,
            HouseholdEvent.referred
        ) {
            if case .referred(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "MemberDeclared",
            subject: .member("person"),
            Words("Member declared", zh: "成员已申报"),
            MemberDeclared.record,
            HouseholdEvent.memberDeclared
        ) {
            if case .memberDeclared(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "VulnerableFlagged",
            subject: .member("person"),
            Words("Vulnerable household flagged", zh: "重点户已标记"),
            VulnerableFlagged.record,
            HouseholdEvent.vulnerableFlagged
        ) {
            if case .vulnerableFlagged(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "RecordCorrected",
            subject: .member("person"),
            Words("Record corrected", zh: "登记已更正"),
            RecordCorrected.record,
            HouseholdEvent.corrected
        ) {
            if case .corrected(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "RegistrySwept",
            Words("Registry looked through", zh: "台账已清查"),
            RegistrySwept.record,
            HouseholdEvent.swept
        ) {
            if case .swept(let payload) = $0 { payload } else { nil }
        },
    ])
}

extension HouseholdEvent {
    /// The building it belongs to.
    package var building: TerritoryID {
        switch self {
        case .unitRegistered(let payload): payload.building
        case .registered(let payload): payload.building
        case .visited(let payload): payload.building
        case .referred(let payload): payload.building
        case .memberDeclared(let payload): payload.building
        case .vulnerableFlagged(let payload): payload.building
        case .corrected(let payload): payload.building
        case .swept(let payload): payload.building
        }
    }

    /// How the building stands after it; nil for those that change no count.
    package var tally: HouseholdTally? {
        switch self {
        case .unitRegistered, .referred: nil
        case .registered(let payload): payload.tally
        case .visited(let payload): payload.tally
        case .memberDeclared(let payload): payload.tally
        case .vulnerableFlagged(let payload): payload.tally
        case .corrected(let payload): payload.tally
        case .swept(let payload): payload.tally
        }
    }

    /// The first deadline that it sets; nil where it sets none.
    package var firstDeadline: Timestamp? {
        switch self {
        case .unitRegistered, .referred: nil
        case .registered(let payload): payload.staleBy
        case .visited(let payload): [payload.revisitBy, payload.staleBy, payload.checkBy].compactMap(\.self).min()
        case .memberDeclared(let payload): payload.staleBy
        case .vulnerableFlagged(let payload): [payload.reviewBy, payload.checkBy].compactMap(\.self).min()
        case .corrected(let payload): [payload.revisitBy, payload.staleBy].compactMap(\.self).min()
        case .swept(let payload): payload.nextBy
        }
    }
}
