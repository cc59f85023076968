package import EventSourcing
package import Records

/// What of a log is analysed, and how. The standard choice is everything, as it is known now.
package struct AnalysisChoice: Hashable, Sendable {
    /// In a log of Muster's own, the category whose streams are the cases.
    package var category = "matter"
    /// The IANA time zone of hours, weekdays and months; nil: that of the mapping, or Muster's.
    package var zone: String?
    /// Cases are kept that all of these choose. A case is kept whole.
    package var filters: [CaseFilter] = []
    /// Only what had been recorded by then.
    package var asKnownAt: Timestamp?
    /// Only what had happened by then.
    package var asTrueAt: Timestamp?
    /// Names of activities that cases are held against; empty: the mapping's stages or the commonest way.
    package var path: [String] = []
    /// The name of a playbook in the log that incidents are held against.
    package var playbook: String?
    /// The attribute with what was read off; nil: what the mapping names, or the figures of steps.
    package var reading: String?
    /// So many equal readings of one person in a row are looked at.
    package var identicalInARow = EntryStatistics.standardInARow
    /// The two sides of a comparison.
    package var sides: [CaseFilter] = []

    package init() {}

    /// The time zone of logs that say nothing of one: that of the towns Muster is made for.
    static let standardZone = "Asia/Shanghai"

    /// Filters that must be asked of every event as it is read.
    var attributeFilters: [CaseFilter] {
        var found: [CaseFilter] = []
        for filter in filters + sides where filter.isAskedOfEvents && !found.contains(filter) { found.append(filter) }
        return found
    }

    /// Whether cases are chosen by where they are.
    var isOfPlaces: Bool { (filters + sides).contains { if case .place = $0 { true } else { false } } }

    /// Whether cases are chosen by the playbook they were run by.
    package var isOfPlaybooks: Bool {
        (filters + sides).contains { if case .playbook = $0 { true } else { false } }
    }

    /// A filter's answers are bits.
    package static let maximumAttributeFilters = 32
    package var attributeFilterCount: Int { attributeFilters.count }

    package static func isZone(_ name: String) -> Bool { LocalClock(zone: name) != nil }

    /// As arguments of `muster report`.
    package var arguments: [String] {
        var arguments: [String] = []
        if category != "matter" { arguments += ["--category", category] }
        if let zone { arguments += ["--zone", zone] }
        for filter in filters { arguments += filter.arguments }
        if let asKnownAt { arguments += ["--as-known-at", asKnownAt.rfc3339] }
        if let asTrueAt { arguments += ["--as-true-at", asTrueAt.rfc3339] }
        if !path.isEmpty { arguments += ["--path", path.joined(separator: ",")] }
        if let playbook { arguments += ["--playbook", playbook] }
        if let reading { arguments += ["--reading", reading] }
        if identicalInARow != EntryStatistics.standardInARow { arguments += ["--identical", "\(identicalInARow)"] }
        if sides.count == 2 { arguments += ["--compare", sides[0].text, "--with", sides[1].text] }
        return arguments
    }
}

/// A bound of a period: an instant, or a date, which is its midnight where the cases are.
package enum PeriodBound: Hashable, Sendable, CustomStringConvertible {
    case instant(Timestamp)
    /// As `2020-04-07`.
    case date(String)

    /// Nil for text that is neither an RFC 3339 time nor a date.
    package init?(_ text: some StringProtocol) {
        if let time = Timestamp(rfc3339: text) {
            self = .instant(time)
        } else if Timestamp(rfc3339: "\(text)T00:00:00Z") != nil {
            self = .date(String(text))
        } else {
            return nil
        }
    }

    package var description: String {
        switch self {
        case .instant(let time): time.rfc3339
        case .date(let text): text
        }
    }

    /// Microseconds since 1970.
    func instant(zone: String) -> Int64? {
        switch self {
        case .instant(let time): return time.microseconds
        case .date(let text):
            guard let local = Timestamp(rfc3339: "\(text)T00:00:00Z"), var clock = LocalClock(zone: zone) else {
                return nil
            }
            return clock.instant(local: local.microseconds / 1_000_000) * 1_000_000
        }
    }
}

