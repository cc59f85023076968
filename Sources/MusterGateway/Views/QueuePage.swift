import EventSourcing
import Foundation
import MusterBoards
import MusterDomain
import Records
import TaskQueue

/// The task queue in the words of one language.
struct QueuePage {
    /// From when on what waits for an agency is coloured. The shortest limit that a department has is ten minutes; half of
    /// it is gone when somebody should look, and a task that has waited for all of it has come too late.
    static let soon = Duration.seconds(300)
    static let late = Duration.seconds(600)

    let language: Language
    let offset: Duration
    let now: Timestamp
    let view: QueuePages.View
    let report: QueueReport
    let letters: [DeadLetter]
    let hasMoreLetters: Bool
    let opened: DeadLetter?
    /// Nil where no party is called by webhook.
    let deliveries: QueueDeliveries?
    let schedules: [Schedule]
    let register: Register
    let failure: QueueFailure?

    var time: LocalTime { LocalTime(offset: offset, language: language) }

    func word(_ name: String) -> String { Strings.words(name)[language] }

    func fields() -> Fields {
        let agencies = report.agencies
        var fields: Fields = ["isQueue": true, "isKnown": report.reportedAt != nil]
        let parts = [
            rows(agencies), sums(agencies), limits(agencies), deadLetters(), webhooks(), timetable(), outcome(agencies),
        ]
        for part in parts {
            fields.merge(part) { first, _ in first }
        }
        if let at = report.reportedAt {
            fields["leaderText"] = word("queueLeader").replacing("{process}", with: report.leader ?? "?")
                .replacing("{time}", with: time.time(at, seenAt: now))
        }
        return fields
    }

    // MARK: - Agencies

    /// What is worst about an agency, in the order in which rows stand.
    private enum Phase: String {
        case late, soon, paused, running, waiting
    }

    private func phase(_ agency: QueueReport.Agency) -> Phase {
        if agency.limit.isPaused { return .paused }
        guard let age = age(agency) else { return .waiting }
        return age >= Self.late ? .late : age >= Self.soon ? .soon : .running
    }

    /// How long the one that waits longest has waited; nil when nothing waits, or nobody knows.
    private func age(_ agency: QueueReport.Agency) -> Duration? {
        guard let at = report.reportedAt, let oldest = agency.oldest else { return nil }
        return max(.zero, at.since(oldest))
    }

    private func rows(_ agencies: [QueueReport.Agency]) -> Fields {
        let order: [Phase] = [.late, .soon, .paused, .running, .waiting]
        // Between those that are well the name decides: a place that changes every second cannot be found.
        func place(_ agency: QueueReport.Agency) -> Int { min(3, order.firstIndex(of: phase(agency)) ?? 3) }
        let sorted = agencies.enumerated().sorted { (place($0.element), $0.offset) < (place($1.element), $1.offset) }
        let most = QueuePictures.Most(agencies)
        let rows = sorted.enumerated().map { index, entry in row(entry.element, index, most) }
        return ["rows": rows, "hasRows": !rows.isEmpty]
    }

    private func row(_ agency: QueueReport.Agency, _ index: Int, _ most: QueuePictures.Most) -> Fields {
        let phase = phase(agency)
        let isKnown = report.reportedAt != nil
        let name = name(agency.agency)
        var fields: Fields = [
            "agency": agency.agency, "name": name, "phase": phase.rawValue, "index": index,
            "href": "/queue?agency=\(FormFields.escaped(agency.agency))#limits",
            "isChosen": agency.agency == view.agency, "isPaused": agency.limit.isPaused, "isKnown": isKnown,
            "phaseWord": phase == .late || phase == .soon || phase == .paused ? word("queue-\(phase.rawValue)") : "",
            "hasOldest": agency.oldest != nil && isKnown, "oldestText": age(agency).map(text) ?? "",
            "kindsText": agency.lanes.map { kind($0.kind) }.joined(separator: language == .zh ? "、" : ", "),
            "readyText": agency.ready, "laterText": agency.scheduled, "hasLater": agency.scheduled > 0,
            "leasedText": agency.leased, "doneText": agency.done, "retriedText": agency.retried,
            "buriedText": agency.buried, "hasBuried": agency.buried > 0,
            "deadLetterText": agency.deadLetters, "hasDeadLetters": agency.deadLetters > 0,
            "deadHref": "/queue?agency=\(FormFields.escaped(agency.agency))#dead",
            "isNotCalled": deliveries?.circuit(of: agency.agency) != nil,
            "callHref": "/queue?agency=\(FormFields.escaped(agency.agency))#deliveries",
            "limitText": words(agency.limit), "hasLimit": !agency.limit.isUnbounded,
            "isShared": !agency.hasOwnLimit && !agency.limit.isUnbounded,
            "pace": QueuePictures.pace(agency.pace), "hasPace": agency.pace.contains { $0 > 0 },
            "askText": word(agency.limit.isPaused ? "queueResumeText" : "queuePauseText")
                .replacing("{name}", with: name),
            "askVerb": word(agency.limit.isPaused ? "queueResume" : "queuePause"),
            "askLabel": word(agency.limit.isPaused ? "queueResumeOf" : "queuePauseOf").replacing("{name}", with: name),
            "askAction": agency.limit.isPaused ? "resume" : "pause",
        ]
        fields.merge(QueuePictures.load(agency, most)) { first, _ in first }
        fields["hasOf"] = agency.limit.concurrency != nil
        fields["ofText"] = agency.limit.concurrency ?? 0
        return fields
    }

