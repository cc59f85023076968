import EventSourcing
import MusterDomain
import Records

/// What residents of the town report.
struct TownReports: Sendable {
    private struct Incident {
        let kind: ReportKind
        let duty: DutyID?
        let text: String
    }

    let dice: TownDice

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
        let name = "report/\(number)"
        guard let incident = dice.pick(Self.incidents, "\(name)/what"),
            let community = dice.pick(Town.communities, "\(name)/community"),
            let grid = dice.pick(community.grids, "\(name)/grid"),
            let street = dice.pick(community.streets, "\(name)/street"),
            let resident = Town.resident(Int(dice.fraction("\(name)/who") * 50), of: grid)
        else { return nil }
        let house = 1 + Int(dice.fraction("\(name)/house") * 60)
        let command = SubmitReport(
            report: ReportID(UniqueID(hashing: "demo/\(dice.seed)/\(name)")),
            channel: dice.pick([.app, .phone, .web], "\(name)/channel") ?? .app,
            kind: incident.kind,
            territory: grid,
            place: "\(street.zh) \(house) 号 · \(house) \(street.en)",
            text: incident.text,
            latitude: nil,
            longitude: nil,
            reporter: nil
        )
        return TownCommand(resident, command, key: "\(dice.seed)/\(name)")
    }
}
