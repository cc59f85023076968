import EventSourcing
import MusterDomain

/// How much of what began in the town, and when last; so that the next of a kind comes in its time, after any restart too.
struct TownBeginnings: Sendable {
    /// How often something of a kind began, and when last.
    struct Kind: Sendable {
        private(set) var count = 0
        private(set) var lastAt: Timestamp?

        fileprivate mutating func add(at time: Timestamp) {
            count += 1
            lastAt = time
        }
    }

    private let speed: Double
    private(set) var reports = Kind()
    private(set) var incidents = Kind()
    private(set) var directives = Kind()
    private(set) var calls = Kind()
    private(set) var forms = Kind()
    private(set) var directReports = Kind()
    private(set) var measures = Kind()
    private(set) var assets = Kind()
    private(set) var inquiries = Kind()
    private(set) var notices = Kind()

    init(speed: Double) {
        self.speed = speed
    }

    var isAwake: Bool { reports.count > 3 }

    mutating func count(_ fact: Fact) {
        let time = fact.origin.recordedAt
        switch fact.event {
        case .report(.submitted(let report)): if TownReports.isNumbered(report) { reports.add(at: time) }
        case .incident(.caseSuspected): incidents.add(at: time)
        case .directive(.issued): directives.add(at: time)
        case .desk(.callAbandoned): calls.add(at: time)
        case .data(.requested): forms.add(at: time)
        case .directReport(.filed): directReports.add(at: time)
        case .authority(.measureIssued): measures.add(at: time)
        case .authority(.assetRequisitioned): assets.add(at: time)
        case .inquiry(.concealmentReported): inquiries.add(at: time)
        case .notice(.published): notices.add(at: time)
        default: break
        }
    }

    /// Whether the next of a kind is due after a pause of the town's time; the first one is at once.
    func isDue(_ kind: Kind, every pause: Duration, at now: Timestamp) -> Bool {
        kind.lastAt.map { now >= $0 + pause / speed } ?? true
    }

    /// - Parameter matters: how many are open.
    func isReportDue(at now: Timestamp, _ matters: Int, _ dice: TownDice) -> Bool {
        let pause: Duration
        switch matters {
        // Who sees the same thing says so soon.
        case _ where TownReports(dice: dice).isEcho(reports.count): pause = .seconds(45)
        case ..<14: pause = .seconds(15)
        case ..<32: pause = dice.delay("pause/\(reports.count)", mean: .seconds(200))
        default: return false
        }
        return isDue(reports, every: pause, at: now)
    }
}
