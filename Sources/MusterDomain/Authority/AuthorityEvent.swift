import EventSourcing
import Records

/// What happened to parties, posts, responsibility lists, measures and requisitioned assets. Most of it is in the stream
/// of `Authority`; what one party or person does, or what becomes of one asset, has a stream of its own.
package enum AuthorityEvent: DomainEvent {
    case partyRegistered(PartyRegistered)
    case personAppointed(PersonAppointed)
    case appointmentEnded(AppointmentEnded)
    case responsibilityListPublished(ResponsibilityListPublished)
    case measureIssued(MeasureIssued)
    case listReviewDue(ListReviewDue)
    case localMeasureProposed(LocalMeasureProposed)
    case localMeasureApproved(LocalMeasureApproved)
    case localMeasureRefused(LocalMeasureRefused)
    case localMeasureLapsed(LocalMeasureLapsed)
    case escalationDetected(EscalationOfMeasureDetected)
    case measureRepealed(MeasureRepealed)
    case measureExpired(MeasureExpired)
    case measureAdopted(MeasureAdopted)
    case measureChallenged(MeasureChallenged)
    case assetRequisitioned(AssetRequisitioned)
    case assetReturned(AssetReturned)

    package static let table = EventTable<AuthorityEvent>([
        EventDescription(
            "PartyRegistered",
            Words("Party registered", zh: "单位已登记"),
            PartyRegistered.record,
            AuthorityEvent.partyRegistered
        ) {
            if case .partyRegistered(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "PersonAppointed",
            Words("Person appointed", zh: "人员已任命"),
            PersonAppointed.record,
            AuthorityEvent.personAppointed
        ) {
            if case .personAppointed(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "AppointmentEnded",
            Words("Appointment ended", zh: "任职已结束"),
            AppointmentEnded.record,
            AuthorityEvent.appointmentEnded
        ) {
            if case .appointmentEnded(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ResponsibilityListPublished",
            Words("Responsibility list published", zh: "责任清单已发布"),
            ResponsibilityListPublished.record,
            AuthorityEvent.responsibilityListPublished
        ) {
            if case .responsibilityListPublished(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "MeasureIssued",
            Words("Measure issued", zh: "措施已发布"),
            MeasureIssued.record,
            AuthorityEvent.measureIssued
        ) {
            if case .measureIssued(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "ListReviewDue",
            Words("Responsibility list to be reviewed", zh: "责任清单待复核"),
            ListReviewDue.record,
            AuthorityEvent.listReviewDue
        ) {
            if case .listReviewDue(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "LocalMeasureProposed",
            Words("Local measure proposed", zh: "地方措施已提出"),
            LocalMeasureProposed.record,
            AuthorityEvent.localMeasureProposed
        ) {
            if case .localMeasureProposed(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "LocalMeasureApproved",
            Words("Local measure approved", zh: "地方措施已批准"),
            LocalMeasureApproved.record,
            AuthorityEvent.localMeasureApproved
        ) {
            if case .localMeasureApproved(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "LocalMeasureRefused",
            Words("Local measure refused", zh: "地方措施未获批准"),
            LocalMeasureRefused.record,
            AuthorityEvent.localMeasureRefused
        ) {
            if case .localMeasureRefused(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "LocalMeasureLapsed",
            Words("Local measure lapsed", zh: "地方措施逾期失效"),
            LocalMeasureLapsed.record,
            AuthorityEvent.localMeasureLapsed
        ) {
            if case .localMeasureLapsed(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "EscalationOfMeasureDetected",
            Words("Measure tightened below", zh: "发现层层加码"),
            EscalationOfMeasureDetected.record,
            AuthorityEvent.escalationDetected
        ) {
            if case .escalationDetected(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "MeasureRepealed",
            Words("Measure repealed", zh: "措施已撤销"),
            MeasureRepealed.record,
            AuthorityEvent.measureRepealed
        ) {
            if case .measureRepealed(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "MeasureExpired",
            Words("Measure expired", zh: "措施已到期"),
            MeasureExpired.record,
            AuthorityEvent.measureExpired
        ) {
            if case .measureExpired(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "MeasureAdopted",
            Words("Measure adopted", zh: "措施已采用"),
            MeasureAdopted.record,
            AuthorityEvent.measureAdopted
        ) {
            if case .measureAdopted(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "MeasureChallenged",
            subject: .resident,
            Words("Measure challenged", zh: "措施受到质疑"),
            MeasureChallenged.record,
            AuthorityEvent.measureChallenged
        ) {
            if case .measureChallenged(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "AssetRequisitioned",
            Words("Asset requisitioned", zh: "物资已征用"),
            AssetRequisitioned.record,
            AuthorityEvent.assetRequisitioned
        ) {
            if case .assetRequisitioned(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "AssetReturned",
            Words("Asset returned", zh: "物资已归还"),
            AssetReturned.record,
            AuthorityEvent.assetReturned
        ) {
            if case .assetReturned(let payload) = $0 { payload } else { nil }
        },
    ])
}
