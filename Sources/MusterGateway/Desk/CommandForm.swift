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
    /// Empty rows of a list at first, and how many come when more are wanted.
    private static let firstRows = 2
    private static let moreRows = 3

    let entry: CommandEntry
    let actor: Actor
    let choices: FormOptions
    let language: Language
    /// What was typed, or what the address brings.
    let given: FormFields
    /// Names that the address fixes; they are shown, not asked for.
    let fixed: Set<String>
    let errors: [Problem]
    /// The list that is wanted to have more rows.
    let longer: String?

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
            return fields(of: field, under: "")
        }
    }

    /// What the template shows of one field.
    ///
    /// A template that finds nothing under a name looks further out, so that all that stands in rows must be said.
    private func fields(of field: FieldDescription, under prefix: String) -> Fields {
        let name = prefix + field.name
        var fields: Fields = [
            "name": name, "id": "f-\(name)", "label": field.words[language], "isRequired": field.isRequired,
            "value": given[name] ?? (prefix.isEmpty ? preset(field) : nil) ?? "", "hint": false, "message": false,
            "inputMode": false, "isGiven": false, "isChoice": false, "isSelect": false, "isArea": false,
            "isLine": false, "isGroup": false,
        ]
        if let help = field.help { fields["hint"] = help[language] }
        let error = errors.first { place(of: $0).name == name }
        if let error { fields["message"] = error.words[language] }
        switch field.schema {
        case .record(let members):
            addRows(of: members, at: [name], to: &fields)
            return fields
        case .list(of: .record(let members), let count, _):
            let filled = given.rows(name)
            let shown = longer == name ? filled + Self.moreRows : max(filled + 1, prefix.isEmpty ? Self.firstRows : 1)
            addRows(of: members, at: (0..<min(shown, count.upperBound)).map { "\(name).\($0)" }, to: &fields)
            if shown < count.upperBound { fields["longer"] = name }
            return fields
        case .boolean, .integer, .number, .text, .formatted, .choice, .list:
            return line(field, fields, hasError: error != nil)
        }
    }

    /// Groups of fields, one for each name; a single one bears no number.
    private func addRows(of members: [FieldDescription], at names: [String], to fields: inout Fields) {
        fields["isGroup"] = true
        fields["longer"] = false
        fields["rows"] = names.enumerated().map { index, name -> Fields in
            [
                "number": names.count > 1 ? "\(index + 1)" : false,
                "fields": members.map { self.fields(of: $0, under: "\(name).") },
            ]
        }
    }

    /// A field that is one thing to choose or to type.
    private func line(_ field: FieldDescription, _ start: Fields, hasError: Bool) -> Fields {
        var fields = start
        let name = fields["name"] as? String ?? field.name
        if fixed.contains(name), !hasError {
            let value = given[name] ?? ""
            fields["isGiven"] = true
            fields["shown"] = options(of: field)?.first { $0.value == value }?.words[language] ?? value
            return fields
        }
        // A resident at a desk of this door writes through it.
        if name == "channel", actor.role == .resident, !hasError {
            fields["isGiven"] = true
            fields["value"] = ReportChannel.web.rawValue
            fields["shown"] = ReportChannel.web.words[language]
            return fields
        }
        if let options = options(of: field) {
            let chosen = Set(given.values(name).isEmpty ? [fields["value"] as? String ?? ""] : given.values(name))
            var isList = false
            if case .list = field.schema { isList = true }
            // In a row, that nothing was chosen must be possible again.
            let isShort =
                name == field.name && options.count <= Self.maximumShown
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

    /// Where a problem is: the name of the innermost field that this form shows, and the way there in words.
    func place(of problem: Problem) -> (name: String, label: String) {
        var parts = problem.pointer.split(separator: "/")[...]
        if parts.first == "data" { parts = parts.dropFirst() }
        var (members, name, labels): ([FieldDescription], String, [String]) = (entry.fields, "", [])
        while let part = parts.popFirst(), let field = members.first(where: { $0.name == part }) {
            name += (name.isEmpty ? "" : ".") + field.name
            labels.append(field.words[language])
            switch field.schema {
            case .record(let inner):
                members = inner
            case .list(of: .record(let inner), _, _):
                guard let row = parts.popFirst().flatMap({ Int($0) }), !parts.isEmpty else { continue }
                name += ".\(row)"
                labels.append("\(row + 1)")
                members = inner
            case .boolean, .integer, .number, .text, .formatted, .choice, .list:
                members = []
            }
        }
        return (name, labels.isEmpty ? problem.pointer : labels.joined(separator: " · "))
    }
}
