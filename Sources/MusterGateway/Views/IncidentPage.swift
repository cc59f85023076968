import EventSourcing
import MusterBoards
import MusterDomain
import Records

/// One incident in the words of one language: its groups as lanes of equal rank, with the same hours under each.
struct IncidentPage {
    let language: Language
    let offset: Duration
    let row: IncidentRow
    let briefing: IncidentBriefing
    let now: Timestamp
    let soon: Duration

    private var time: LocalTime { LocalTime(offset: offset, language: language) }
    private var strip: IncidentStrip { IncidentStrip(row, now: now, time: time) }

    func fields() -> Fields {
        let reports = row.lanes.map(report)
        var fields: Fields = [
            "headline": headline, "summary": summary, "passages": passages,
            "briefing": briefing.entries.map(entry), "hasBriefing": !briefing.entries.isEmpty,
            "hasLanes": !row.lanes.isEmpty, "lanes": row.lanes.map(lane),
            "hasReports": !reports.isEmpty, "reports": reports,
            "reportsIn": row.lanes.count { $0.hasReported }, "reportsAll": row.lanes.count,
            "sites": sites, "siteCount": sites.count, "hasSites": !sites.isEmpty,
            "later": later, "hasLater": !later.isEmpty,
        ]
        if let clock = mainClock {
            fields["mainClock"] = self.clock(due: clock.due).merging(
                [
                    "clockText": clock.words[language],
                    "clockNote": "\(time.limit(clock.limit)) · \(words("due")) \(time.time(clock.due, seenAt: now))",
                ]
            ) { first, _ in first }
        }
        return fields
    }

    private func words(_ name: String) -> String { Strings.words(name)[language] }

    // MARK: - The head

    private var headline: String {
        let name = row.playbookName?[language] ?? row.kind.rawValue
        return language == .zh ? "\(name)，\(row.territoryName.zh)" : "\(name), \(row.territoryName.en)"
    }

    private var summary: String {
        var parts: [String] = []
        if let level = row.level { parts.append(level.words[language]) }
        if let version = row.playbookVersion {
            parts.append(words("playbookPinned").replacing("{version}", with: "\(version)"))
        }
        if row.round > 1 { parts.append(words("round").replacing("{round}", with: "\(row.round)")) }
        parts.append(row.incident.rawValue)
        return parts.joined(separator: " · ")
    }

    /// The clock of the whole: the summary while it is awaited, whatever is due first otherwise.
    private var mainClock: IncidentRowClock? {
        row.clocks.first { $0.clock.kind == .summary } ?? row.clocks.first
    }

    private func clock(due: Timestamp) -> Fields {
        let phase = due < now ? "late" : due.since(now) <= soon ? "soon" : "running"
        return [
            "phase": phase, "dueMillis": due.microseconds / 1_000, "leftText": LocalTime.remaining(due, now: now),
        ]
    }

    /// The statuses it has passed, the one it has, and those that lie before it.
    private var passages: [Fields] {
        let course: [IncidentStatus] = [
            .suspected, .verified, .declared, .firstDisposal, .followUp, .rechecked, .closed,
        ]
        let ahead = course.drop { $0 != row.status && row.status != .reopened }.dropFirst(
            row.status == .reopened ? 3 : 1
        )
        return row.passages.map { passage -> Fields in
            [
                "class": passage == row.passages.last ? "n" : "d", "text": passage.status.words[language],
                "at": time.minute(passage.at, seenAt: now),
            ]
        } + ahead.map { ["class": "", "text": $0.words[language], "at": ""] }
    }

    private func entry(_ entry: IncidentBriefing.Entry) -> Fields {
        ["name": entry.words[language], "text": entry.text, "at": time.minute(entry.at, seenAt: now)]
    }

    // MARK: - The lanes

