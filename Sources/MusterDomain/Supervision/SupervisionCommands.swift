/// The commands of S14 that are about supervision and disclosure.
let supervisionCommands: [CommandEntry] = [
    CommandEntry(ReportConcealment.self),
    CommandEntry(Whistleblow.self),
    CommandEntry(OpenInvestigation.self),
    CommandEntry(RecordFalsification.self),
    CommandEntry(DecideLiability.self),
    CommandEntry(PublishNotice.self),
    CommandEntry(CorrectNotice.self),
    CommandEntry(WithdrawNotice.self),
    CommandEntry(QuestionNotice.self),
    CommandEntry(ConfirmNotice.self),
    CommandEntry(RecordMissedCorrection.self),
    CommandEntry(AskForAppraisal.self),
    CommandEntry(PublishAppraisal.self),
]
