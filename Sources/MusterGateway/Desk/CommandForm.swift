import EventSourcing
import MusterDomain
import Records

/// A command's form, made from its description: labels, hints, choices and error messages all come from there.
struct CommandForm {
    /// Names that Muster makes for new things; nobody has to think of one.
    private static let madeNames: [String: String] = [
        "SubmitReport": "report", "RaiseMatter": "matter", "DelegateTask": "task", "IssueMeasure": "measure",
        "ProposeLocalMeasure": "measure", "ChallengeMeasure": "challenge", "ReportConcealment": "inquiry",
        "Whistleblow": "inquiry", "PublishNotice": "notice", "ReportSuspectedCase": "incident",
        "IssueDirective": "directive",
    ]
    /// Members that a form leaves out: devices and clerks' systems know them, a person typing does not.
    private static let leftOut: Set<String> = ["latitude", "longitude"]
    /// Choices up to so many, of so many characters, are shown all at once.
    private static let maximumShown = 6
    private static let maximumShownLength = 30

    let entry: CommandEntry
    let actor: Actor
    let choices: FormOptions
    let language: Language
    /// What was typed, or what the address brings.
    let given: FormFields
    /// Names that the address fixes; they are shown, not asked for.
    let fixed: Set<String>
    let errors: [Problem]

    /// Whether a form can ask for all that the command needs. Lists of records need a program.
    static func canAsk(for entry: CommandEntry) -> Bool {
        entry.fields.allSatisfy { field in
            switch field.schema {
            case .record: false
            case .list(let element, _, _):
                if case .record = element { false } else { true }
            case .boolean, .integer, .number, .text, .formatted, .choice: true
            }
        }
    }

    /// The command's data as posted, with the names that Muster makes.
    static func data(of entry: CommandEntry, from form: FormFields, newName: String) -> [UInt8] {
        var form = form
        if let made = madeNames[entry.name], (form[made] ?? "").isEmpty { form.set(made, newName) }
        return FormData.json(of: entry.fields, from: form)
    }

    func fields() -> [Fields] {
        entry.fields.compactMap { field in
            if Self.leftOut.contains(field.name)
                || Self.madeNames[entry.name] == field.name && !fixed.contains(field.name)
            {
                return nil
            }
            // A resident speaks for no one else.
            if field.name == "reporter", actor.role == .resident { return nil }
            return fields(of: field)
        }
    }

    private func fields(of field: FieldDescription) -> Fields {
        var fields: Fields = [
            "name": field.name, "id": "f-\(field.name)", "label": field.words[language], "isRequired": field.isRequired,
            "value": given[field.name] ?? preset(field) ?? "", "isGiven": false, "isChoice": false, "isSelect": false,
            "isArea": false, "isLine": false,
        ]
        if let help = field.help { fields["hint"] = help[language] }
        if let error = errors.first(where: { Self.member(of: $0) == field.name }) {
            fields["message"] = error.words[language]
        }
        if fixed.contains(field.name), fields["message"] == nil {
            let value = given[field.name] ?? ""
            fields["isGiven"] = true
            fields["shown"] = options(of: field)?.first { $0.value == value }?.words[language] ?? value
            return fields
        }
        // A resident at a desk of this door writes through it.
        if field.name == "channel", actor.role == .resident, fields["message"] == nil {
            fields["isGiven"] = true
            fields["value"] = ReportChannel.web.rawValue
            fields["shown"] = ReportChannel.web.words[language]
            return fields
        }
        if let options = options(of: field) {
            let chosen = Set(
                given.values(field.name).isEmpty ? [preset(field)].compactMap { $0 } : given.values(field.name)
            )
            var isList = false
            if case .list = field.schema { isList = true }
            let isShort =
                options.count <= Self.maximumShown
                && options.allSatisfy { $0.words[language].count <= Self.maximumShownLength }
            fields[isList || isShort ? "isChoice" : "isSelect"] = true
            fields["inputType"] = isList ? "checkbox" : "radio"
            fields["options"] = options.map { option -> Fields in
                ["option": option.value, "words": option.words[language], "isChosen": chosen.contains(option.value)]
            }
            return fields
        }
        switch field.schema {
        case .text(_, isMultiline: true):
            fields["isArea"] = true
        case .list:
            fields["isArea"] = true
            fields["hint"] = (field.help.map { $0[language] + " " } ?? "") + Strings.words("oneALine")[language]
        case .integer, .number:
            fields["isLine"] = true
            fields["inputMode"] = "decimal"
        case .formatted(_, _, _, let hint):
            fields["isLine"] = true
            if field.help == nil { fields["hint"] = hint }
        case .boolean, .text, .choice, .record:
            fields["isLine"] = true
        }
        return fields
    }

    /// What may be chosen; nil for what is typed.
    private func options(of field: FieldDescription) -> [Schema.Option]? {
        switch field.schema {
        case .choice(let options): return options
        case .boolean:
            return [
                Schema.Option(value: "true", words: Strings.words("yes")),
                Schema.Option(value: "false", words: Strings.words("no")),
            ]
        case .integer, .number, .text, .record: return nil
        case .formatted, .list: break
        }
        return choices.options(of: field.name, in: entry.name)
    }

    /// The likely answer, filled in.
    private func preset(_ field: FieldDescription) -> String? {
        switch field.name {
        case "territory": actor.territory.rawValue
        case "channel": ReportChannel.web.rawValue
        case "department" where actor.role == .departmentOfficer: actor.party.rawValue
        default: nil
        }
    }

    /// The member that a problem is about: the first part of its pointer after `/data`.
    static func member(of problem: Problem) -> String {
        let parts = problem.pointer.split(separator: "/")
        let inData = parts.first == "data" ? parts.dropFirst() : parts[...]
        return inData.first.map { String($0) } ?? ""
    }
}
