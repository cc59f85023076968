import EventSourcing
import Records

/// What happened in an inquiry.
package enum InquiryEvent: DomainEvent {
    case concealmentReported(ConcealmentReported)
    case investigationOpened(InvestigationOpened)
    case falsifiedRecordFound(FalsifiedRecordFound)
    case liabilityDecided(LiabilityDecided)

    package static let table = EventTable<InquiryEvent>([
        EventDescription(
            "ConcealmentReported",
            Words("Concealment reported", zh: "已举报瞒报"),
            ConcealmentReported.record,
            InquiryEvent.concealmentReported
        ) {
            if case .concealmentReported(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "InvestigationOpened",
            Words("Investigation opened", zh: "已立案调查"),
            InvestigationOpened.record,
            InquiryEvent.investigationOpened
        ) {
            if case .investigationOpened(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "FalsifiedRecordFound",
            Words("Falsified record found", zh: "发现虚假记录"),
            FalsifiedRecordFound.record,
            InquiryEvent.falsifiedRecordFound
        ) {
            if case .falsifiedRecordFound(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "LiabilityDecided",
            Words("Liability decided", zh: "已认定责任"),
            LiabilityDecided.record,
            InquiryEvent.liabilityDecided
        ) {
            if case .liabilityDecided(let payload) = $0 { payload } else { nil }
        },
    ])
}
