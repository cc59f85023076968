/// A history on the way to a replay: what was done when, of which not everything says when it was begun.
struct ReplayDraft: Sendable {
    /// How the rows of the replay's log look.
    enum Shape: Hashable, Sendable {
        /// A row is one step with the times of its stages.
        case stages
        /// A row is one activity.
        case activities
    }

    struct Step: Sendable {
        /// When it came in, or the last of its needs was done.
        var base: Int64
        /// `EventColumns.unknown` where the log does not say it.
        var begin: Int64
        var end: Int64
        var agency: Int32
        var resource: Int32 = -1
        /// The kind of work: index into `labels`.
        var label: Int32
        var basis = WorkBasis.none
    }

    /// What becomes an event of the replay's log.
    struct Row: Sendable {
        var step: Int32
        var caseIndex: Int32
        /// Index into `labels`; in the shape of stages it says nothing.
        var label: Int32
        var agency: Int32
        var resource: Int32
        var place: Int32
        /// Among `stageTimes`.
        var stages: Range<Int>
        /// Whether it is work that was not done yet.
        var isOpen = false
    }

    struct Deadline: Sendable {
        var row: Int32
        var kind: Int32
        var agency: Int32
        /// `EventColumns.unknown` when the limit's end is an instant whatever happens.
        var start: Int64
        var due: Int64
        /// `EventColumns.unknown` as long as it is open.
        var done: Int64
        /// Whether it is the case's, so that it moves with whatever was done last before it.
        var isOfCase = false
    }

    let shape: Shape
    var labels: [Label] = []
    var stages: [Label] = []
    private(set) var steps: [Step] = []
    private(set) var needs: [Int32] = []
    private(set) var needEnds: [Int] = []
    private(set) var rows: [Row] = []
    private(set) var stageTimes: [(stage: Int32, time: Int64)] = []
    private(set) var deadlines: [Deadline] = []
    /// Stages at which a row that has not reached them is open.
    var lastStages: Set<Int32> = []
    /// Impossible, unfinished or nobody's: kept as they were.
    var kept = 0
    /// Of incidents, in their order: the steps of each, which are its rows too.
    var incidents: [Range<Int>] = []

    init(_ shape: Shape) { self.shape = shape }

    mutating func add(_ step: Step, needs: [Int32] = []) -> Int32 {
        steps.append(step)
        self.needs += needs
        needEnds.append(self.needs.count)
        return Int32(truncatingIfNeeded: steps.count - 1)
    }

    /// Changes a step's begin to what is assumed of it.
    mutating func begin(_ step: Int, at time: Int64, _ basis: WorkBasis) {
        steps[step].begin = time
        steps[step].basis = basis
    }

    mutating func add(_ row: Row) -> Int32 {
        rows.append(row)
        return Int32(truncatingIfNeeded: rows.count - 1)
    }

    /// Adds a row with the times of its stages.
    mutating func add(_ row: Row, times: [(stage: Int32, time: Int64)]) -> Int32 {
        var row = row
        row.stages = stageTimes.count..<stageTimes.count + times.count
        stageTimes += times
        return add(row)
    }

    mutating func add(_ deadline: Deadline) { deadlines.append(deadline) }

    func needs(of step: Int) -> [Int32] { Array(needs[(step == 0 ? 0 : needEnds[step - 1])..<needEnds[step]]) }

    /// Adds the clocks that the log has, each to a row.
    mutating func take(_ clocks: [Clock], ofCases: Bool = false, row: (Clock) -> Int32?) {
        for clock in clocks {
            guard let row = row(clock) else { continue }
            deadlines.append(
                Deadline(
                    row: row,
                    kind: clock.kind,
                    agency: clock.agency,
                    start: clock.start,
                    due: clock.due,
                    done: clock.done,
                    isOfCase: ofCases
                )
            )
        }
    }
}

/// How it is known when work was begun.
enum WorkBasis: UInt8, Hashable, Sendable {
    /// The log says it.
    case logged
    /// The asker said how long the work takes.
    case given
    case inferred
    /// No work of a crew.
    case none
}
