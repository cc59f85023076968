package import EventSourcing
import Records

/// Puts a household on record at its address.
package struct RegisterHousehold: Command, Hashable {
    package let building: TerritoryID
    package let household: HouseholdID
    package let unit: UnitID
    package let door: String
    /// A pseudonym.
    package let contact: PersonID?
    package let name: String?
    package let phone: String?

    package init(
        building: TerritoryID,
        household: HouseholdID,
        unit: UnitID,
        door: String,
        contact: PersonID? = nil,
        name: String? = nil,
        phone: String? = nil
    ) {
        self.building = building
        self.household = household
        self.unit = unit
        self.door = door
        self.contact = contact
        self.name = name
        self.phone = phone
    }

    package static let description = CommandDescription<RegisterHousehold>(
        "RegisterHousehold",
        of: .territory,
        Words("Register a household", zh: "登记住户"),
        by: [.gridWorker, .communityHead, .administrator],
        under: "S2",
        Record<RegisterHousehold>(
            Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
            Field("household", \.household, .identifier(), Words("Household", zh: "户")),
            Field("unit", \.unit, .identifier(), Words("Unit", zh: "单元")),
            Field("door", \.door, .line(40), Words("Door", zh: "门牌")),
            Field("contact", \.contact, Codec<PersonID>.identifier().optional, Words("Contact", zh: "联系人")),
            Field(
                "name",
                \.name,
                Codec<String>.line(100).optional,
                Words("Name of the contact", zh: "联系人姓名"),
                isPersonal: true
            ),
            Field(
                "phone",
                \.phone,
                Codec<String>.line(40).optional,
                Words("Phone of the contact", zh: "联系人电话"),
                isPersonal: true
            ),
            make: RegisterHousehold.init
        )
    )

    package var stream: StreamName { HouseholdRegister.stream(building) }

    package func decide(
        _ register: HouseholdRegister,
        in context: Context
    ) throws(Rejection) -> [HouseholdRegister.Event] {
        try context.requireRegistered(building)
        guard register.households[household] == nil else {
            throw Rejection(
                rule: "S2",
                reason: "household-exists",
                Words(
                    "Household \(household) of \(building) is on record already.",
                    zh: "\(building) 的住户 \(household) 已登记。"
                )
            )
        }
        guard register.households.count < HouseholdRegister.maximumHouseholds else { throw .buildingFull(building) }
        try register.requireFree(Household.Address(unit, door), in: building)
        if contact == nil, name != nil || phone != nil { throw .contactMissing }
        let limit = context.limits.territory.registryAge
        var registered = HouseholdRegistered(
            building: building,
            household: household,
            unit: unit,
            door: door,
            contact: contact,
            name: name,
            phone: phone,
            grid: context.territories.territory(of: .grid, holding: building, at: context.occurredAt),
            staleBy: context.began + limit,
            limit: limit,
            tally: register.tally
        )
        registered.tally = register.tally.replacing(nil, by: Household(registered, nil))
        return [.registered(registered)]
    }
}
