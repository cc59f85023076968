package import EventSourcing
package import MusterDomain
import Records

/// What everybody was told lately: notices as they read now, and how parties stood (S14).
struct Disclosure: Sendable {
    /// As many of each are shown.
    private static let kept = 10

    /// The latest last.
    private(set) var notices: [PublicNotice] = []
    /// The latest last.
    private(set) var appraisals: [AppraisalPublished] = []

    mutating func fold(_ event: AppraisalEvent) {
        guard case .published(let appraisal) = event else { return }
        appraisals = (appraisals + [appraisal]).suffix(Self.kept)
    }

    mutating func fold(_ event: NoticeEvent, _ fact: Fact) {
        if case .published(let payload) = event {
            notices = (notices + [PublicNotice(payload, fact)]).suffix(Self.kept)
        }
        guard let index = notices.lastIndex(where: { $0.notice == event.notice }) else { return }
        notices[index].fold(event, fact)
    }
}

/// A notice as everybody reads it.
package struct PublicNotice: Hashable, Sendable {
    package let notice: NoticeID
    package let territory: TerritoryID
    package let publisher: PartyID
    package private(set) var title: String
    package private(set) var text: String
    /// 1 for the text as it was published first.
    package private(set) var revision = 1
    /// Since when it reads so.
    package private(set) var since: Timestamp
    /// Why it was taken back; nil while it stands.
    package private(set) var withdrawal: String?

    init(_ payload: NoticePublished, _ fact: Fact) {
        notice = payload.notice
        territory = payload.territory
        publisher = fact.origin.actor.party
        title = payload.title
        text = payload.text
        since = fact.origin.occurredAt
    }

    mutating func fold(_ event: NoticeEvent, _ fact: Fact) {
        switch event {
        case .corrected(let payload):
            (title, text, revision) = (payload.title, payload.text, payload.revision)
            since = fact.origin.occurredAt
        case .withdrawn(let payload):
            withdrawal = payload.reason
            since = fact.origin.occurredAt
        case .published, .questioned, .confirmed, .correctionMissed: break
        }
    }

    func cell(_ territory: Words, _ publisher: Words) -> ListCell {
        let revised = revision > 1 ? Words(" · corrected", zh: " · 已更正") : Words("", zh: "")
        let state = withdrawal.map { Words(" · withdrawn: \($0)", zh: " · 已撤回：\($0)") } ?? revised
        return ListCell(
            Words("\(title) (\(territory.en))", zh: "\(title)（\(territory.zh)）"),
            note: Words("\(publisher.en)\(state.en) · \(text)", zh: "\(publisher.zh)\(state.zh) · \(text)"),
            tone: withdrawal == nil ? .plain : .calm
        )
    }

    func write(_ territoryName: Words, _ publisherName: Words, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("notice", notice.rawValue)
        writer.member("territory", territory.rawValue)
        writer.member("territoryName", territoryName)
        writer.member("publisher", publisher.rawValue)
        writer.member("publisherName", publisherName)
        writer.member("title", title)
        writer.member("text", text)
        writer.member("revision", Int64(revision))
        writer.member("since", since)
        writer.member("withdrawal", withdrawal)
        writer.endObject()
    }
}
