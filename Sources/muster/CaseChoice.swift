import ArgumentParser
import EventSourcing
import MusterHistory

/// Which cases of a log are looked at, and as of when.
struct CaseChoice: ParsableArguments {
    @Option(help: "Only cases that began from this date, in the zone, or time on.")
    var since: String?

    @Option(help: "Only cases that began before this date or time.")
    var until: String?

    @Option(help: "Only cases with an event of this agency.")
    var agency: [String] = []

    @Option(help: "Only cases with an event of this person or unit.")
    var resource: [String] = []

    @Option(help: "Only cases with an event in this place; in Muster's own logs, or in what lay in the territory then.")
    var place: [String] = []

    @Option(help: "Only cases with this activity.")
    var activity: [String] = []

    @Option(name: .customLong("where"), help: "Only cases with this value of an attribute, as kind=noise.")
    var attributes: [String] = []

    @Option(help: "In a log of Muster's own, the streams that are the cases: matter, incident, directive …")
    var category = "matter"

    @Option(help: "The IANA time zone of hours, weekdays and months (default: the mapping's).")
    var zone: String?

    @Option(help: "Only what had been recorded by this time, as 2026-11-21T18:00:00+08:00.")
    var asKnownAt: String?

    @Option(help: "Only what had happened by this time.")
    var asTrueAt: String?

    /// - Throws: `ValidationError`.
    func value() throws -> AnalysisChoice {
        var choice = AnalysisChoice()
        choice.category = category
        choice.zone = zone
        if let zone, !AnalysisChoice.isZone(zone) {
            throw ValidationError("'\(zone)' is no IANA time zone, as Asia/Shanghai")
        }
        if since != nil || until != nil {
            choice.filters.append(
                .period(from: try bound(since, "--since"), until: try bound(until, "--until"))
            )
        }
        choice.filters += agency.map { .agency($0) }
        choice.filters += resource.map { .resource($0) }
        choice.filters += place.map { .place($0) }
        choice.filters += activity.map { .activity($0) }
        for text in attributes {
            guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
                throw ValidationError("--where '\(text)' is no ATTRIBUTE=VALUE")
            }
            let (name, value) = (String(text[..<sign]), String(text[text.index(after: sign)...]))
            if let filter = CaseFilter(text), case .playbook = filter {
                choice.filters.append(filter)
            } else {
                choice.filters.append(.attribute(name, value))
            }
        }
        choice.asKnownAt = try time(asKnownAt, "--as-known-at")
        choice.asTrueAt = try time(asTrueAt, "--as-true-at")
        try Self.checkFilters(choice)
        return choice
    }

    /// - Throws: `ValidationError` when more attributes are asked for than can be.
    static func checkFilters(_ choice: AnalysisChoice) throws {
        guard choice.attributeFilterCount <= AnalysisChoice.maximumAttributeFilters else {
            throw ValidationError("at most \(AnalysisChoice.maximumAttributeFilters) attributes can be asked for")
        }
    }

    private func bound(_ text: String?, _ option: String) throws -> PeriodBound? {
        guard let text else { return nil }
        guard let bound = PeriodBound(text) else {
            throw ValidationError(
                "\(option) '\(text)' is neither a date as 2020-04-07 nor a time as 2020-04-07T18:00:00Z"
            )
        }
        return bound
    }

    private func time(_ text: String?, _ option: String) throws -> Timestamp? {
        guard let text else { return nil }
        guard let time = Timestamp(rfc3339: text) else {
            throw ValidationError("\(option) '\(text)' is no time as 2020-04-07T18:00:00Z or 2020-04-07T18:00:00+08:00")
        }
        return time
    }
}
