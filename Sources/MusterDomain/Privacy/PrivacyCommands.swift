/// The commands of S16, privacy.
let privacyCommands: [CommandEntry] = [
    CommandEntry(EraseSubjectKey.self)
]
