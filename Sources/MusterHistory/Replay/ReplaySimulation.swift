/// Does a work once more, with the crews there are, by a clock of its own.
///
/// A step waits in the line of its agency from when it could be begun until a crew is free; first come, first served. A
/// crew does one step at a time and finishes what it began, also when it goes off duty. How many are on duty changes on
/// the hour. The same work and roster give the same run.
struct ReplaySimulation {
    private struct Occasion: Comparable {
        /// In which order things at the same moment are taken does not matter, only that it is always the same.
        enum Kind: UInt8 { case end, ready, wake }

        let time: Int64
        let kind: Kind
        /// A step; of `wake`, an agency.
        let index: Int32

        static func < (a: Occasion, b: Occasion) -> Bool {
            if a.time != b.time { return a.time < b.time }
            return a.kind == b.kind ? a.index < b.index : a.kind.rawValue < b.kind.rawValue
        }
    }

    private struct Waiting: Comparable {
        let ready: Int64
        let rank: Int64
        let step: Int32

        static func < (a: Waiting, b: Waiting) -> Bool {
            if a.ready != b.ready { return a.ready < b.ready }
            return a.rank == b.rank ? a.step < b.step : a.rank < b.rank
        }
    }

    private let work: ReplayWork
    private let roster: CrewRoster
    private let zone: ZoneOffsets
    private var run: ReplayRun
    private var occasions = BinaryHeap<Occasion>()
    private var lines: [BinaryHeap<Waiting>]
    private var busy: [Int]
    /// The next hour at which an agency's line is looked at again; `.max` for none.
    private var wakes: [Int64]

    private init(_ work: ReplayWork, _ roster: CrewRoster, agencies: Int, zone: ZoneOffsets) {
        self.work = work
        self.roster = roster
        self.zone = zone
        run = ReplayRun(count: work.count)
        lines = Array(repeating: BinaryHeap(), count: agencies)
        busy = Array(repeating: 0, count: agencies)
        wakes = Array(repeating: .max, count: agencies)
    }

    /// - Parameter roster: has a crew at one hour at least of each agency with a step.
    static func run(_ work: ReplayWork, _ roster: CrewRoster, agencies: Int, zone: ZoneOffsets) -> ReplayRun {
        var simulation = ReplaySimulation(work, roster, agencies: agencies, zone: zone)
        simulation.runAll()
        simulation.keepRest()
        return simulation.run
    }

    /// Steps that were never reached, since they wait for each other, stand at their arrival.
    private mutating func keepRest() {
        for step in 0..<work.count where run.ends[step] == EventColumns.unknown {
            run.bases[step] = work.arrivals[step]
            run.readies[step] = work.arrivals[step]
            run.begins[step] = work.arrivals[step]
            run.ends[step] = work.arrivals[step]
        }
    }

    private mutating func runAll() {
        let dependents = work.dependents
        var missing = (0..<work.count).map { work.needs(of: $0).count }
        for step in 0..<work.count where missing[step] == 0 { come(step, at: work.arrivals[step]) }
        var touched: [Int] = []
        var isTouched = [Bool](repeating: false, count: lines.count)
        func touch(_ agency: Int) {
            guard !isTouched[agency] else { return }
            isTouched[agency] = true
            touched.append(agency)
        }
        while let now = occasions.first?.time {
            while let occasion = occasions.first, occasion.time == now {
                _ = occasions.pop()
                let index = Int(occasion.index)
                switch occasion.kind {
                case .end:
                    let agency = Int(work.agencies[index])
                    if agency >= 0 {
                        busy[agency] -= 1
                        touch(agency)
                    }
                    for place in dependents.starts[index]..<dependents.starts[index + 1] {
                        let next = Int(dependents.steps[place])
                        missing[next] -= 1
                        if missing[next] == 0 { come(next, at: now) }
                    }
                case .ready:
                    let agency = Int(work.agencies[index])
                    if agency >= 0 {
                        lines[agency].push(Waiting(ready: now, rank: work.ranks[index], step: occasion.index))
                        touch(agency)
                    } else {
                        begin(index, at: now)
                    }
                case .wake:
                    if wakes[index] == now { wakes[index] = .max }
                    touch(index)
                }
            }
            for agency in touched {
                isTouched[agency] = false
                serve(agency, at: now)
            }
            touched.removeAll(keepingCapacity: true)
        }
    }

    /// The end of the year 9999, in microseconds: no log can say a later time.
    static let lastMoment: Int64 = 253_402_300_799_000_000

    private static func clamped(_ time: Int64) -> Int64 { min(time, lastMoment) }

    private mutating func come(_ step: Int, at time: Int64) {
        run.bases[step] = time
        run.readies[step] = Self.clamped(time + work.delays[step])
        occasions.push(Occasion(time: run.readies[step], kind: .ready, index: Int32(truncatingIfNeeded: step)))
    }

    private mutating func begin(_ step: Int, at now: Int64) {
        run.begins[step] = now
        run.ends[step] = Self.clamped(now + work.works[step])
        occasions.push(Occasion(time: run.ends[step], kind: .end, index: Int32(truncatingIfNeeded: step)))
    }

    /// Gives the free crews of an agency to those who wait.
    private mutating func serve(_ agency: Int, at now: Int64) {
        let crews = lines[agency].isEmpty ? 0 : roster[agency, zone.hour(now)]
        while busy[agency] < crews, let next = lines[agency].pop() {
            busy[agency] += 1
            begin(Int(next.step), at: now)
        }
        guard !lines[agency].isEmpty, !roster.isEven(agency) else { return }
        // Crews that become free are seen when they do; those that come on duty are only seen on the hour.
        var hour = zone.nextHour(now)
        for _ in 0..<25 {
            if roster[agency, zone.hour(hour)] > crews { break }
            hour = zone.nextHour(hour)
        }
        guard hour < wakes[agency] else { return }
        wakes[agency] = hour
        occasions.push(Occasion(time: hour, kind: .wake, index: Int32(truncatingIfNeeded: agency)))
    }
}

extension ZoneOffsets {
    /// The next full hour of local time after a moment.
    func nextHour(_ time: Int64) -> Int64 {
        let seconds = local(time)
        let second = time >= 0 ? time / 1_000_000 : (time - 999_999) / 1_000_000
        let past = seconds - (seconds >= 0 ? seconds / 3_600 : (seconds - 3_599) / 3_600) * 3_600
        return (second - past + 3_600) * 1_000_000
    }
}
