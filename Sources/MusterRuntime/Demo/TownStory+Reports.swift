import EventSourcing
import MusterDomain
import Records

/// What the desk does with a report, beside the matter that comes of it.
enum TownDeskWork: Sendable, Equatable {
    /// It says what another one said before.
    case joins(ReportID)
    case answers
    case routes
}

extension TownDice {
    /// Nil for most reports, which are left to those who go there.
    func deskWork(on report: ReportID, _ kind: ReportKind, isUrgent: Bool) -> TownDeskWork? {
        guard let name = TownReportName(report), !name.isPart else { return nil }
        if let original = name.original { return .joins(original) }
        guard !isUrgent else { return isTrue("\(report)/routes", chance: 0.12) ? .routes : nil }
        return switch fraction("\(report)/desk") {
        case ..<0.3: .answers
        case ..<0.55: .routes
        default: nil
        }
    }
}

/// A report as the desk sees it.
struct TownReport: Sendable {
    /// Nil before it came in.
    private(set) var content: ReportSubmitted?
    private(set) var report = Report()

    mutating func evolve(_ event: ReportEvent, _ origin: Origin) {
        report.evolve(event, from: origin)
        if case .submitted(let payload) = event { content = payload }
    }
}

/// The hotline's desk: reports of the same are merged, and now and then one of them was not the same after all; some are
/// answered at once, and some are passed to whose duty they are.
extension TownStory {
    func deeds(in report: TownReport) -> [TownDeed] {
        guard let content = report.content, let clerk = Town.duty(of: Town.hotline),
            let work = dice.deskWork(
                on: content.report,
                content.kind,
                isUrgent: content.isUrgent || content.kind.isEmergency
            )
        else { return [] }
        func deed(_ step: String, _ actor: Actor, _ command: any Command, _ mean: Duration) -> TownDeed {
            let key = "\(content.report)/desk/\(step)"
            return TownDeed(key: key, actor: actor, command: command, after: dice.delay(key, mean: mean))
        }
        switch (work, report.report.stage) {
        case (.joins(let original), .submitted):
            let merge = MergeReports(report: original, duplicates: [content.report])
            return [deed("merge", clerk, merge, .seconds(240))]
        case (.joins(let original), .joined):
            guard let split = split(content, from: original) else { return [] }
            return [deed("split", clerk, split, .seconds(1_500))]
        case (.answers, .submitted):
            let answer = AnswerImmediately(report: content.report, text: Self.answer(to: content.kind), isSolved: true)
            return [deed("answer", clerk, answer, .seconds(300))]
        case (.routes, .submitted):
            let triage = TriageReport(
                report: content.report,
                urgency: content.isUrgent || content.kind.isEmergency ? .emergency : .normal,
                duty: duty(of: content)
            )
            return [deed("triage", clerk, triage, .seconds(600))]
        case (.routes, .triaged):
            guard let party = party(for: content) else { return [] }
            let route = RouteReport(
                report: content.report,
                party: party,
                duty: duty(of: content),
                note: "按责任清单转办 · by the list"
            )
            return [deed("route", clerk, route, .seconds(600))]
        case (.joins, _), (.answers, _), (.routes, _): return []
        }
    }

    /// Whoever was taken for one of several, and spoke of another house.
    private func split(_ content: ReportSubmitted, from original: ReportID) -> SplitReport? {
        guard let name = TownReportName(content.report), name.isOther(dice), let part = name.part else { return nil }
        return SplitReport(
            report: original,
            parts: [SplitPart(report: part, kind: content.kind, place: content.place, text: content.text)]
        )
    }

    private func duty(of content: ReportSubmitted) -> DutyID {
        TownReports.duty(for: content.kind)?.id ?? Town.cleaning
    }

    private func party(for content: ReportSubmitted) -> PartyID? {
        TownReports.duty(for: content.kind)?.responsible ?? Town.community(holding: content.territory)?.property
    }

    private static func answer(to kind: ReportKind) -> String {
        switch kind {
        case .noise: "施工已获夜间许可，今晚 22 点停工。The work has a permit and stops at 22:00."
        case .water: "正在抢修，两小时内恢复供水。It is being repaired; water is back within two hours."
        case .lighting: "已列入今晚检修。It is on tonight's round."
        default: "已当场告知办理方式。Told at once how it is done."
        }
    }
}
