import EventSourcing
import MusterBoards
import MusterDomain
import Records

/// The operations board in the words of one language.
struct OperationsPage {
    /// As many as a screen of 1080 lines shows.
    private static let feedLines = 18

    let language: Language
    let offset: Duration
    let snapshot: BoardSnapshot<OperationsBoard>

    private var time: LocalTime { LocalTime(offset: offset, language: language) }
    private var now: Timestamp { snapshot.head.now }

    var clock: ClockFields { ClockFields(language: language, time: time, now: now, soon: snapshot.head.soon) }

    /// The fields of the page's main part.
    func fields() -> Fields {
        let clock = clock
        var counts: [String: Int] = [:]
        var rows: [Fields] = []
        for row in snapshot.rows {
            var fields = clock.fields(row)
            let phase = clock.phase(row.clock)
            let isWaiting = row.clock.state != .running
            fields["startsInTime"] = phase == "running" && counts["running"] == nil
            fields["startsWaiting"] = isWaiting && counts["waiting"] == nil
            counts[isWaiting ? "waiting" : phase, default: 0] += 1
            if row.tags.contains(where: { $0.kind == .disputed }) { counts["rule", default: 0] += 1 }
            rows.append(fields)
        }
        func count(_ name: String) -> Int { counts[name] ?? 0 }
        var fields: Fields = [
            "rows": rows, "hasRows": !rows.isEmpty, "position": snapshot.head.position.rawValue,
            "hasInTime": count("running") > 0, "hasWaiting": count("waiting") > 0,
            "lateCount": count("late") > 0, "soonCount": count("soon") > 0, "ruleCount": count("rule") > 0,
            "lateText": count("late"), "soonText": count("soon"), "ruleText": count("rule"),
            "runningText": count("running"), "waitingText": count("waiting"),
            "dueWithin": Strings.words("dueWithin")[language].replacing("{time}", with: time.limit(snapshot.head.soon)),
        ]
        fields.merge(ParkedFields.fields(snapshot.head)) { first, _ in first }
        fields.merge(departments()) { first, _ in first }
        fields.merge(feed()) { first, _ in first }
        return fields
    }

    func departments() -> Fields {
        [
            "departments": snapshot.figures.departments.map { department -> Fields in
                let marks = department.dues.map { DueMark(due: $0, now: now, soon: snapshot.head.soon) }
                let late = marks.count { $0.shape == .late }
                var fields: Fields = [
                    "party": department.party.rawValue, "name": department.name[language], "openCount": department.open,
                    "lateNowText": late, "lateClass": late > 0 ? "late" : "zero",
                    "noShows": department.noShows > 0, "noShowText": department.noShows,
                    "noShowClass": department.noShows > 0 ? "late" : "zero", "marks": marks.map(\.fields),
                ]
                if let seconds = department.acceptMedianSeconds {
                    fields["medianText"] = seconds < 60 ? "< 1" : "\((seconds + 30) / 60)"
                }
                return fields
            }
        ]
    }

    func feed() -> Fields {
        [
            "hasFeed": !snapshot.figures.feed.isEmpty,
            "feed": snapshot.figures.feed.prefix(Self.feedLines).map { entry -> Fields in
                var fields: Fields = [
                    "at": time.time(entry.at, seenAt: now), "words": entry.words[language], "isBad": entry.isAbnormal,
                    "feedReference": entry.reference ?? "",
                ]
                if let matter = entry.matter { fields["feedHref"] = "/matters/\(matter)#e\(entry.position)" }
                return fields
            },
        ]
    }
}
