import EventSourcing
import MusterBoards
import MusterDomain
import Records

/// A row's clock, holder and tags in the words of one language, as seen at one moment.
struct ClockFields {
    let language: Language
    let time: LocalTime
    let now: Timestamp
    let soon: Duration

    /// `late`, `soon`, `running`, `paused` or `waiting`.
    func phase(_ clock: RowClock) -> String {
        guard clock.state == .running, let due = clock.due else { return clock.state.pageWord }
        if due < now { return "late" }
        return due.since(now) <= soon ? "soon" : "running"
    }

    func fields(_ row: ClockRow) -> Fields {
        let phase = phase(row.clock)
        let matter = "/matters/\(row.matter)"
        var fields: Fields = [
            "key": row.key, "order": Self.order(row), "state": row.clock.state.pageWord, "phase": phase,
            "phaseWord": phaseWord(phase), "isDisputed": row.tags.contains { $0.kind == .disputed },
            "leftText": leftText(row.clock), "dueText": dueText(row.clock), "dueMinute": dueMinute(row.clock),
            "href": matter, "clockHref": row.clock.startedBy.map { "\(matter)#e\($0.position)" } ?? matter,
            "title": row.headline[language], "place": row.place, "territoryText": row.territoryName[language],
            "reference": row.reference, "holderName": holderName(row),
            "holderHref": row.holder.party.map { "/boards/whistles#\($0)" } ?? matter, "holderNote": holderNote(row),
            "limitText": limitText(row), "sinceText": sinceText(row.clock),
            "tags": row.tags.map(tag), "stageIndex": row.stage.index, "stageText": lowered(row.stage.words[language]),
            "stepText": row.step.words[language], "remarkText": remarkText(row),
        ]
        if let due = row.clock.due { fields["dueMillis"] = due.microseconds / 1_000 }
        if let mark = row.clock.pausedBy ?? row.clock.startedBy { fields["sinceHref"] = "\(matter)#e\(mark.position)" }
        return fields
    }

    /// The row's order without its key, which stands beside it.
    private static func order(_ row: ClockRow) -> String { String(row.order.text.dropLast(row.key.count + 1)) }

    func phaseWord(_ phase: String) -> String {
        switch phase {
        case "late", "soon", "paused": Strings.words(phase)[language]
        default: ""
        }
    }

    func leftText(_ clock: RowClock) -> String {
        guard let due = clock.due else { return "–" }
        // A clock that stands shows what was left when it was stopped.
        let stoppedAt = clock.state == .paused ? clock.pausedBy?.occurredAt : nil
        return LocalTime.remaining(due, now: stoppedAt ?? now)
    }

    func limitText(_ row: ClockRow) -> String {
        let step = row.step.words[language]
        if row.clock.state == .paused { return Strings.words("pausedBy")[language] }
        guard let limit = row.clock.limit else {
            return "\(step)\(language == .zh ? "，" : ", ")\(Strings.words("noLimit")[language])"
        }
        return "\(step) ≤ \(time.limit(limit))"
    }

    func sinceText(_ clock: RowClock) -> String {
        if clock.state == .paused, let mark = clock.pausedBy {
            return "\(lowered(mark.words[language])) \(time.time(mark.occurredAt, seenAt: now))"
        }
        let what = clock.startedBy.map { lowered($0.words[language]) } ?? ""
        let at = time.time(clock.startedBy?.occurredAt ?? clock.since, seenAt: now)
        let since = Strings.words("since")[language]
        return language == .zh ? "\(since)\(what) \(at)" : "\(since) \(what) \(at)".replacing("  ", with: " ")
    }

    func tag(_ tag: RowTag) -> Fields {
        let (style, icon): (String, String) =
            switch tag.kind {
            case .noShow: ("late", "noshow")
            case .escalated: ("late", "up")
            case .communityCalled: ("calm", "up")
            case .disputed: ("rule", "rule")
            case .ratificationMissing, .ratificationRefused: ("rule", "rule")
            case .reopened, .repeated: ("calm", "again")
            case .learnedLate: ("soon", "soon")
            }
        let at = tag.at.map { " \(time.minute($0, seenAt: now))" } ?? ""
        return ["class": style, "icon": icon, "text": tag.words[language] + at]
    }

    private func dueText(_ clock: RowClock) -> String {
        guard let due = clock.due else { return Strings.words("noLimit")[language] }
        return "\(Strings.words("due")[language]) \(time.minute(due, seenAt: now))"
    }

    private func dueMinute(_ clock: RowClock) -> String {
        clock.due.map { time.minute($0, seenAt: now) } ?? "–"
    }

    func holderName(_ row: ClockRow) -> String { row.holder.name[language] }

    private func holderNote(_ row: ClockRow) -> String {
        row.holder.isLead ? Strings.words("leads")[language] : ""
    }

    private func remarkText(_ row: ClockRow) -> String {
        guard let remark = row.remark else { return "" }
        return remark.words[language] + (remark.at.map { " \(time.minute($0, seenAt: now))" } ?? "")
    }

    /// An event's words inside a sentence.
    private func lowered(_ words: String) -> String {
        language == .en ? words.prefix(1).lowercased() + words.dropFirst() : words
    }
}

extension BoardOrder.Group {
    var pageWord: String {
        switch self {
        case .running: "running"
        case .paused: "paused"
        case .waiting: "waiting"
        }
    }
}
