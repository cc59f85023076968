/// The commands of S1, authority and responsibility lists.
let authorityCommands: [CommandEntry] = [
    CommandEntry(RegisterParty.self),
    CommandEntry(AppointPerson.self),
    CommandEntry(EndAppointment.self),
    CommandEntry(PublishResponsibilityList.self),
    CommandEntry(IssueMeasure.self),
]
