import EventSourcing
import MusterDomain

/// The people of a batch in numbers.
struct PersonPool: Sendable {
    let tiers: [Int]
    let bases: [SpherePoint?]
    let flat: [FlatPoint]
    /// What each has on the roster already.
    let timetables: Timetable
    /// Load before the batch, as a share of the limit of a week.
    let loads: [Double]
    /// Work on the roster before the batch.
    let hours: [Duration]
    let skills: [SkillBits]
    let skillCounts: [Int]
    /// Whether posts, skills or presence change while the batch lasts, so that each time must be looked at.
    let changes: [Bool]
    /// Who has a post for a territory.
    private let holders: [TerritoryID: [Int32]]
    private let projection: FlatProjection
    private let horizon: WorkPeriod

    init(
        _ batch: AssignmentBatch,
        skills known: [SkillID: Int],
        timetables days: ClosedRange<Int>,
        load: ClosedRange<Int>
    ) {
        let limits = batch.limits
        let people = batch.people
        let horizon = WorkPeriod(spanning: batch.work.map(\.period))
        self.horizon = horizon
        tiers = people.map(\.tier.rawValue)
        bases = people.map { $0.base.map(SpherePoint.init) }
        let projection = FlatProjection(people.compactMap(\.base))
        self.projection = projection
        flat = people.map { projection.point($0.base) }
        var timetables = Timetable(
            from: days.lowerBound,
            through: days.upperBound,
            limits: limits,
            overrides: people.map(\.overrides)
        )
        for (index, person) in people.enumerated() { person.fill(&timetables, as: index, limits: limits) }
        self.timetables = timetables
        let hours = people.indices.map { Duration.microseconds(timetables.work(on: load, of: $0)) }
        self.hours = hours
        let residents = batch.configuration.weights.residents
        loads = zip(people, hours).map { person, hours in
            hours / limits.weeklyWork
                + residents * Double(person.residents ?? 0) / Double(limits.overloadResidents)
        }
        let own = people.map { person in
            Set(person.proofs.filter { $0.touches(horizon) }.map(\.skill))
        }
        skills = own.map { SkillBits($0.compactMap { known[$0] }, of: known.count) }
        skillCounts = own.map(\.count)
        changes = people.map { $0.changes(during: horizon) }
        var holders: [TerritoryID: [Int32]] = [:]
        for (index, person) in people.enumerated() {
            for territory in Set(person.posts.filter { $0.touches(horizon) }.map(\.territory)) {
                holders[territory, default: []].append(Int32(index))
            }
        }
        self.holders = holders
    }

    /// Who of a tier has a post and the skills for work of a group, in their order.
    func people(
        for demand: WorkGroups.Demand,
        tier: Int,
        in batch: AssignmentBatch,
        needing bits: SkillBits
    ) -> [Int32] {
        guard batch.territories.territory(demand.territory) != nil else { return [] }
        let territories = [demand.territory] + batch.territories.ancestors(of: demand.territory)
        var people: [Int32] = []
        for person in territories.flatMap({ holders[$0] ?? [] }) {
            let index = Int(person)
            guard tiers[index] == tier, skills[index].contains(bits) else { continue }
            let hasPost = batch.people[index].posts.contains { post in
                demand.party.map { $0 == post.party } ?? true && territories.contains(post.territory)
                    && post.touches(horizon)
            }
            if hasPost { people.append(person) }
        }
        // Somebody with a post for the street and one for the community comes twice.
        people.sort()
        return people.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    func point(_ coordinates: Coordinates?) -> FlatPoint { projection.point(coordinates) }
}

/// A flat map around the middle of some places, in kilometres.
private struct FlatProjection: Sendable {
    private let latitude: Double
    private let longitude: Double
    private let narrowing: Double

    init(_ places: [Coordinates]) {
        let count = Double(max(1, places.count))
        latitude = places.map(\.latitude).reduce(0, +) / count
        longitude = places.map(\.longitude).reduce(0, +) / count
        // A degree of longitude is shorter by the cosine of the latitude, which is how far a point is from the axis.
        let point = (try? Coordinates(latitude: latitude, longitude: 0)).map(SpherePoint.init)
        narrowing = max(0.01, point?.x ?? 1)
    }

    func point(_ coordinates: Coordinates?) -> FlatPoint {
        guard let coordinates else { return FlatPoint(x: 0, y: 0) }
        let kilometresPerDegree = 111.195
        return FlatPoint(
            x: (coordinates.longitude - longitude) * narrowing * kilometresPerDegree,
            y: (coordinates.latitude - latitude) * kilometresPerDegree
        )
    }
}

extension Worker {
    /// Whether anything but the roster depends on when in a period the work is.
    fileprivate func changes(during horizon: WorkPeriod) -> Bool {
        func cuts(_ from: Timestamp, _ until: Timestamp?) -> Bool {
            from > horizon.start || until.map { $0 < horizon.end } ?? false
        }
        return reported > horizon.start || released.map { $0 < horizon.end } ?? false
            || unfitness.contains { $0.touches(horizon) }
            || proofs.contains { $0.touches(horizon) && cuts($0.from, $0.until) }
            || posts.contains { $0.touches(horizon) && ($0.basis.isLending || cuts($0.from, $0.until)) }
    }
}

extension Post.Basis {
    fileprivate var isLending: Bool {
        switch self {
        case .lent: true
        case .unit, .dualReport: false
        }
    }
}
