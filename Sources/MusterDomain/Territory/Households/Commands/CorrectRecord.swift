package import EventSourcing
import Records

/// Says that something on record was not so. It names the event that said it, which stays (R0.4).
package struct CorrectRecord: Command, Hashable {
    package let building: TerritoryID
    package let household: HouseholdID
    /// The event that still stands for this part.
    package let corrects: EventID
    package let part: RecordPart
    package let unit: UnitID?
    package let door: String?
    package let person: PersonID?
    package let name: String?
    package let phone: String?
    /// What really came of the visit.
    package let outcome: VisitOutcome?
    package let reason: String

    package init(
        building: TerritoryID,
        household: HouseholdID,
        corrects: EventID,
        part: RecordPart,
        unit: UnitID? = nil,
        door: String? = nil,
        person: PersonID? = nil,
        name: String? = nil,
        phone: String? = nil,
        outcome: VisitOutcome? = nil,
        reason: String
    ) {
        self.building = building
        self.household = household
        self.corrects = corrects
        self.part = part
        self.unit = unit
        self.door = door
        self.person = person
        self.name = name
        self.phone = phone
        self.outcome = outcome
        self.reason = reason
    }

    package static let description = CommandDescription<CorrectRecord>(
        "CorrectRecord",
        of: .territory,
        Words("Correct a record", zh: "更正登记"),
        by: [.gridWorker, .communityHead],
        under: "S2",
        Record<CorrectRecord>(
            Field("building", \.building, .identifier(), Words("Building", zh: "楼栋")),
            Field("household", \.household, .identifier(), Words("Household", zh: "户")),
            Field("corrects", \.corrects, .eventID, Words("Corrects", zh: "更正")),
            Field("part", \.part, .choice, Words("What", zh: "内容")),
            Field("unit", \.unit, Codec<UnitID>.identifier().optional, Words("Unit", zh: "单元")),
            Field("door", \.door, Codec<String>.line(40).optional, Words("Door", zh: "门牌")),
            Field("person", \.person, Codec<PersonID>.identifier().optional, Words("Person", zh: "人员")),
            Field("name", \.name, Codec<String>.line(100).optional, Words("Name", zh: "姓名"), isPersonal: true),
            Field("phone", \.phone, Codec<String>.line(40).optional, Words("Phone", zh: "电话"), isPersonal: true),
            Field("outcome", \.outcome, Codec<VisitOutcome>.choice.optional, Words("Outcome", zh: "结果")),
            Field("reason", \.reason, .prose(1_000), Words("Reason", zh: "原因"), isPersonal: true),
            make: CorrectRecord.init
        )
    )

    package var stream: StreamName { HouseholdRegister.stream(building) }

    package func decide(
        _ register: HouseholdRegister,
        in context: Context
    ) throws(Rejection) -> [HouseholdRegister.Event] {
        try context.requireRegistered(building)
        let home = try register.require(household, in: building)
        let person = try check(home, register)
        let limits = context.limits.territory
        let isFailure = part == .visit && outcome?.isFailure == true
        // The last visit counts anew; those before it stay as they were.
        let attempt = isFailure ? min(home.attemptsBefore + 1, Household.maximumAttempts) : 0
        var corrected = RecordCorrected(
            building: building,
            household: household,
            corrects: corrects,
            part: part,
            unit: part == .address ? unit ?? home.address.unit : nil,
            door: part == .address ? door ?? home.address.door : nil,
            person: person,
            name: name,
            phone: phone,
            outcome: part == .visit ? outcome : nil,
            attempt: attempt,
            revisitBy: isFailure ? context.began + limits.revisit : nil,
            staleBy: part == .visit && outcome == .met ? context.began + limits.registryAge : nil,
            reason: reason,
            tally: register.tally
        )
        var after = home
        after.take(corrected, nil)
        let needsPolice = isFailure && after.needsPolice(after: limits.failuresBeforePolice)
        if needsPolice { after.isReferred = true }
        corrected.tally = register.tally.replacing(home, by: after)
        guard needsPolice else { return [.corrected(corrected)] }
        return [.corrected(corrected), .referred(context.referral(of: household, in: building, attempt: attempt))]
    }

    /// - Returns: whose the record is.
    private func check(_ home: Household, _ register: HouseholdRegister) throws(Rejection) -> PersonID? {
        let standing: EventID?
        let subject: PersonID?
        switch part {
        case .address:
            standing = home.addressBy
            subject = home.contact
            guard unit != nil || door != nil else { throw .correctionMissing(part) }
            let address = Household.Address(unit ?? home.address.unit, door ?? home.address.door)
            if address != home.address { try register.requireFree(address, in: building) }
        case .contact:
            standing = home.contactBy
            subject = person
            guard person != nil else { throw .correctionMissing(part) }
        case .member:
            standing = person.flatMap { home.members[$0]?.declaredBy }
            subject = person
            guard let person, name != nil || phone != nil else { throw .correctionMissing(part) }
            guard home.members[person] != nil else { throw .memberUnknown(person, household) }
        case .visit:
            standing = home.lastVisit?.event
            subject = home.contact
            guard let outcome else { throw .correctionMissing(part) }
            // Somebody else may be on record there by now.
            if home.hasMoved, outcome != .moved { try register.requireFree(home.address, in: building) }
        case .vulnerability:
            standing = home.vulnerability?.flaggedBy
            subject = home.vulnerability?.person ?? home.contact
        }
        guard standing == corrects else {
            throw Rejection(
                kind: .notFound,
                rule: "R0.4",
                reason: "not-standing",
                Words(
                    "\(corrects) is not what stands on record of \(household) now.",
                    zh: "\(corrects) 不是住户 \(household) 现行有效的记录。"
                ),
                advice: standing.map { Words("\($0) stands.", zh: "现行有效的是 \($0)。") }
            )
        }
        return subject
    }
}
