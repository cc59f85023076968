import EventSourcing
package import MusterDomain
package import Records

/// Whether things were solved, as those say who asked for it: open questions, appeals, what came back, how each party
/// stands, and what was published of it (S14). Inquiries are counted and never shown: whom they are about reads boards too (R14.4).
package struct FeedbackBoard: ListedBoard {
    package static let name = "feedback"
    package static let version = 3
    package static let words = Words("Feedback", zh: "反馈")
    package static let columns = [Words("Lead", zh: "牵头单位"), Words("State", zh: "状态")]

    private var register = Register()
    /// Matters that are open, and closed ones that somebody appealed.
    private var files: [MatterID: FeedbackFile] = [:]
    /// Matters that may be appealed or come back.
    private var closed: [MatterID: FeedbackFile] = [:]
    private var counts = FeedbackCounts()
    private var parties: [PartyID: PartyOutcomes] = [:]
    private var inquiries = InquiryCounts()
    /// Until when notices that somebody questions are to be put right.
    private var notices: [NoticeID: Timestamp] = [:]
    /// Until when appeals are to be decided.
    private var reviews: [MatterID: Timestamp] = [:]
    private var disclosure = Disclosure()

    package init() {}

    package mutating func fold(_ fact: Fact, _ clocks: ClockChanges) -> [String] {
        // Names are on every row.
        if register.fold(fact) { return files.keys.map(\.rawValue) }
        switch fact.event {
        case .matter(let event):
            fold(event, fact)
            return [event.matter.rawValue]
        case .inquiry(let event):
            inquiries.fold(event)
            return []
        case .notice(let event):
            fold(event)
            disclosure.fold(event, fact)
            return []
        case .appraisal(let event):
            disclosure.fold(event)
            return []
        case .privacy(.subjectKeyErased(let erased)):
            for matter in closed.filter({ $0.value.subject == erased.person }).keys {
                closed[matter]?.title = PersonalFields.erasedText
            }
            let touched = files.filter { $0.value.subject == erased.person }.keys
            for matter in touched { files[matter]?.title = PersonalFields.erasedText }
            return touched.map(\.rawValue)
        default: return []
        }
    }

    private mutating func fold(_ event: MatterEvent, _ fact: Fact) {
        let matter = event.matter
        let known = files[matter]
        var file = known ?? closed.removeValue(forKey: matter) ?? FeedbackFile()
        let before = file
        file.fold(event, fact)
        if case .review(let by, _) = file.wait { reviews[matter] = by } else { reviews[matter] = nil }
        if let party = file.lead.party ?? before.lead.party {
            parties[party, default: PartyOutcomes()].take(event, wasLate: before.lead.isLate)
        }
        let isOpen = !file.isClosed || file.wait != nil
        counts.replace(known, with: isOpen ? file : nil)
        files[matter] = isOpen ? file : nil
        if !isOpen { closed[matter] = file }
    }

    private mutating func fold(_ event: NoticeEvent) {
        switch event {
        case .questioned(let payload): notices[payload.notice] = payload.answerBy
        case .published, .corrected, .withdrawn, .confirmed: notices[event.notice] = nil
        case .correctionMissed: break
        }
    }

    package func row(_ key: String) -> FeedbackRow? {
        guard let matter = MatterID(rawValue: key), let file = files[matter] else { return nil }
        return file.row(of: matter, register)
    }

    package func rows() -> [FeedbackRow] {
        files.compactMap { $0.value.row(of: $0.key, register) }.sorted { $0.order < $1.order }
    }

    package func figures(at moment: BoardMoment) -> FeedbackFigures {
        let overdue = counts.overdue(at: moment.now)
        let sums = FeedbackFigures.Counts(
            asked: counts.asked,
            appeals: counts.appeals,
            appealsOverdue: reviews.values.count { $0 <= moment.now },
            reopened: counts.reopened,
            inquiries: inquiries.open,
            liable: inquiries.liable,
            notices: notices.count,
            noticesOverdue: notices.values.count { $0 <= moment.now }
        )
        let lines = Set(parties.keys).union(overdue.keys).map { party in
            FeedbackFigures.Line(
                party: party,
                name: register.name(of: party),
                outcomes: parties[party] ?? PartyOutcomes(),
                overdueOpen: overdue[party] ?? 0
            )
        }
        return FeedbackFigures(
            sums: sums,
            lines: lines.sorted { $0.party < $1.party },
            published: disclosure.appraisals.reversed().map { appraisal in
                let names = appraisal.lines.map { ($0.party, register.name(of: $0.party)) }
                return FeedbackFigures.Published(
                    appraisal: appraisal,
                    names: Dictionary(names, uniquingKeysWith: { first, _ in first })
                )
            },
            notices: disclosure.notices.reversed().map { notice in
                FeedbackFigures.Notice(
                    notice: notice,
                    territoryName: register.name(of: notice.territory),
                    publisherName: register.name(of: notice.publisher)
                )
            }
        )
    }
}

/// How many inquiries there are.
struct InquiryCounts: Hashable, Sendable {
    private(set) var open = 0
    private(set) var liable = 0

    mutating func fold(_ event: InquiryEvent) {
        switch event {
        case .concealmentReported: open += 1
        case .liabilityDecided(let decided):
            open -= 1
            if decided.isLiable { liable += 1 }
        case .investigationOpened, .falsifiedRecordFound: break
        }
    }
}