    private func lane(_ lane: IncidentLane) -> Fields {
        var fields: Fields = [
            "name": lane.name[language], "partyName": lane.partyName?[language] ?? words("nobodyYet"),
            "isMissing": lane.state == .missing, "needsSupport": lane.needsSupport,
            "steps": lane.steps.filter { $0.phase != .followUp }.map(step),
            "hasStoodDown": lane.state == .stoodDown, "strip": strip.fields(of: lane),
        ]
        if let lead = lane.lead { fields["leadText"] = "\(words("ledBy")) \(lead)" }
        if let up = lane.upAt {
            fields["upText"] = "\(words("upAt")) \(time.minute(up, seenAt: now))"
            fields["isUpLate"] = lane.isUpLate
        } else if let by = lane.upBy {
            fields["upClock"] = clock(due: by)
        }
        return fields
    }

    private func step(_ step: IncidentLaneStep) -> Fields {
        var fields: Fields = ["name": step.name[language]]
        switch step.state {
        case .completed:
            fields["class"] = "d"
            if let at = step.finishedAt { fields["doneText"] = time.minute(at, seenAt: now) }
            if step.isLate { fields["lateText"] = words("late") }
        case .skipped:
            fields["class"] = "s"
            fields["noteText"] = step.state.words[language]
        case .started, .waiting:
            let isRunning = step.state == .started || step.due != nil
            fields["class"] = isRunning ? "r" : "w"
            if let due = step.due {
                fields["clock"] = clock(due: due)
                fields["noteText"] = "\(words("due")) \(time.minute(due, seenAt: now))"
            } else if !step.waitsFor.isEmpty {
                let names = step.waitsFor.map { waited in
                    row.lanes.flatMap(\.steps).first { $0.step == waited }?.name[language] ?? waited.rawValue
                }
                fields["noteText"] = words("after") + " " + names.joined(separator: ", ")
            } else {
                fields["noteText"] = step.state.words[language]
            }
        }
        return fields
    }

    // MARK: - Beside them

    private func report(_ lane: IncidentLane) -> Fields {
        let report = lane.steps.last { $0.isReport }
        let text: String
        if let at = report?.finishedAt {
            text = "\(words("in")) \(time.minute(at, seenAt: now))"
        } else if let due = report?.due ?? row.clocks.first(where: { $0.clock.kind == .summary })?.due {
            text = "\(words("awaitedDue")) \(time.minute(due, seenAt: now))"
        } else {
            text = words("awaited")
        }
        return ["name": lane.name[language], "isIn": lane.hasReported, "text": text]
    }

    /// First those that nobody has covered, then those that are looked at again.
    private var sites: [Fields] {
        let again = row.rechecks.first { $0.coversSites && !$0.isPassed }
        let due = row.clocks.first { $0.clock.kind == .recheck && $0.clock.name == again?.recheck.rawValue }?.due
        return row.sitesUncovered.map { ["name": $0.rawValue, "text": words("notCovered")] }
            + row.sitesToRecheck.map { site -> Fields in
                var fields: Fields = ["name": site.rawValue, "text": again?.name[language] ?? ""]
                if let due { fields["clock"] = clock(due: due) }
                return fields
            }
    }

    /// What comes after the summary: the steps of the follow-up and the re-checks.
    private var later: [Fields] {
        row.followUp.map { step -> Fields in
            ["isDone": step.state.isFinished, "text": step.name[language]]
        }
            + row.rechecks.map { recheck -> Fields in
                let from = time.minute(recheck.notBefore, seenAt: now)
                let until = row.clocks.first { $0.clock.kind == .recheck && $0.clock.name == recheck.recheck.rawValue }?
                    .due
                let span = until.map { "\(from) – \(time.minute($0, seenAt: now))" } ?? from
                return [
                    "isDone": recheck.isPassed,
                    "text": recheck.isPassed ? recheck.name[language] : "\(recheck.name[language]): \(span)",
                ]
            }
    }
}

extension IncidentLane {
    /// Whether its report is in; a group without a report has when all of its steps are finished.
    fileprivate var hasReported: Bool {
        let reports = steps.filter(\.isReport)
        let needed = reports.isEmpty ? steps.filter { $0.phase != .followUp } : reports
        return needed.allSatisfy(\.state.isFinished)
    }
}
