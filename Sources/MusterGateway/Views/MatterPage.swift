import EventSourcing
import MusterBoards
import MusterDomain
import Records

/// One matter in the words of one language: a column per party, a row per event.
struct MatterPage {
    /// Lanes that fit beside each other; later parties share the last.
    private static let maximumLanes = 7

    let language: Language
    let offset: Duration
    let view: MatterView
    let now: Timestamp
    let soon: Duration

    private var time: LocalTime { LocalTime(offset: offset, language: language) }
    private var clock: ClockFields { ClockFields(language: language, time: time, now: now, soon: soon) }

    func fields() -> Fields {
        let parties = Array(view.parties.prefix(Self.maximumLanes))
        var fields: Fields = [
            "headline": headline, "summary": summary, "eventCount": view.events.count,
            "stageText": view.status.words[language], "hasClocks": !view.rows.isEmpty,
            "parties": parties.map { party -> Fields in
                let leads = party.isLead ? (language == .zh ? "，牵头" : ", \(Strings.words("leads")[language])") : ""
                return ["columnName": party.name[language] + leads, "isLead": party.isLead]
            },
            "eventsAsTrue": view.eventsAsTrue.map { event($0, parties, isAsTrue: true) },
            "eventsAsKnown": view.events.map { event($0, parties, isAsTrue: false) },
            "clocks": view.rows.map(clockFields),
            "filings": view.filings.map(filing), "filedCount": view.filings.count { $0.at != nil },
        ]
        // In the reporter's own language; for other kinds it is the headline already.
        if view.kind != .other { fields["said"] = view.title }
        if let row = view.rows.first { fields["mainClock"] = clock.fields(row) }
        if let next = nextLevel { fields["nextLevel"] = next }
        if view.parked > 0 { fields["parkedCount"] = view.parked }
        return fields
    }

    private var headline: String {
        let title = view.kind.headline(title: view.title)[language]
        return language == .zh ? "\(title)，\(view.place)" : "\(title), \(view.place)"
    }

    private var summary: String {
        "\(view.urgency.words[language]) · \(view.territoryName[language])"
    }

    /// Who is told next if nothing happens.
    private var nextLevel: String? {
        let rungs = view.ladders.flatMap(\.rungs).filter { !$0.isTold && $0.at > now }
        guard let next = rungs.min(by: { $0.at < $1.at }) else { return nil }
        let at = time.time(next.at, seenAt: now)
        let told = Strings.words("toldAt")[language]
        let level = next.level.words[language]
        return language == .zh
            ? "\(at) \(level)\(told)（\(next.percent)%）" : "\(level) \(told) \(at) (\(next.percent) %)"
    }

    private func event(_ entry: MatterEntry, _ parties: [MatterParty], isAsTrue: Bool) -> Fields {
        let shown = isAsTrue ? entry.occurredAt : entry.recordedAt
        var classes: [String] = []
        if entry.isAbnormal { classes.append("bad") }
        if entry.isLearnedLate { classes.append("learned") }
        if entry.due != nil { classes.append("key") }
        let lane = parties.firstIndex { $0.party == entry.party && $0.name == entry.partyName } ?? parties.count - 1
        let colon = language == .zh ? "" : " "
        let body = [entry.detail?[language], entry.text].compactMap { $0 }.filter { !$0.isEmpty }
        var fields: Fields = [
            "anchorID": isAsTrue ? "e\(entry.position)" : "k\(entry.position)", "class": classes.joined(separator: " "),
            "timeText": time.time(shown, seenAt: now), "position": entry.position.rawValue,
            "lanes": parties.indices.map { index -> Fields in
                [
                    "isHere": index == lane, "words": entry.words[language], "partyName": entry.partyName[language],
                    "body": body.joined(separator: language == .zh ? "。" : ". "),
                ]
            },
        ]
        if entry.isLearnedLate {
            let (name, at) = isAsTrue ? ("knownAt", entry.recordedAt) : ("happenedAt", entry.occurredAt)
            fields["noteText"] = "\(Strings.words(name)[language])\(colon)\(time.time(at, seenAt: now))"
        }
        return fields
    }

    private func clockFields(_ row: ClockRow) -> Fields {
        var fields = clock.fields(row)
        if row.holder.isLead { fields["holderNote"] = Strings.words("asLead")[language] }
        fields["tags"] = row.tags.map(clock.tag)
        if let due = row.clock.due {
            let by = time.time(due, seenAt: now)
            fields["limitText"] = "\(clock.limitText(row)) · \(Strings.words("due")[language]) \(by)"
        }
        if let ladder = view.ladders.first(where: { $0.row == row.key }) { fields["ladder"] = draw(ladder) }
        return fields
    }

    private func filing(_ filing: MatterFiling) -> Fields {
        var fields: Fields = ["isThere": filing.at != nil, "side": filing.side.words[language]]
        if let at = filing.at {
            let name = filing.partyName?[language] ?? ""
            let superior = filing.superior.map { " → \($0)" } ?? ""
            fields["filingText"] = "\(time.time(at, seenAt: now)) \(name)\(superior)"
        }
        fields["filingPosition"] = filing.position?.rawValue ?? 0
        return fields
    }

    /// The ladder as a bar from the clock's start to its last rung: grey up to the limit, red beyond, a stroke for now.
    private func draw(_ ladder: MatterLadder) -> Fields {
        let limit = max(1, Double(ladder.due.since(ladder.since).wholeMicroseconds))
        let end = Double(max(100, ladder.rungs.map(\.percent).max() ?? 100)) * 1.05
        func x(_ percent: Double) -> Double { 4 + min(1, max(0, percent / end)) * 292 }
        let percentNow = Double(now.since(ladder.since).wholeMicroseconds) / limit * 100
        let gone = min(percentNow, 100)
        let rungs = ladder.rungs.map { rung -> Fields in
            let place = x(Double(rung.percent))
            return [
                "x": DueMark.text(place), "labelX": DueMark.text(min(place, 294)),
                "anchor": place > 270 ? "end" : "middle", "percentText": "\(rung.percent) %",
                "who": rung.level.words[language], "atText": time.minute(rung.at, seenAt: now),
            ]
        }
        let words = ladder.rungs.map { "\($0.percent) %: \($0.level.words[language])" }.joined(separator: ", ")
        return [
            "goneWidth": DueMark.text(x(gone) - 4), "overX": DueMark.text(x(100)),
            "overWidth": DueMark.text(percentNow > 100 ? x(percentNow) - x(100) : 0),
            "nowX": DueMark.text(x(percentNow)),
            "rungs": rungs, "ladderText": words,
        ]
    }
}
