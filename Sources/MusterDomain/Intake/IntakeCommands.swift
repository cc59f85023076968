/// The commands of S5, intake of reports.
let intakeCommands: [CommandEntry] = [
    CommandEntry(SubmitReport.self),
    CommandEntry(TriageReport.self),
]
