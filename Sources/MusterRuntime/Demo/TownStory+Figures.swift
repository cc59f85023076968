import EventSourcing
import MusterDomain
import Records

/// Figures that somebody above wants.
struct TownForm: Sendable {
    private(set) var open: DataRequested?

    mutating func evolve(_ event: DataEvent) {
        switch event {
        case .requested(let payload): open = payload
        case .satisfied, .refused: open = nil
        case .recorded, .overdue: break
        }
    }
}

/// What somebody told all levels at once.
struct TownDirectReport: Sendable {
    private(set) var content: DirectReportFiled?
    private(set) var report = DirectReport()

    mutating func evolve(_ event: DirectReportEvent, _ origin: Origin) {
        report.evolve(event, from: origin)
        if case .filed(let payload) = event { content = payload }
    }
}

/// How figures and direct reports go up: what is known is answered by Muster, the rest by whoever heads the community,
/// here and there late; each level looks at a direct report in its own time.
extension TownStory {
    func deeds(in form: TownForm) -> [TownDeed] {
        guard let open = form.open, let community = Town.community(holding: open.territory),
            let head = Town.head(of: community)
        else { return [] }
        let figures = open.items.map { item in
            DataFigure(item, Int(dice.fraction("figure/\(open.territory)/\(open.day.rawValue)/\(item)") * 40))
        }
        let key = "\(open.request)/figures"
        let isForgotten = dice.isTrue("\(key)/forgotten", chance: 0.12)
        return [
            TownDeed(
                key: key,
                actor: head,
                command: RecordFigures(territory: community.id, day: open.day, figures: figures),
                after: dice.delay(key, mean: isForgotten ? .seconds(30 * 3_600) : .seconds(3 * 3_600))
            )
        ]
    }

    func deeds(in direct: TownDirectReport) -> [TownDeed] {
        guard let content = direct.content else { return [] }
        return direct.report.levels.keys.sorted().compactMap { level in
            guard !direct.report.received.contains(level), let office = Town.office(above: level) else { return nil }
            let key = "\(content.directReport)/received/\(level)"
            return TownDeed(
                key: key,
                actor: office,
                command: AcknowledgeDirectReport(directReport: content.directReport),
                after: dice.delay(key, mean: level == Town.district ? .seconds(3_600) : .seconds(900))
            )
        }
    }

    /// The next form; every fourth asks for what another one asks for already.
    func form(_ number: Int, at now: Timestamp) -> TownCommand? {
        let isAgain = number % 4 == 3
        let name = "form/\(isAgain ? number - 1 : number)"
        let day = String((now + .seconds(8 * 3_600)).rfc3339.prefix(10))
        guard let community = dice.pick(Town.communities, name),
            let request = DataRequestID(rawValue: "F-\(number + 1)"),
            let day = CaseDay(rawValue: day), let health = Town.duty(of: Town.health),
            let first = dice.pick(Self.items, "\(name)/first"), let second = dice.pick(Self.items, "\(name)/second")
        else { return nil }
        let items = number % 4 == 0 ? [DataItemID("households")] : Set([first, second]).sorted()
        return TownCommand(
            isAgain ? health : Town.streetDuty,
            RequestForm(
                request: request,
                territory: community.id,
                day: day,
                items: items,
                text: "日报 · daily figures"
            ),
            key: "form/\(number)"
        )
    }

    private static let items = [
        DataItemID("people.living-alone"), DataItemID("shops.open"), DataItemID("lifts.out-of-order"),
        DataItemID("hydrants.checked"), DataItemID("people.away"),
    ]

    /// The next report to all levels at once.
    func directReport(_ number: Int) -> TownCommand? {
        let key = "direct/\(number)"
        let texts = [
            "发现一户一氧化碳中毒，已送医。Carbon monoxide in one flat; two people are in hospital.",
            "化工车辆侧翻，无泄漏。A chemicals lorry overturned; nothing leaks.",
            "学校门前地面塌陷约两平方米。The ground before the school gave way, about two square metres.",
            "连续三人同日发热，已报卫生院。Three fell ill with fever on one day; the health centre knows.",
        ]
        guard let community = dice.pick(Town.communities, key), let grid = dice.pick(community.grids, key),
            let worker = Town.worker(of: grid, in: community), let text = dice.pick(texts, key),
            let report = DirectReportID(rawValue: "DR-\(number + 1)")
        else { return nil }
        return TownCommand(
            worker,
            FileDirectReport(directReport: report, territory: grid, level: .district, text: text),
            key: key
        )
    }
}

extension Town {
    /// Who looks at what is reported up to a level.
    fileprivate static func office(above level: TerritoryID) -> Actor? {
        switch level {
        case district: districtDuty
        case town: streetDuty
        default: communities.first { $0.id == level }.flatMap(head)
        }
    }
}
