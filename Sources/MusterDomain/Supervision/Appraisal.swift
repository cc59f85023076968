package import EventSourcing
import Records

package enum AppraisalTag: IdentifierKind { package static let hint = "A-2026-11" }

package typealias AppraisalID = Identifier<AppraisalTag>

/// An appraisal, asked for or published.
package struct Appraisal: Aggregate, Hashable {
    package private(set) var isAsked = false
    package private(set) var isPublished = false

    package init() {}

    package static func stream(_ appraisal: AppraisalID) -> StreamName {
        StreamName(category: "appraisal", id: appraisal.rawValue)
    }

    package mutating func evolve(_ event: AppraisalEvent, from origin: Origin) {
        switch event {
        case .asked: isAsked = true
        case .published: isPublished = true
        }
    }
}

/// What happened to an appraisal.
package enum AppraisalEvent: DomainEvent {
    case asked(AppraisalAsked)
    case published(AppraisalPublished)

    package static let table = EventTable<AppraisalEvent>([
        EventDescription(
            "AppraisalAsked",
            Words("Appraisal asked for", zh: "已提请考核"),
            AppraisalAsked.record,
            AppraisalEvent.asked
        ) {
            if case .asked(let payload) = $0 { payload } else { nil }
        },
        EventDescription(
            "AppraisalPublished",
            Words("Appraisal published", zh: "考核结果已公布"),
            AppraisalPublished.record,
            AppraisalEvent.published
        ) {
            if case .published(let payload) = $0 { payload } else { nil }
        },
    ])
}