/// Chooses cases.
package enum CaseFilter: Hashable, Sendable {
    /// The case began from one moment on and before another.
    case period(from: PeriodBound?, until: PeriodBound?)
    /// One of its events is of this agency, this person or unit, or this activity.
    case agency(String)
    case resource(String)
    case activity(String)
    /// One of its events is of this place, or in a log of Muster's own of one that lay in it then.
    case place(String)
    /// One of its events has this value of an attribute.
    case attribute(String, String)
    /// The incident was run by this version of a playbook.
    case playbook(String, version: Int)

    var isAskedOfEvents: Bool {
        switch self {
        case .attribute, .playbook: true
        case .period, .agency, .resource, .place, .activity: false
        }
    }

    package var words: Words {
        switch self {
        case .period(let from?, let until?):
            Words("began from \(from) until \(until)", zh: "始于 \(from) 至 \(until) 之间")
        case .period(let from?, nil): Words("began from \(from) on", zh: "始于 \(from) 之后")
        case .period(nil, let until?): Words("began before \(until)", zh: "始于 \(until) 之前")
        case .period(nil, nil): Words("began at any time", zh: "始于任何时间")
        case .agency(let name): Words("agency \(name)", zh: "部门 \(name)")
        case .resource(let name): Words("person or unit \(name)", zh: "人员 \(name)")
        case .place(let name): Words("place \(name)", zh: "地点 \(name)")
        case .activity(let name): Words("with \(name)", zh: "含“\(name)”")
        case .attribute(let name, let value): Words("\(name) \(value)", zh: "\(name) 为 \(value)")
        case .playbook(let name, let version):
            Words("playbook \(name), version \(version)", zh: "预案 \(name)（版本 \(version)）")
        }
    }

    /// As `--compare` takes it.
    package var text: String {
        switch self {
        case .period(let from, let until): "\(from?.description ?? "")..\(until?.description ?? "")"
        case .agency(let name): "agency=\(name)"
        case .resource(let name): "resource=\(name)"
        case .place(let name): "place=\(name)"
        case .activity(let name): "activity=\(name)"
        case .attribute(let name, let value): "\(name)=\(value)"
        case .playbook(let name, let version): "playbook=\(name)@\(version)"
        }
    }

    package var arguments: [String] {
        switch self {
        case .period(let from, let until):
            (from.map { ["--since", $0.description] } ?? []) + (until.map { ["--until", $0.description] } ?? [])
        case .agency(let name): ["--agency", name]
        case .resource(let name): ["--resource", name]
        case .place(let name): ["--place", name]
        case .activity(let name): ["--activity", name]
        case .attribute, .playbook: ["--where", text]
        }
    }

    /// Reads what `--compare` takes: `FROM..UNTIL`, a name and a value as `agency=Fire`, or `playbook=NAME@VERSION`. Nil for
    /// other text.
    package init?(_ text: String) {
        if let dots = text.firstRange(of: "..") {
            let (left, right) = (text[..<dots.lowerBound], text[dots.upperBound...])
            let (from, until) = (PeriodBound(left), PeriodBound(right))
            if left.isEmpty || from != nil, right.isEmpty || until != nil, from != nil || until != nil {
                self = .period(from: from, until: until)
                return
            }
        }
        guard let sign = text.firstIndex(of: "=") else { return nil }
        let value = String(text[text.index(after: sign)...])
        switch text[..<sign] {
        case "": return nil
        case "agency": self = .agency(value)
        case "resource": self = .resource(value)
        case "place": self = .place(value)
        case "activity": self = .activity(value)
        case "playbook":
            let parts = value.split(separator: "@", maxSplits: 1)
            if parts.count == 2, let version = Int(parts[1]) {
                self = .playbook(String(parts[0]), version: version)
            } else {
                self = .attribute("playbook", value)
            }
        case let name: self = .attribute(String(name), value)
        }
    }
}
