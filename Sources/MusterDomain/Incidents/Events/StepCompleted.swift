package import EventSourcing
package import Records

/// A step is done, and this shows it.
package struct StepCompleted: Hashable, Sendable {
    package let incident: IncidentID
    package let group: GroupID
    package let step: StepID
    package let party: PartyID
    /// Whom the incident is about; nil for an incident of no person.
    package let person: PersonID?
    package let text: String?
    package let photo: String?
    package let figure: Double?
    package let unit: String?
    package let sites: [SiteID]
    package let isLate: Bool
    /// The clocks that it starts, of steps that waited for this one alone.
    package let deadlines: [StepDeadline]
    /// The completion that this one puts right (R0.4).
    package let corrects: EventID?

    package init(
        incident: IncidentID,
        group: GroupID,
        step: StepID,
        party: PartyID,
        person: PersonID? = nil,
        text: String? = nil,
        photo: String? = nil,
        figure: Double? = nil,
        unit: String? = nil,
        sites: [SiteID] = [],
        isLate: Bool,
        deadlines: [StepDeadline] = [],
        corrects: EventID? = nil
    ) {
        self.incident = incident
        self.group = group
        self.step = step
        self.party = party
        self.person = person
        self.text = text
        self.photo = photo
        self.figure = figure
        self.unit = unit
        self.sites = sites
        self.isLate = isLate
        self.deadlines = deadlines
        self.corrects = corrects
    }

    package static let record = Record<StepCompleted>(
        refusesUnknownMembers: false,
        Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
        Field("group", \.group, .identifier(), Words("Group", zh: "工作组")),
        Field("step", \.step, .identifier(), Words("Step", zh: "步骤")),
        Field("party", \.party, .identifier(), Words("Party", zh: "单位")),
        Field("person", \.person, Codec<PersonID>.identifier().optional, Words("Person concerned", zh: "涉及人员")),
        Field("text", \.text, Codec<String>.prose().optional, Words("Text", zh: "说明"), isPersonal: true),
        Field(
            "photo",
            \.photo,
            Codec<String>.line(500).optional,
            Words("Photo reference", zh: "照片索引"),
            isPersonal: true
        ),
        Field("figure", \.figure, Codec<Double>.number(StepEvidence.figures).optional, Words("Figure", zh: "数值")),
        Field("unit", \.unit, Codec<String>.line(20).optional, Words("Unit", zh: "单位")),
        Field("sites", \.sites, IncidentSites.names, Words("Sites covered", zh: "覆盖点位")),
        Field("isLate", \.isLate, .boolean, Words("Late", zh: "迟于时限")),
        Field("deadlines", \.deadlines, StepDeadline.list, Words("Clocks started", zh: "启动的计时")),
        Field("corrects", \.corrects, Codec.eventID.optional, Words("Corrects", zh: "更正")),
        make: StepCompleted.init
    )
}
