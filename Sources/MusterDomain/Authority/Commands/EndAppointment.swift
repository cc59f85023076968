package import EventSourcing
import Records

/// Ends a post at a time.
package struct EndAppointment: Command, Hashable {
    package let person: PersonID
    package let role: Role
    package let party: PartyID
    package let territory: TerritoryID
    package let at: Timestamp

    package init(
        person: PersonID,
        role: Role,
        party: PartyID,
        territory: TerritoryID,
        at: Timestamp
    ) {
        self.person = person
        self.role = role
        self.party = party
        self.territory = territory
        self.at = at
    }

    package static let description = CommandDescription<EndAppointment>(
        "EndAppointment",
        of: .authority,
        Words("End an appointment", zh: "结束任职"),
        by: [.administrator, .districtCommand],
        isOrder: true,
        Record<EndAppointment>(
            Field("person", \.person, .identifier(), Words("Person", zh: "人员")),
            Field("role", \.role, .choice, Words("Role", zh: "角色")),
            Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field("at", \.at, .timestamp, Words("End", zh: "结束")),
            make: EndAppointment.init
        )
    )

    package var stream: StreamName { Authority.stream }

    package func decide(_ authority: Authority, in context: Context) throws(Rejection) -> [Authority.Event] {
        let post = authority.posts(of: person, at: at)
            .first { $0.role == role && $0.party == party && $0.territory == territory }
        guard let post else {
            throw Rejection(
                kind: .notFound,
                rule: "S1",
                reason: "no-such-appointment",
                Words("\(person) does not hold this post at that time.", zh: "\(person) 当时未任此职。")
            )
        }
        guard at > post.from else { throw .endBeforeStart(rule: "S1") }
        return [
            .appointmentEnded(AppointmentEnded(person: person, role: role, party: party, territory: territory, at: at))
        ]
    }
}
