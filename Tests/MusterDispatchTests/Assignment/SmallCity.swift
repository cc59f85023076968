import EventSourcing
import Foundation
import MusterDispatch
import MusterDomain
import MusterTesting
import Records
import Testing

/// A street with three communities, its people and work, named or by chance.
struct SmallCity {
    /// A Monday at midnight, in China.
    static let monday = Timestamp(microseconds: 1_795_363_200_000_000)
    static let limits = WorkLimits.standard
    static let skills = [SkillID("tracer"), SkillID("ppe"), SkillID("driver")]
    static let street = TerritoryID("street")
    static let communities = [TerritoryID("north"), TerritoryID("middle"), TerritoryID("south")]

    static func at(_ day: Int, _ hour: Double) -> Timestamp {
        monday + .seconds(day * 86_400) + .seconds(Int(hour * 3_600))
    }

    static let territories: TerritoryRegister = {
        var register = TerritoryRegister()
        let origin = Origin(
            actor: .system(in: street),
            occurredAt: monday,
            recordedAt: monday,
            correlation: CommandID(UniqueID(high: 1, low: 1))
        )
        let all = [(street, TerritoryLevel.street, nil)] + communities.map { ($0, .community, street) }
        for (id, level, parent) in all {
            let defined = TerritoryDefined(
                territory: id,
                level: level,
                parent: parent,
                nameEN: id.rawValue,
                nameZH: id.rawValue
            )
            register.evolve(.defined(defined), from: origin)
        }
        return register
    }()

    /// - Parameter east: kilometres from the middle of the street.
    static func place(_ east: Double, _ north: Double = 0) throws -> Coordinates {
        try Coordinates(latitude: 30.6 + north / 111.195, longitude: 114.2 + east / 95.71)
    }

    /// Between two places given in kilometres, by the haversine formula.
    static func kilometres(_ one: (Double, Double), _ other: (Double, Double)) -> Double {
        func radians(_ point: (Double, Double)) -> (latitude: Double, longitude: Double) {
            ((30.6 + point.1 / 111.195) * .pi / 180, (114.2 + point.0 / 95.71) * .pi / 180)
        }
        let (a, b) = (radians(one), radians(other))
        let (north, east) = (sin((a.latitude - b.latitude) / 2), sin((a.longitude - b.longitude) / 2))
        let haversine = north * north + cos(a.latitude) * cos(b.latitude) * east * east
        return 2 * 6_371.0088 * asin(haversine.squareRoot())
    }

    static func worker(
        _ id: String,
        tier: RosterTier = .standing,
        at east: Double = 0,
        _ north: Double = 0,
        territory: TerritoryID = street,
        basis: Post.Basis = .unit,
        skills: [SkillID] = [],
        duties: [RosteredDuty] = [],
        released: Timestamp? = nil,
        residents: Int? = nil
    ) throws -> Worker {
        try Worker(
            id: try #require(PersonID(rawValue: id)),
            tier: tier,
            base: try place(east, north),
            posts: [Post(party: PartyID("office"), territory: territory, basis: basis, from: at(-60, 0))],
            proofs: skills.map { SkillProof(skill: $0, from: at(-60, 0)) },
            duties: duties,
            reported: at(-60, 0),
            released: released,
            residents: residents,
            limits: limits
        )
    }

    static func duty(_ id: String, _ day: Int, _ hours: ClosedRange<Double>) throws -> RosteredDuty {
        RosteredDuty(
            id: try #require(ShiftID(rawValue: id)),
            period: try WorkPeriod(from: at(day, hours.lowerBound), to: at(day, hours.upperBound)),
            party: PartyID("office"),
            territory: street
        )
    }

    static func work(
        _ id: String,
        _ hours: ClosedRange<Double>,
        _ urgency: Urgency = .normal,
        day: Int = 0,
        at east: Double = 0,
        _ north: Double = 0,
        in territory: TerritoryID = communities[1],
        skills: [SkillID] = []
    ) throws -> OpenWork {
        OpenWork(
            id: try #require(TaskID(rawValue: id)),
            urgency: urgency,
            period: try WorkPeriod(from: at(day, hours.lowerBound), to: at(day, hours.upperBound)),
            territory: territory,
            place: try place(east, north),
            steps: [WorkStep(Words("All", zh: "全部"), skills: Set(skills))]
        )
    }

    static func batch(
        _ people: [Worker],
        _ work: [OpenWork],
        _ configuration: AssignmentConfiguration = AssignmentConfiguration()
    ) throws -> AssignmentBatch {
        try AssignmentBatch(
            people: people,
            work: work,
            territories: territories,
            limits: limits,
            configuration: configuration
        )
    }

    static func plan(_ people: [Worker], _ work: [OpenWork]) throws -> AssignmentPlan {
        try AssignmentSolver.solve(try batch(people, work))
    }

    // MARK: By chance

    /// People and work of a few days, with rosters, skills and tiers, so dense that not everything can be covered.
    static func random(people: Int, work: Int, days: Int = 2, seed: UInt64) throws -> AssignmentBatch {
        var chance = SeededGenerator(seed: seed)
        let workers = try (0..<people).map { try randomWorker($0, using: &chance) }
        let open = try (0..<work).map { number in
            let start = Double.random(in: 6..<20, using: &chance).rounded()
            let length = Double.random(in: 1..<8, using: &chance).rounded()
            return try Self.work(
                "w-\(number)",
                start...(start + length),
                Urgency.allCases.randomElement(using: &chance) ?? .normal,
                day: Int.random(in: 0..<days, using: &chance),
                at: Double.random(in: -5..<5, using: &chance),
                Double.random(in: -5..<5, using: &chance),
                in: communities.randomElement(using: &chance) ?? street,
                skills: skills.filter { _ in Int.random(in: 0..<5, using: &chance) == 0 }
            )
        }
        return try batch(workers, open)
    }

    private static func randomWorker(_ number: Int, using chance: inout SeededGenerator) throws -> Worker {
        var duties: [RosteredDuty] = []
        for day in -6..<3 where Int.random(in: 0..<3, using: &chance) > 0 {
            let start = Double.random(in: 5..<22, using: &chance).rounded()
            // Nights may run into the next day's duty; such a roster is none.
            let duty = try duty(
                "d-\(number)-\(day + 9)",
                day,
                start...(start + Double(Int.random(in: 2..<9, using: &chance)))
            )
            if let last = duties.last, last.period.overlaps(duty.period) { continue }
            if day < 0 || Int.random(in: 0..<3, using: &chance) == 0 { duties.append(duty) }
        }
        return try worker(
            "p-\(number)",
            tier: [.standing, .standing, .sunkDown, .lent].randomElement(using: &chance) ?? .standing,
            at: Double.random(in: -5..<5, using: &chance),
            Double.random(in: -5..<5, using: &chance),
            territory: ([street, street] + communities).randomElement(using: &chance) ?? street,
            skills: skills.filter { _ in Bool.random(using: &chance) },
            duties: duties,
            residents: Int.random(in: 100..<500, using: &chance)
        )
    }
}
