import EventSourcing
import MusterDispatch
import MusterDomain
import Records

/// A city in an emergency: people with rosters, skills and posts, and work all over it. The same seed gives the same.
struct AssignmentCity {
    private static let streets = 12
    private static let communitiesPerStreet = 8
    /// A Monday at midnight, in China.
    private static let monday = Timestamp(microseconds: 1_795_363_200_000_000)
    private static let since = monday - .seconds(90 * 86_400)
    private static let skills = [
        SkillID("tracer"), SkillID("ppe"), SkillID("driver"), SkillID("medic"), SkillID("counsel"), SkillID("electric"),
    ]

    private var chance: SplitMix
    private let territories: TerritoryRegister
    private let communities: Int

    /// - Parameter communities: in how many of them everything happens.
    init(seed: UInt64, communities: Int = streets * communitiesPerStreet) {
        self.communities = communities
        chance = SplitMix(seed: seed)
        var territories = TerritoryRegister()
        let city = Self.territory("city", .city, in: nil)
        territories.evolve(.defined(city), from: Self.origin)
        for street in 0..<Self.streets {
            let id = Self.street(street)
            territories.evolve(.defined(Self.territory(id, .street, in: "city")), from: Self.origin)
            for community in 0..<Self.communitiesPerStreet {
                let own = Self.community(street * Self.communitiesPerStreet + community)
                territories.evolve(.defined(Self.territory(own, .community, in: id)), from: Self.origin)
            }
        }
        self.territories = territories
    }

    /// - Parameters:
    ///   - hours: how long after Monday 6:00 the last work begins.
    ///   - mixesTiers: whether a part of the people is of the second and third tier.
    mutating func batch(
        people: Int,
        work: Int,
        within hours: Int,
        mixesTiers: Bool = true,
        configuration: AssignmentConfiguration = AssignmentConfiguration()
    ) throws -> AssignmentBatch {
        let limits = WorkLimits.standard
        var workers: [Worker] = []
        for number in 0..<people { workers.append(try worker(number, mixesTiers: mixesTiers, limits)) }
        var open: [OpenWork] = []
        for number in 0..<work { open.append(try piece(number, within: hours)) }
        return try AssignmentBatch(
            people: workers,
            work: open,
            territories: territories,
            limits: limits,
            configuration: configuration
        )
    }

    private mutating func worker(_ number: Int, mixesTiers: Bool, _ limits: WorkLimits) throws -> Worker {
        let community = chance.below(communities)
        // Many work for their street, some for their community alone, some for the whole city.
        let kind = chance.below(10)
        let territory =
            switch kind {
            case 0...2: Self.community(community)
            case 3...7: Self.street(community / Self.communitiesPerStreet)
            default: "city"
            }
        let tier =
            mixesTiers ? [RosterTier.standing, .standing, .standing, .sunkDown, .lent][chance.below(5)] : .standing
        let proofs = Self.skills.filter { _ in chance.below(3) == 0 }.map { SkillProof(skill: $0, from: Self.since) }
        return try Worker(
            id: try Self.identifier("p-\(number)"),
            tier: tier,
            base: try place(near: community),
            posts: [Post(party: PartyID("office"), territory: try Self.identifier(territory), from: Self.since)],
            proofs: proofs,
            duties: try duties(of: number, in: territory),
            reported: Self.since,
            residents: 150 + chance.below(300),
            limits: limits
        )
    }

    /// The days before, and a day of the batch's for some.
    private mutating func duties(of number: Int, in territory: String) throws -> [RosteredDuty] {
        var duties: [RosteredDuty] = []
        for day in -6...1 where chance.below(day < 0 ? 2 : 6) == 0 {
            let start = Self.monday + .seconds(day * 86_400 + (7 + chance.below(6)) * 3_600)
            duties.append(
                RosteredDuty(
                    id: try Self.identifier("d-\(number)-\(day + 10)"),
                    period: try WorkPeriod(from: start, to: start + .seconds((4 + chance.below(5)) * 3_600)),
                    party: PartyID("office"),
                    territory: try Self.identifier(territory),
                    state: day < 0 ? .worked : .planned
                )
            )
        }
        return duties
    }

    private mutating func piece(_ number: Int, within hours: Int) throws -> OpenWork {
        let community = chance.below(communities)
        let start = Self.monday + .seconds(6 * 3_600 + chance.below(hours * 4) * 900)
        let length = Duration.seconds((4 + chance.below(13)) * 900)
        let needed = Self.skills.filter { _ in chance.below(9) == 0 }
        let urgency = [Urgency.emergency, .urgent, .urgent, .normal, .normal, .normal][chance.below(6)]
        return OpenWork(
            id: try Self.identifier("w-\(number)"),
            urgency: urgency,
            period: try WorkPeriod(from: start, to: start + length),
            territory: try Self.identifier(Self.community(community)),
            place: try place(near: community),
            steps: [WorkStep(Words("All", zh: "全部"), skills: Set(needed))]
        )
    }

    /// Communities lie in a grid of about two kilometres, and everything within a kilometre of its community.
    private mutating func place(near community: Int) throws -> Coordinates {
        let east = Double(community % 12) * 2 + Double(chance.below(2_000)) / 1_000
        let north = Double(community / 12) * 2 + Double(chance.below(2_000)) / 1_000
        return try Coordinates(latitude: 30.6 + north / 111.2, longitude: 114.2 + east / 95.7)
    }

    // MARK: Names

    private static func street(_ number: Int) -> String { "s-\(number)" }
    private static func community(_ number: Int) -> String { "c-\(number)" }

    private static func identifier<Kind: IdentifierKind>(_ text: String) throws -> Identifier<Kind> {
        guard let identifier = Identifier<Kind>(rawValue: text) else { throw BenchError("'\(text)' is no identifier") }
        return identifier
    }

    private static func territory(_ name: String, _ level: TerritoryLevel, in parent: String?) -> TerritoryDefined {
        TerritoryDefined(
            territory: TerritoryID(rawValue: name) ?? TerritoryID("city"),
            level: level,
            parent: parent.flatMap { TerritoryID(rawValue: $0) },
            nameEN: name,
            nameZH: name
        )
    }

    private static let origin = Origin(
        actor: .system(in: TerritoryID("city")),
        occurredAt: since,
        recordedAt: since,
        correlation: CommandID(UniqueID(high: 1, low: 1))
    )
}
