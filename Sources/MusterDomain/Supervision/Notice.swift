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
    /// Runs while somebody questions it and its publisher has not spoken.
    package private(set) var clock: Clock?
    /// How many have questioned it since then.
    package private(set) var questions = 0

    /// More than this at a time tell its publisher nothing more.
    static let maximumQuestions = 100

    /// Until when a publisher is to put it right, take it back or stand by it.
    package struct Clock: Hashable, Sendable {
        package let due: Timestamp
        package let limit: Duration
        package let startedBy: EventID?
        package fileprivate(set) var isMissed = false
    }

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
            stopClock()
        case .withdrawn:
            stage = .withdrawn
            stopClock()
        case .questioned(let payload):
            questions += 1
            if clock == nil { clock = Clock(due: payload.answerBy, limit: payload.limit, startedBy: origin.event) }
        case .confirmed: stopClock()
        case .correctionMissed: clock?.isMissed = true
        }
    }

    private mutating func stopClock() {
        clock = nil
        questions = 0
    }
}

extension Notice {
    /// A notice that stands, for its publisher or the district.
    func requireStanding(in context: Context) throws(Rejection) {
        let (publisher, territory) = try requireKnown()
        try context.requireCovers(territory)
        if context.actor.role != .districtCommand { try context.requireActsFor(publisher) }
        try requireNotWithdrawn()
    }

    /// A notice that stands, for everybody.
    func requirePublished() throws(Rejection) -> (publisher: PartyID, territory: TerritoryID) {
        let known = try requireKnown()
        try requireNotWithdrawn()
        return known
    }

    private func requireKnown() throws(Rejection) -> (publisher: PartyID, territory: TerritoryID) {
        if let publisher, let territory { return (publisher, territory) }
        throw Rejection(
            kind: .notFound,
            rule: "S14",
            reason: "notice-unknown",
            Words("There is no such notice.", zh: "没有该公告。")
        )
    }

    private func requireNotWithdrawn() throws(Rejection) {
        if stage == .published { return }
        throw Rejection(
            rule: "S14",
            reason: "notice-withdrawn",
            Words("The notice was withdrawn.", zh: "该公告已撤回。"),
            advice: Words("Publish a new one.", zh: "请另行发布。")
        )
    }
}
