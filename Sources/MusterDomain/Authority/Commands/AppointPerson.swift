package import EventSourcing
import Records

/// Gives a person a post: a role, for a party, in a territory, for a time.
package struct AppointPerson: Command, Hashable {
    package let person: PersonID
    package let role: Role
    package let party: PartyID
    package let territory: TerritoryID
    package let from: Timestamp
    /// Nil while no end is set.
    package let to: Timestamp?

    package init(
        person: PersonID,
        role: Role,
        party: PartyID,
        territory: TerritoryID,
        from: Timestamp,
        to: Timestamp? = nil
    ) {
        self.person = person
        self.role = role
        self.party = party
        self.territory = territory
        self.from = from
        self.to = to
    }

    package static let description = CommandDescription<AppointPerson>(
        "AppointPerson",
        of: .authority,
        Words("Appoint a person", zh: "任命人员"),
        by: [.administrator, .districtCommand],
        isOrder: true,
        Record<AppointPerson>(
            Field("person", \.person, .identifier(), Words("Person", zh: "人员")),
            Field("role", \.role, .choice, Words("Role", zh: "角色")),
            Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field("from", \.from, .timestamp, Words("From", zh: "开始")),
            Field("to", \.to, Codec<Timestamp>.timestamp.optional, Words("Until", zh: "结束")),
            make: AppointPerson.init
        )
    )

    package var stream: StreamName { Authority.stream }

    package func decide(_ authority: Authority, in context: Context) throws(Rejection) -> [Authority.Event] {
        if let to, to <= from { throw .endBeforeStart(rule: "S1") }
        let employer = try context.requireParty(party)
        let kind = employer.kind
        guard kind.roles.contains(role) else {
            throw Rejection(
                rule: "S1",
                reason: "role-not-of-party",
                Words(
                    "\(role.words.en) is no post of a party of the kind \(kind.words.en).",
                    zh: "\(kind.words.zh)类单位没有\(role.words.zh)这一岗位。"
                )
            )
        }
        try context.requireTerritory(territory)
        try context.requireArea(of: employer, holds: territory)
        let appointed = PersonAppointed(
            person: person,
            role: role,
            party: party,
            territory: territory,
            from: from,
            to: to
        )
        let post = Appointment(appointed)
        guard
            !authority.appointments[person, default: []].contains(where: {
                $0.isSamePost(as: post) && $0.overlaps(post)
            })
        else {
            throw Rejection(
                rule: "S1",
                reason: "overlapping-appointment",
                Words("\(person) holds this very post within that time.", zh: "\(person) 在该时段内已任此职。")
            )
        }
        try checkFree(post, authority)
        return [.personAppointed(appointed)]
    }

    /// Two persons at a time cannot hold a post of one.
    private func checkFree(_ post: Appointment, _ authority: Authority) throws(Rejection) {
        guard role.isHeldByOne else { return }
        for other in authority.people[territory, default: []] {
            guard
                authority.appointments[other, default: []].contains(where: { post.excludes($0) && post.overlaps($0) })
            else { continue }
            throw Rejection(
                rule: "S1",
                reason: "post-taken",
                Words(
                    "\(other) is \(role.words.en.lowercased()) of \(territory) within that time.",
                    zh: "该时段内 \(territory) 的\(role.words.zh)是 \(other)。"
                ),
                advice: Words("End that appointment first, or appoint from its end on.", zh: "请先结束该任职，或从其结束时起任命。")
            )
        }
    }
}
