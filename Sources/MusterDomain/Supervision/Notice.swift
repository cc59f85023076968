package import EventSourcing
import Records

package enum NoticeTag: IdentifierKind { package static let hint = "N-2026-031" }

package typealias NoticeID = Identifier<NoticeTag>

/// What an office told everybody.
package struct Notice: Aggregate, Hashable {
    package enum Stage: Hashable, Sendable {
        case unpublished
        case published
        case withdrawn
    }

    package private(set) var stage = Stage.unpublished
    package private(set) var territory: TerritoryID?
    package private(set) var publisher: PartyID?
    /// What it says now: the first text is 1, each correction one more.
    package private(set) var revision = 0
    /// The event that published what a correction puts right.
    package private(set) var latest: EventID?

    package init() {}

    package static func stream(_ notice: NoticeID) -> StreamName {
        StreamName(category: "notice", id: notice.rawValue)
    }

    package mutating func evolve(_ event: NoticeEvent, from origin: Origin) {
        switch event {
        case .published(let payload):
            stage = .published
            territory = payload.territory
            publisher = origin.actor.party
            revision = 1
            latest = origin.event
        case .corrected(let payload):
            revision = payload.revision
            latest = origin.event
        case .withdrawn: stage = .withdrawn
        }
    }
}

extension Notice {
    /// A notice that stands, for its publisher or the district.
    func requireStanding(in context: Context) throws(Rejection) {
        guard let territory, let publisher else {
            throw Rejection(
                kind: .notFound,
                rule: "S14",
                reason: "notice-unknown",
                Words("There is no such notice.", zh: "没有该公告。")
            )
        }
        try context.requireCovers(territory)
        if context.actor.role != .districtCommand { try context.requireActsFor(publisher) }
        guard stage == .published else {
            throw Rejection(
                rule: "S14",
                reason: "notice-withdrawn",
                Words("The notice was withdrawn.", zh: "该公告已撤回。"),
                advice: Words("Publish a new one.", zh: "请另行发布。")
            )
        }
    }
}
