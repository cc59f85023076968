/// The commands of S2, territories.
let territoryCommands: [CommandEntry] = [
    CommandEntry(DefineTerritory.self)
]
