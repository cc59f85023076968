package import EventSourcing
package import Records

/// Something that is on record was not so; the event that said it stays (R0.4).
package struct RecordCorrected: Hashable, Sendable {
    package let building: TerritoryID
    package let household: HouseholdID
    /// The event that said otherwise.
    package let corrects: EventID
    package let part: RecordPart
    package let unit: UnitID?
    package let door: String?
    /// Whose the record is; nil where it is about no person.
    package let person: PersonID?
    package let name: String?
    package let phone: String?
    package let outcome: VisitOutcome?
    package let attempt: Int
    package let revisitBy: Timestamp?
    package let staleBy: Timestamp?
    package let reason: String
    package internal(set) var tally: HouseholdTally

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
        attempt: Int = 0,
        revisitBy: Timestamp? = nil,
        staleBy: Timestamp? = nil,
        reason: String,
        tally: HouseholdTally
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
        self.attempt = attempt
        self.revisitBy = revisitBy
        self.staleBy = staleBy
        self.reason = reason
        self.tally = tally
    }

    package static let record = Record<RecordCorrected>(
        refusesUnknownMembers: false,
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
        Field(
            "attempt",
            \.attempt,
            Codec<Int>.integer(0...10_000).orMissing(0),
            Words("Failed visits in a row", zh: "连续未果次数")
        ),
        Field("revisitBy", \.revisitBy, Codec<Timestamp>.timestamp.optional, Words("Visit again by", zh: "再次走访期限")),
        Field("staleBy", \.staleBy, Codec<Timestamp>.timestamp.optional, Words("Stale from", zh: "过期时间")),
        Field("reason", \.reason, .prose(1_000), Words("Reason", zh: "原因"), isPersonal: true),
        Field("tally", \.tally, HouseholdTally.record.codec, Words("Counts of the building", zh: "楼栋统计")),
        make: RecordCorrected.init
    )
}
