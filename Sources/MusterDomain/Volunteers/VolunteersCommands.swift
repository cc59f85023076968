/// The commands of S13, volunteers and social organisations.
let volunteerCommands: [CommandEntry] = [
    CommandEntry(OfferHelp.self)
]
