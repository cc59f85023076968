/// The commands of S1, authority and responsibility lists.
let authorityCommands: [CommandEntry] = [
    CommandEntry(RegisterParty.self),
    CommandEntry(AppointPerson.self),
    CommandEntry(EndAppointment.self),
    CommandEntry(PublishResponsibilityList.self),
    CommandEntry(RecordListReviewDue.self),
    CommandEntry(IssueMeasure.self),
    CommandEntry(AdoptMeasure.self),
    CommandEntry(ProposeLocalMeasure.self),
    CommandEntry(ApproveLocalMeasure.self),
    CommandEntry(RefuseLocalMeasure.self),
    CommandEntry(LapseLocalMeasure.self),
    CommandEntry(RepealMeasure.self),
    CommandEntry(ExpireMeasure.self),
    CommandEntry(ChallengeMeasure.self),
    CommandEntry(RequisitionAsset.self),
    CommandEntry(ReturnAsset.self),
]
