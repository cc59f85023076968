import EventSourcing

/// What came to one desk in the hour that runs, and how much is usual in it.
struct ArrivalCounts: Sendable {
    private static let hourLength: Int64 = 3_600_000_000

    private let days: Int
    private let minimumDays: Int
    /// Since 1970.
    private var hour: Int64?
    /// How much came in the same hour of other days, the latest last; by hour of the day.
    private var earlier: [[Int]] = Array(repeating: [], count: 24)
    /// The median of the same hour of earlier days; nil while too few are known.
    private(set) var usual: Int?
    /// Reports and callers who hung up.
    private(set) var arrivals = 0
    private(set) var answeredCalls = 0
    private(set) var abandonedCalls = 0
    /// A surge was declared in this hour.
    var isDeclared = false

    init(days: Int, minimumDays: Int) {
        self.days = days
        self.minimumDays = minimumDays
    }

    /// The end of the hour that runs.
    var end: Timestamp { Timestamp(microseconds: ((hour ?? 0) + 1) * Self.hourLength) }

    static func endOfHour(_ time: Timestamp) -> Timestamp {
        Timestamp(microseconds: (hour(of: time) + 1) * hourLength)
    }

    private static func hour(of time: Timestamp) -> Int64 {
        let (quotient, remainder) = time.microseconds.quotientAndRemainder(dividingBy: hourLength)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// In percent of all calls; nil when nobody called.
    var abandonedPercent: Int? {
        let calls = answeredCalls + abandonedCalls
        return calls == 0 ? nil : abandonedCalls * 100 / calls
    }

    /// Goes on to the hour of a time. Times of the log never go back; one that does counts in the hour that runs.
    mutating func move(to time: Timestamp) {
        let next = Self.hour(of: time)
        guard let hour else {
            self.hour = next
            return
        }
        guard next > hour else { return }
        keep(arrivals, of: hour)
        // Hours in which nothing came are usual too; more than the days that are kept would say nothing else.
        let first = max(hour + 1, next - Int64(days) * 24)
        if first < next { for empty in first..<next { keep(0, of: empty) } }
        self.hour = next
        (arrivals, answeredCalls, abandonedCalls, isDeclared) = (0, 0, 0, false)
        usual = median(of: next)
    }

    private mutating func keep(_ count: Int, of hour: Int64) {
        let slot = Self.slot(hour)
        earlier[slot].append(count)
        if earlier[slot].count > days { earlier[slot].removeFirst() }
    }

    private func median(of hour: Int64) -> Int? {
        let counts = earlier[Self.slot(hour)]
        guard counts.count >= minimumDays else { return nil }
        return counts.sorted()[counts.count / 2]
    }

    private static func slot(_ hour: Int64) -> Int { Int(((hour % 24) + 24) % 24) }

    mutating func arrive(by channel: ReportChannel) {
        arrivals += 1
        if channel == .phone { answeredCalls += 1 }
    }

    mutating func abandon() {
        arrivals += 1
        abandonedCalls += 1
    }

    /// Why this is a surge; nil when it is none.
    func surge(_ limits: SurgeLimits) -> SurgeGround? {
        if let usual, arrivals >= limits.minimumArrivals, arrivals * 100 > usual * limits.arrivalsPercent {
            return .arrivals
        }
        return exceeds(limits.abandonedPercent, limits) ? .abandoned : nil
    }

    /// Whether this is no reason to go on with a surge.
    func isQuiet(_ limits: SurgeLimits) -> Bool {
        if arrivals >= limits.minimumArrivals, let usual, arrivals * 100 > usual * limits.quietArrivalsPercent {
            return false
        }
        return !exceeds(limits.quietAbandonedPercent, limits)
    }

    private func exceeds(_ percent: Int, _ limits: SurgeLimits) -> Bool {
        let calls = answeredCalls + abandonedCalls
        return calls >= limits.minimumCalls && abandonedCalls * 100 > calls * percent
    }
}
