/// The commands of S14, feedback.
let feedbackCommands: [CommandEntry] = [
    CommandEntry(AskFeedback.self),
    CommandEntry(GiveFeedback.self),
    CommandEntry(RecordFeedbackMissing.self),
    CommandEntry(Appeal.self),
    CommandEntry(StartReview.self),
    CommandEntry(DecideReview.self),
    CommandEntry(RecordReviewOverdue.self),
]
