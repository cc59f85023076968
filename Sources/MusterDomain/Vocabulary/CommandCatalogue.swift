package import Records

/// Every command there is, by name.
package enum CommandCatalogue {
    package static let all: [CommandEntry] =
        authorityCommands + territoryCommands + intakeCommands + whistleCommands + volunteerCommands + feedbackCommands
        + supervisionCommands + privacyCommands
        + directiveCommands
        + incidentCommands

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// Nil for a name that no command has.
    package static func entry(named name: String) -> CommandEntry? { byName[name] }

    /// The entry of a command that was built in the source, as policies do.
    package static func entry<C: Command>(of command: C) -> CommandEntry {
        byName[C.description.name] ?? CommandEntry(C.self)
    }
}

/// A command's description without its type, for doors that take any command.
package struct CommandEntry: Sendable {
    package let name: String
    package let system: DomainSystem
    package let words: Words
    package let help: Words?
    package let roles: [Role]
    /// The rule that keeps others from sending it.
    package let roleRule: String
    package let isOrder: Bool
    /// Whether its events name nobody in particular as who acted.
    package let hidesActor: Bool
    package let fields: [FieldDescription]
    /// Reads the `data` of a command.
    package let decode: @Sendable (inout JSONReader) throws(Problems) -> any Command

    package init<C: Command>(_: C.Type) {
        let description = C.description
        name = description.name
        system = description.system
        words = description.words
        help = description.help
        roles = description.roles
        roleRule = description.roleRule
        isOrder = description.isOrder
        hidesActor = description.hidesActor
        fields = description.record.fields
        let codec = description.record.codec
        decode = { (reader) throws(Problems) in try codec.read(&reader) }
    }
}
