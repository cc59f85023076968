import EventSourcing
import MusterDomain
import Records

/// What residents of the town report. In every eighth of them several may see the same thing.
struct TownReports: Sendable {
    private struct Incident {
        let kind: ReportKind
        let duty: DutyID?
        let text: String
    }

    let dice: TownDice
    /// How many times faster than life the town moves.
    var speed = 1.0

    private static let incidents: [Incident] = [
        Incident(kind: .blockedPassage, duty: DutyID("passage.enforce"), text: "两辆车堵住了消防通道，救护车进不来。"),
        Incident(kind: .blockedPassage, duty: DutyID("passage.enforce"), text: "楼道里堆满了杂物，过不了人。"),
        Incident(kind: .fireHazard, duty: DutyID("fire.prevent"), text: "有人从楼上拉线给电动车充电。"),
        Incident(kind: .gasSmell, duty: DutyID("gas.repair"), text: "楼道里有燃气味，越来越浓。"),
        Incident(kind: .noise, duty: DutyID("noise.stop"), text: "夜里一直在施工，孩子睡不着。"),
        Incident(kind: .water, duty: DutyID("water.repair"), text: "路面冒水，好像水管裂了。"),
        Incident(kind: .lighting, duty: DutyID("lighting.repair"), text: "路灯坏了三天了。"),
        Incident(kind: .rubbish, duty: nil, text: "门口垃圾没有人清。"),
        Incident(kind: .unlicensed, duty: DutyID("trade.inspect"), text: "市场后面有人无证看病。"),
        Incident(kind: .personAtRisk, duty: DutyID("person.check"), text: "隔壁独居老人两天没有应门。"),
    ]

    /// Nil for what the community settles by itself.
    static func duty(for kind: ReportKind) -> Town.Duty? {
        guard let id = incidents.first(where: { $0.kind == kind })?.duty else { return nil }
        return Town.duties.first { $0.id == id }
    }

    /// The report with this number, counted from the town's beginning; the same after every restart.
    func report(_ number: Int) -> TownCommand? {
        guard let echo = echo(number) else { return report(number, told: number, as: 0) }
        return report(echo.of, told: number, as: echo.number)
    }

    /// - Parameters:
    ///   - number: of the first report of the thing.
    ///   - told: of the report itself.
    ///   - echo: 0 for the first one, or how many said the same before.
    private func report(_ number: Int, told: Int, as echo: Int) -> TownCommand? {
        let name = "report/\(number)"
        let own = "report/\(told)"
        guard let id = id(number, echo), let incident = dice.pick(Self.incidents, "\(name)/what"),
            let community = dice.pick(Town.communities, "\(name)/community"),
            let grid = dice.pick(community.grids, "\(name)/grid"),
            let street = dice.pick(community.streets, "\(name)/street"),
            let resident = Town.resident(Int(dice.fraction("\(own)/who") * 50), of: grid)
        else { return nil }
        let isOther = TownReportName(id)?.isOther(dice) == true
        let house = 1 + Int(dice.fraction("\(isOther ? own : name)/house") * 60)
        let channel = dice.pick([ReportChannel.app, .phone, .web], "\(own)/channel") ?? .app
        let waited = dice.fraction("\(own)/waits")
        let command = SubmitReport(
            report: id,
            channel: channel,
            kind: incident.kind,
            territory: grid,
            place: "\(street.zh) \(house) 号 · \(house) \(street.en)",
            text: incident.text,
            latitude: nil,
            longitude: nil,
            reporter: nil,
            // Most are picked up in seconds.
            answeredAfter: channel == .phone ? Int((3 + 40 * waited * waited * waited * waited) / speed) : nil
        )
        return TownCommand(resident, command, key: "\(dice.seed)/\(own)")
    }

    // MARK: - Several of the same

    /// Whether somebody else told the same before.
    func isEcho(_ number: Int) -> Bool { echo(number) != nil }

    private func echo(_ number: Int) -> (of: Int, number: Int)? {
        let place = number % 8
        let first = number - place + 3
        guard place > 3, let kind = dice.pick(Self.incidents, "report/\(first)/what")?.kind, let id = id(first, 0),
            dice.deskWork(on: id, kind, isUrgent: kind.isEmergency) == nil,
            place <= 1 + Int(dice.fraction("report/\(first)/crowd") * 6)
        else { return nil }
        return (first, place - 3)
    }

    private func id(_ number: Int, _ echo: Int) -> ReportID? {
        TownReportName(hashing: "demo/\(dice.seed)/report/\(number)", echo)?.report
    }

    /// Whether it is one of the town's own, which are numbered; neither a visitor's nor a part of another one.
    static func isNumbered(_ report: ReportSubmitted) -> Bool {
        report.splitFrom == nil && TownReportName(report.report)?.isPart == false
    }
}
