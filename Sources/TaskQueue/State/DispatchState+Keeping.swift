import EventSourcing

extension DispatchState {
    /// What happened since the last call, lane by lane.
    mutating func takeCounts() -> [LaneCounts] {
        var counts: [LaneCounts] = []
        for lane in lanes.indices where lanes[lane].counts != Lane.Counts() {
            counts.append(
                LaneCounts(
                    agency: agencies[lanes[lane].agency].name,
                    kind: lanes[lane].kind,
                    counts: lanes[lane].counts
                )
            )
            lanes[lane].counts = Lane.Counts()
        }
        return counts
    }

    /// How a lane stands.
    struct LaneStanding: Sendable, Hashable {
        let agency: String
        let kind: String
        var ready = 0
        var scheduled = 0
        var leased = 0
        /// Since when its longest waiting task might have been handed out, in microseconds since 1970.
        var oldest: Int64?
    }

    /// How the lanes with open tasks stand. Reads every open task.
    var standings: [LaneStanding] {
        var standings = lanes.map { LaneStanding(agency: agencies[$0.agency].name, kind: $0.kind) }
        for place in slab.places {
            let task = slab[place]
            switch task.phase {
            case .scheduled: standings[task.lane].scheduled += 1
            case .leased: standings[task.lane].leased += 1
            case .ready:
                standings[task.lane].ready += 1
                standings[task.lane].oldest = min(standings[task.lane].oldest ?? task.due, task.due)
            }
        }
        return standings.filter { $0.ready + $0.scheduled + $0.leased > 0 }
    }

    /// How far the rates are used up.
    var gauges: [StoredGauge] {
        agencies.lazy.filter { $0.gauge.rate != nil }.map {
            StoredGauge(agency: $0.name, kind: nil, fullAt: $0.gauge.fullAt, step: lastStep)
        }
            + lanes.lazy.filter { $0.gauge.rate != nil }.map { lane in
                StoredGauge(
                    agency: agencies[lane.agency].name,
                    kind: lane.kind,
                    fullAt: lane.gauge.fullAt,
                    step: lastStep
                )
            }
    }

    /// The tasks of a segment that can be written again elsewhere: those that are with nobody.
    func carriable(in segment: Int16) -> [CarriedTask] {
        slab.places.lazy.map { (place: $0, task: slab[$0]) }
            .filter { $0.task.segment == segment && $0.task.phase != .leased }
            .map {
                CarriedTask(number: $0.task.number, place: $0.place, due: $0.task.due, attempts: $0.task.attempts)
            }
    }

    /// The segments from which not all that is left can be written again just now.
    func segmentsWithLeases() -> Set<Int16> {
        Set(slab.places.lazy.map { slab[$0] }.filter { $0.phase == .leased }.map(\.segment))
    }

    /// Leaves out those that were leased or ended meanwhile.
    func stillCarriable(_ tasks: some Sequence<CarriedTask>) -> [CarriedTask] {
        tasks.filter { slab.holds($0.number, at: $0.place) && slab[$0.place].phase != .leased }
            .map { task in
                let (due, attempts) = (slab[task.place].due, slab[task.place].attempts)
                return CarriedTask(number: task.number, place: task.place, due: due, attempts: attempts)
            }
    }

    /// Notes that tasks stand in another segment now.
    mutating func carry(_ tasks: [CarriedTask], to segment: Int16, at now: Timestamp) {
        for task in tasks {
            segments[slab[task.place].segment]?.open -= 1
            slab[task.place].segment = segment
            note(taskIn: segment, at: now)
        }
    }

    mutating func add(segment: Int16) {
        if segments[segment] == nil { segments[segment] = Segment() }
    }

    /// Notes that a segment was emptied of so many tasks. Others may have come to it since.
    mutating func emptied(_ segment: Int16, of tasks: Int) { segments[segment]?.tasks -= tasks }
}