    func name(_ agency: String) -> String {
        PartyID(rawValue: agency).map { register.name(of: $0)[language] } ?? agency
    }

    func kind(_ kind: String) -> String { TaskDeliveryKind(rawValue: kind)?.words[language] ?? kind }

    /// An age, or `< 1 s`: what waits only as long as a worker takes to ask does not wait.
    private func text(_ age: Duration) -> String {
        age < .seconds(1) ? "< 1 \(Strings.second[language])" : time.age(age)
    }

    /// `4 at a time, 30 in 60 s`; without the state of pausing, which is said elsewhere.
    func words(_ limit: QueueLimit) -> String {
        var parts: [String] = []
        if let concurrency = limit.concurrency {
            parts.append(word("queueAtATime").replacing("{count}", with: "\(concurrency)"))
        }
        if let rate = limit.rate {
            let text = word(rate.burst > 1 ? "queueRateBurst" : "queueRate")
            parts.append(
                text.replacing("{tasks}", with: "\(rate.tasks)").replacing("{seconds}", with: "\(rate.seconds)")
                    .replacing("{burst}", with: "\(rate.burst)")
            )
        }
        return parts.isEmpty ? word("queueNoLimit") : parts.joined(separator: language == .zh ? "，" : ", ")
    }

    // MARK: - The whole

    private func sums(_ agencies: [QueueReport.Agency]) -> Fields {
        func sum(_ count: (QueueReport.Agency) -> Int64) -> Int64 { agencies.reduce(0) { $0 + count($1) } }
        let late = agencies.count { phase($0) == .late }
        let soon = agencies.count { phase($0) == .soon }
        let dead = sum(\.deadLetters)
        return [
            "lateText": late, "isLate": late > 0, "soonText": soon, "isSoon": soon > 0,
            "pausedText": agencies.count { $0.limit.isPaused }, "deadText": dead, "hasDead": dead > 0,
            "waitingSum": sum(\.ready), "leasedSum": sum(\.leased), "laterSum": sum(\.scheduled),
            "doneSum": sum(\.done),
            "lateWords": word("queueLateSum").replacing("{time}", with: time.limit(Self.late)),
            "soonWords": word("queueLateSum").replacing("{time}", with: time.limit(Self.soon)),
        ]
    }

    private func timetable() -> Fields {
        [
            "hasSchedules": !schedules.isEmpty,
            "schedules": schedules.map { schedule -> Fields in
                [
                    "name": schedule.name, "cron": schedule.cron.text, "zone": schedule.zone.identifier,
                    "forText": "\(kind(schedule.kind)), \(name(schedule.agency))",
                    "nextText": schedule.nextDue.map { time.minute($0, seenAt: now) } ?? word("queueNever"),
                ]
            },
        ]
    }

    /// What has just been done or refused. What the queue itself does not bear out is not said.
    private func outcome(_ agencies: [QueueReport.Agency]) -> Fields {
        var fields: Fields = [:]
        if let failure {
            let problem = failure.problem
            var refusal: Fields = [
                "headline": problem.title[language], "words": (problem.detail ?? problem.title)[language],
                "isKept": failure.form != nil,
            ]
            if let advice = problem.advice { refusal["adviceText"] = advice[language] }
            if problem.code == "invalid" {
                // People have no members to put right, but fields.
                refusal["headline"] = word("problem")
                refusal["words"] = problem.errors.map { error in
                    let name = error.pointer.split(separator: "/").last ?? ""
                    return "\(word("queueInput-\(name)"))\(language == .zh ? "：" : ": ")\(error.words[language])"
                }.joined(separator: language == .zh ? "；" : "; ")
            }
            fields["refusal"] = refusal
        }
        func isPaused(_ agency: String) -> Bool? { agencies.first { $0.agency == agency }?.limit.isPaused }
        switch view.notice {
        case .paused(let agency) where isPaused(agency) == true:
            fields["notice"] = word("queueWasPaused").replacing("{name}", with: name(agency))
        case .resumed(let agency) where isPaused(agency) == false:
            fields["notice"] = word("queueWasResumed").replacing("{name}", with: name(agency))
        case .bounded(let agency) where agency.isEmpty || isPaused(agency) != nil:
            let limit =
                agency.isEmpty
                ? report.limits[.init(agency: nil, kind: nil)] : agencies.first { $0.agency == agency }?.limit
            fields["notice"] = word("queueWasBounded")
                .replacing("{name}", with: agency.isEmpty ? word("queueAllAgencies") : name(agency))
                .replacing("{limit}", with: words(limit ?? QueueLimit()))
        case .resent(let count, let asked, let first):
            fields["notice"] = word(count < asked ? "queueWasResentPartly" : "queueWasResent")
                .replacing("{count}", with: "\(count)").replacing("{asked}", with: "\(asked)")
                .replacing("{first}", with: "\(first)")
        default: break
        }
        return fields
    }
}

extension QueueLimit {
    /// Whether any number may start at any time.
    fileprivate var isUnbounded: Bool { concurrency == nil && rate == nil }
}
