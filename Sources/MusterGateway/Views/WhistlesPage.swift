import EventSourcing
import MusterBoards
import MusterDomain
import Records

/// The whistles of each department in the words of one language.
struct WhistlesPage {
    let language: Language
    let offset: Duration
    let snapshot: BoardSnapshot<WhistlesBoard>

    private var time: LocalTime { LocalTime(offset: offset, language: language) }
    private var now: Timestamp { snapshot.head.now }

    var clock: ClockFields { ClockFields(language: language, time: time, now: now, soon: snapshot.head.soon) }

    func fields() -> Fields {
        let clock = clock
        let rows = Dictionary(grouping: snapshot.rows) { $0.department }
        var fields: Fields = [
            "hasRows": !snapshot.rows.isEmpty,
            "sections": snapshot.figures.departments.map { department -> Fields in
                var fields = head(department)
                fields["rows"] = (rows[department.party] ?? []).map { clock.fields($0) }
                return fields
            },
        ]
        fields.merge(ParkedFields.fields(snapshot.head)) { first, _ in first }
        fields.merge(side()) { first, _ in first }
        return fields
    }

    func head(_ department: DepartmentFigures) -> Fields {
        let open = Strings.words("open")[language]
        var accepts = ""
        if let seconds = department.acceptMedianSeconds {
            let text = time.limit(.seconds(seconds < 60 ? seconds : (seconds + 30) / 60 * 60))
            accepts = Strings.words("acceptsIn")[language].replacing("{time}", with: text)
        }
        return [
            "party": department.party.rawValue, "name": department.name[language], "acceptsText": accepts,
            "openText": department.open == 0 ? Strings.words("nothingOpen")[language] : "\(department.open) \(open)",
        ]
    }

    func side() -> Fields {
        let figures = snapshot.figures
        return [
            "disputeCount": figures.disputes.count, "hasDisputes": !figures.disputes.isEmpty,
            "disputes": figures.disputes.map(dispute),
            "hasArrivals": figures.arrivals.contains { !$0.marks.isEmpty },
            "arrivals": figures.arrivals.filter { !$0.marks.isEmpty }.map(arrivals),
            "hasHalfFiled": !figures.halfFiled.isEmpty, "halfFiled": figures.halfFiled.map(halfFiled),
            "hasDied": !figures.died.isEmpty, "died": figures.died.map(died),
            "hasRates": !figures.rates.isEmpty, "rates": figures.rates.map(rate),
        ]
    }

    private func dispute(_ dispute: CompetenceDispute) -> Fields {
        let phase = clock.phase(dispute.clock)
        let name = dispute.departmentName[language]
        let cited = dispute.dutyWords?[language] ?? dispute.duty.rawValue
        let clockWords =
            dispute.clock.state == .running
            ? Strings.words("clockRuns")[language].replacing("{name}", with: name)
            : Strings.words("clockStands")[language]
        let colon = language == .zh ? "：" : ": "
        return [
            "phase": phase, "leftText": clock.leftText(dispute.clock), "href": "/matters/\(dispute.matter)",
            "clockHref": "/matters/\(dispute.matter)#e\(dispute.position)",
            "title": dispute.kind.headline(title: dispute.title)[language],
            "place": dispute.place,
            "disputeText":
                "\(name)\(language == .zh ? "" : " ")\(Strings.words("says")[language])\(colon)\(cited)\(comma)\(dispute.argument) \(clockWords)",
        ]
    }

    private var comma: String { language == .zh ? "，" : ", " }

    private func arrivals(_ arrivals: DepartmentArrivals) -> Fields {
        let late = arrivals.marks.count { $0 == .late }
        let noShow = arrivals.marks.count { $0 == .noShow }
        var parts: [String] = []
        if noShow > 0 { parts.append("\(noShow) \(Strings.words("noShow")[language])") }
        if late > 0 { parts.append("\(late) \(Strings.words("late")[language])") }
        return [
            "name": arrivals.name[language], "marks": arrivals.marks.map(\.rawValue),
            "arrivalText": parts.isEmpty ? Strings.words("allInTime")[language] : parts.joined(separator: comma),
        ]
    }

    private func halfFiled(_ matter: HalfFiledMatter) -> Fields {
        let missing = Strings.words("missing")[language] + comma + time.age(now.since(matter.since))
        func side(_ at: Timestamp?) -> Fields {
            ["isThere": at != nil, "sideText": at.map { time.minute($0, seenAt: now) } ?? missing]
        }
        return [
            "href": "/matters/\(matter.matter)", "title": matter.kind.headline(title: matter.title)[language],
            "place": matter.place,
            "sides": [side(matter.community), side(matter.department)],
        ]
    }

    private func died(_ dead: DeadApproval) -> Fields {
        let matter = dead.matter
        let what = Strings.words(matter.isRefused ? "consentRefused" : "consentUnanswered")[language]
        let since = matter.isRefused ? time.minute(matter.since, seenAt: now) : time.age(now.since(matter.since))
        return [
            "href": "/matters/\(matter.matter)", "title": matter.kind.headline(title: matter.title)[language],
            "place": matter.place,
            "diedText": what.replacing("{name}", with: dead.name[language]).replacing("{time}", with: since),
        ]
    }

    private func rate(_ rate: CommunityRate) -> Fields {
        let value = rate.perThousand ?? 0
        let words: String
        var isAbnormal = false
        switch rate.gauge {
        case .tooLow:
            words = " \(Strings.words("tooLow")[language])"
            isAbnormal = true
        case .tooHigh:
            words = " \(Strings.words("tooHigh")[language])"
            isAbnormal = true
        case .unknown:
            words = ""
        case .healthy:
            words = ""
        }
        let over =
            (1..<7).contains(rate.days)
            ? Strings.words("overDays")[language].replacing("{days}", with: "\(rate.days)") : ""
        let (low, high) = (Self.x(rate.usual.lowest, rate.usual), Self.x(rate.usual.highest, rate.usual))
        return [
            "name": rate.name[language], "hasRate": rate.perThousand != nil, "isAbnormal": isAbnormal,
            "isTooEarly": rate.isCounted && rate.perThousand == nil,
            "x": DueMark.text(Self.x(value, rate.usual)), "usualX": DueMark.text(low),
            "usualWidth": DueMark.text(high - low),
            "rateText": rate.perThousand.map { "\(DueMark.text($0))\(words)" } ?? "", "overText": over,
        ]
    }

    /// A rate's place on a scale of 200, of which the rates up to the highest usual one fill half.
    private static func x(_ rate: Double, _ usual: WhistleRate) -> Double {
        let end = usual.highest * 2
        return 6 + (end > 0 ? min(1, rate / end) : 0) * 188
    }
}
