/// How many crews of each agency are on duty, by the hour of the local day.
struct CrewRoster: Hashable, Sendable {
    /// 24 for each agency.
    private var crews: [Int]

    init(agencies: Int) { crews = Array(repeating: 0, count: agencies * 24) }

    subscript(agency: Int, hour: Int) -> Int {
        get { crews[agency * 24 + hour] }
        set { crews[agency * 24 + hour] = newValue }
    }

    func hours(_ agency: Int) -> [Int] { Array(crews[agency * 24..<agency * 24 + 24]) }

    /// Whether there are as many at every hour.
    func isEven(_ agency: Int) -> Bool { (1..<24).allSatisfy { self[agency, $0] == self[agency, 0] } }

    /// Crew hours of one day.
    func hoursADay(_ agency: Int) -> Int { hours(agency).reduce(0, +) }

    /// Changes an agency's crews at some hours.
    ///
    /// - Returns: false when there would be fewer than none at an hour.
    mutating func apply(_ change: CrewChange, agency: Int) -> Bool {
        for hour in change.hours.list {
            let crews =
                switch change.number {
                case .exactly(let number): number
                case .more(let number): self[agency, hour] + number
                case .fewer(let number): self[agency, hour] - number
                }
            guard crews >= 0 else { return false }
            self[agency, hour] = crews
        }
        return true
    }
}

extension CrewRoster {
    /// As many crews as were at work at once when work was begun: by hour, the most over all days. A crew that only
    /// finishes what it began earlier does not count as on duty.
    static func observed(_ work: ReplayWork, _ history: ReplayRun, agencies: Int, zone: ZoneOffsets) -> CrewRoster {
        var roster = CrewRoster(agencies: agencies)
        let groups = work.byAgency(count: agencies)
        for agency in 0..<agencies {
            let steps = groups.steps[groups.starts[agency]..<groups.starts[agency + 1]]
            let begins = steps.sorted { history.begins[Int($0)] < history.begins[Int($1)] }
            let ends = steps.filter { work.works[Int($0)] > 0 }.map { history.ends[Int($0)] }.sorted()
            var (busy, ended, index) = (0, 0, begins.startIndex)
            while index < begins.endIndex {
                let now = history.begins[Int(begins[index])]
                while ended < ends.count, ends[ended] <= now {
                    ended += 1
                    busy -= 1
                }
                // A step of no length takes a crew for a moment.
                var moment = 0
                while index < begins.endIndex, history.begins[Int(begins[index])] == now {
                    if work.works[Int(begins[index])] > 0 { busy += 1 } else { moment = 1 }
                    index += 1
                }
                let hour = zone.hour(now)
                roster[agency, hour] = max(roster[agency, hour], busy + moment)
            }
        }
        return roster
    }
}
