import EventSourcing
package import MusterDomain
import Records

/// Open work and the people who might do it.
///
/// Both are kept in the order of their ids, so that the answer does not depend on the order in which they came.
package struct AssignmentBatch: Sendable {
    /// More would make the plan's counts of tiers overflow, and nobody gives out so much at once.
    package static let maximumWork = 20_000
    package static let maximumPeople = 50_000
    /// From the first start to the last end.
    package static let longestHorizon = Duration.seconds(31 * 86_400)

    package let people: [Worker]
    package let work: [OpenWork]
    package let territories: TerritoryRegister
    package let limits: WorkLimits
    package let configuration: AssignmentConfiguration

    /// Refused when an id comes twice, a piece of work is longer than anybody may plan, or the batch is too large. A
    /// person's roster and coordinates were checked when they were made.
    package init(
        people: [Worker],
        work: [OpenWork],
        territories: TerritoryRegister,
        limits: WorkLimits,
        configuration: AssignmentConfiguration = AssignmentConfiguration()
    ) throws(Rejection) {
        let people = people.sorted { $0.id < $1.id }
        let work = work.sorted { $0.id < $1.id }
        for (one, other) in zip(people, people.dropFirst()) where one.id == other.id {
            throw Self.twice(one.id.rawValue)
        }
        for (one, other) in zip(work, work.dropFirst()) where one.id == other.id {
            throw Self.twice(one.id.rawValue)
        }
        for piece in work { try limits.requirePossible(piece.period) }
        let start = work.map(\.period.start).min()
        let end = work.map(\.period.end).max()
        let horizon = start.flatMap { start in end.map { $0.since(start) } } ?? .zero
        guard work.count <= Self.maximumWork, people.count <= Self.maximumPeople, horizon <= Self.longestHorizon else {
            throw Rejection(
                rule: "S12",
                reason: "batch-too-large",
                Words(
                    "A batch has at most \(Self.maximumWork) pieces of work within 31 days, and "
                        + "\(Self.maximumPeople) people.",
                    zh: "每批最多 \(Self.maximumWork) 项工作（31 天以内）与 \(Self.maximumPeople) 人。"
                )
            )
        }
        guard configuration.weights.isSound, (1...1_000).contains(configuration.candidates),
            (0...10_000_000).contains(configuration.trials)
        else {
            throw Rejection(
                rule: "S12",
                reason: "bad-weights",
                Words("The weights of the assignment are not usable.", zh: "派工权重设置不可用。")
            )
        }
        self.people = people
        self.work = work
        self.territories = territories
        self.limits = limits
        self.configuration = configuration
    }

    private static func twice(_ id: String) -> Rejection {
        Rejection(
            rule: "S12",
            reason: "id-twice",
            Words("\(id) comes twice in the batch.", zh: "\(id) 在本批中重复。")
        )
    }

    /// Where a person stands in `people`; nil when they are not in the batch.
    package func index(of person: PersonID) -> Int? {
        Self.find(person, in: people, by: \.id)
    }

    package func index(of task: TaskID) -> Int? {
        Self.find(task, in: work, by: \.id)
    }

    private static func find<Element, ID: Comparable>(
        _ id: ID,
        in sorted: [Element],
        by path: KeyPath<Element, ID>
    ) -> Int? {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle][keyPath: path] < id { low = middle + 1 } else { high = middle }
        }
        return low < sorted.count && sorted[low][keyPath: path] == id ? low : nil
    }
}
