import EventSourcing
import Records

/// Tells publishers that a notice of theirs was questioned, and records when they let the time pass (S14).
package struct NoticePolicy: Policy {
    package static let name = "notices"

    /// Of notices that stand.
    private struct Standing {
        var notice = Notice()
        var title = ""
    }

    private var standing: [NoticeID: Standing] = [:]
    /// Of those that are questioned.
    private var pending: [NoticeID: PolicyTimer] = [:]

    package init() {}

    package mutating func evolve(_ fact: Fact) {
        guard case .notice(let event) = fact.event else { return }
        var kept = standing[event.notice] ?? Standing()
        kept.notice.evolve(event, from: fact.origin)
        switch event {
        case .published(let payload): kept.title = payload.title
        case .corrected(let payload): kept.title = payload.title
        case .withdrawn, .questioned, .confirmed, .correctionMissed: break
        }
        standing[event.notice] = kept.notice.stage == .published ? kept : nil
        pending[event.notice] = standing[event.notice].flatMap { timer(of: $0.notice, event.notice) }
    }

    package func reactions(to fact: Fact) -> [Reaction] {
        guard case .notice(.questioned(let question)) = fact.event, let kept = standing[question.notice],
            let publisher = kept.notice.publisher, let territory = kept.notice.territory
        else { return [] }
        let task = NoticeDelivery(
            notice: question.notice,
            kind: .noticeQuestioned,
            title: kept.title,
            territory: territory,
            text: question.text,
            due: question.answerBy
        )
        let line = Words(kept.title, zh: kept.title)
        return [.deliver(TaskDelivery(.notice(task), to: publisher, because: fact, line: line))]
    }

    package var timers: [PolicyTimer] { pending.values.sorted { ($0.due, $0.key) < ($1.due, $1.key) } }

    private func timer(of notice: Notice, _ id: NoticeID) -> PolicyTimer? {
        guard let clock = notice.clock, !clock.isMissed, let territory = notice.territory else { return nil }
        return PolicyTimer(
            key: "notice-correction/\(id)/\(clock.due)",
            due: clock.due,
            command: RecordMissedCorrection(notice: id, dueBy: clock.due),
            actor: .system(in: territory),
            cause: clock.startedBy
        )
    }
}
