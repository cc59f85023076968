import EventSourcing
package import MusterDomain
package import Records

/// What stands beside the queue: how calls are answered, what is solved at once, where several say the same, forms, and
/// how long direct reports take.
package struct IntakeFigures: ListedFigures {
    /// Counts that are kept up to date with every fact.
    package struct Tally: Hashable, Sendable {
        package private(set) var waiting: [ReportChannel: Int] = [:]
        /// Of those that wait, the urgent ones.
        package private(set) var urgent = 0
        /// Of all that waits, what should have been dealt with.
        package internal(set) var overdue = 0
        package internal(set) var callBacks = 0
        /// Callers whom nobody reached in as many attempts as there are.
        package internal(set) var givenUp = 0
        package internal(set) var forms = Forms()
        /// By level.
        package private(set) var transits: [TerritoryLevel: Transit] = [:]

        mutating func wait(_ channel: ReportChannel, _ isUrgent: Bool, by change: Int) {
            waiting[channel, default: 0] += change
            if isUrgent { urgent += change }
        }

        mutating func transit(_ level: TerritoryLevel, _ time: Duration) {
            transits[level, default: Transit()].take(time)
        }
    }

    /// Requests for figures since the beginning of the log.
    package struct Forms: Hashable, Sendable {
        package internal(set) var asked = 0
        /// Answered without anybody typing anything.
        package internal(set) var known = 0
        /// Answered once somebody had typed what was missing.
        package internal(set) var typed = 0
        package internal(set) var duplicates = 0
    }

    /// How long direct reports took to a level.
    package struct Transit: Hashable, Sendable {
        package private(set) var count = 0
        /// In seconds.
        package private(set) var longest: Int64 = 0
        private var sum: Int64 = 0

        package init() {}

        /// In seconds; nil when there were none.
        package var average: Int64? { count == 0 ? nil : sum / Int64(count) }

        mutating func take(_ time: Duration) {
            let seconds = max(0, time.components.seconds)
            count += 1
            sum += seconds
            longest = max(longest, seconds)
        }
    }

    /// Several reports of one kind from one territory.
    package struct Crowd: Hashable, Sendable {
        package let territory: TerritoryID
        package let name: Words
        package let kind: ReportKind
        package let count: Int
    }

    /// A surge that is open.
    package struct Surge: Hashable, Sendable {
        package let territory: TerritoryID
        package let name: Words
        package let ground: SurgeGround
        package let arrivals: Int?
        package let usual: Int?
        package let abandonedPercent: Int?

        init(_ surge: SurgeDeclared, _ name: Words) {
            territory = surge.territory
            self.name = name
            ground = surge.ground
            arrivals = surge.arrivals
            usual = surge.usual
            abandonedPercent = surge.abandonedPercent
        }
    }

    package let tally: Tally
    let day: AnswerLog.Counts
    package let targets: CallTargets
    package let crowds: [Crowd]
    package let surges: [Surge]

    /// Of the last day, in percent of all calls; nil when nobody called.
    package var answeredPercent: Int? { share(day.answeredCalls, of: day.answeredCalls + day.abandonedCalls) }
    /// The same for those who did not wait too long.
    package var promptPercent: Int? {
        share(day.answeredCalls - day.lateCalls, of: day.answeredCalls + day.abandonedCalls)
    }
    /// Of the last day, in percent of all reports; nil when there were none.
    package var solvedAtOncePercent: Int? { share(day.solvedAtOnce, of: day.reports) }

    private func share(_ part: Int, of whole: Int) -> Int? { whole == 0 ? nil : part * 100 / whole }

    package var counts: [ListCount] {
        [
            ListCount(Words("in danger", zh: "紧急待办"), tally.urgent, tone: .rule),
            ListCount(Words("overdue", zh: "逾期"), tally.overdue, tone: .late),
            ListCount(Words("reports wait", zh: "待受理"), tally.waiting.values.reduce(0, +)),
            ListCount(Words("to be called back", zh: "待回拨"), tally.callBacks, tone: .soon),
            ListCount(Words("surges", zh: "激增"), surges.count, tone: .late),
        ]
    }

    /// Fewer callers are answered than should be, or fewer in time.
    package var isBelowTarget: Bool {
        if let answeredPercent, answeredPercent < targets.answeredPercent { return true }
        return promptPercent.map { $0 < targets.promptPercent } ?? false
    }

    package func write(since previous: IntakeFigures?, to writer: inout JSONWriter) {
        if tally != previous?.tally { writeTally(to: &writer) }
        if day != previous?.day || targets != previous?.targets {
            writer.object("lastDay") { writer in
                writer.member("reports", day.reports)
                writer.member("answeredCalls", day.answeredCalls)
                writer.member("lateCalls", day.lateCalls)
                writer.member("abandonedCalls", day.abandonedCalls)
                writer.member("solvedAtOnce", day.solvedAtOnce)
                writer.member("answeredPercent", answeredPercent.map(Int64.init))
                writer.member("answeredTargetPercent", targets.answeredPercent)
                writer.member("promptPercent", promptPercent.map(Int64.init))
                writer.member("promptTargetPercent", targets.promptPercent)
                writer.member("solvedAtOncePercent", solvedAtOncePercent.map(Int64.init))
            }
        }
        if crowds != previous?.crowds {
            writer.list("crowds", crowds) { crowd, writer in
                writer.beginObject()
                writer.member("territory", crowd.territory.rawValue)
                writer.member("name", crowd.name)
                writer.member("kind", crowd.kind.rawValue)
                writer.member("count", crowd.count)
                writer.endObject()
            }
        }
        guard surges != previous?.surges else { return }
        writer.list("surges", surges) { surge, writer in
            writer.beginObject()
            writer.member("territory", surge.territory.rawValue)
            writer.member("name", surge.name)
            writer.member("ground", surge.ground.rawValue)
            writer.member("arrivals", surge.arrivals.map(Int64.init))
            writer.member("usual", surge.usual.map(Int64.init))
            writer.member("abandonedPercent", surge.abandonedPercent.map(Int64.init))
            writer.endObject()
        }
    }

    private func writeTally(to writer: inout JSONWriter) {
        writer.object("waiting") { writer in
            for channel in ReportChannel.allCases { writer.member(channel.rawValue, tally.waiting[channel] ?? 0) }
        }
        writer.member("urgent", tally.urgent)
        writer.member("overdue", tally.overdue)
        writer.member("callBacks", tally.callBacks)
        writer.member("givenUp", tally.givenUp)
        writer.object("forms") { writer in
            writer.member("asked", tally.forms.asked)
            writer.member("known", tally.forms.known)
            writer.member("typed", tally.forms.typed)
            writer.member("duplicates", tally.forms.duplicates)
        }
        writer.list("transits", TerritoryLevel.allCases.filter { tally.transits[$0] != nil }) { level, writer in
            let transit = tally.transits[level] ?? Transit()
            writer.beginObject()
            writer.member("level", level.rawValue)
            writer.member("count", transit.count)
            writer.member("averageSeconds", transit.average)
            writer.member("longestSeconds", transit.longest)
            writer.endObject()
        }
    }
}
