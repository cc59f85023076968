import ArgumentParser
import Foundation
import MusterDispatch
import MusterDomain
import Records

/// Plans who does what.
struct Assign: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Plan who takes which work, and say why.",
        discussion: """
            BATCH is a JSON document of territories, people and open work. Nothing is sent or recorded; the same document \
            gives the same plan. No rule is ever broken: hours, rest and rest days over all posts, skills, one home \
            community. What nobody can take stays open, with what is against it.

              muster assign batch.json
              muster assign batch.json --work T-1                 # why her?
              muster assign batch.json --work T-1 --person bob    # why not him?
              muster assign --schema                              # what the document holds

            Ends with 0 when there is a plan, 65 when the document is wrong, 64 for wrong use.
            """
    )

    @Argument(help: "The document; - reads it from standard input.")
    var batch: String?

    @Option(help: "Only this piece of work.")
    var work: String?

    @Option(help: "Why this person does not take the work that --work names.")
    var person: String?

    @Option(help: "text or json.")
    var format = OutputFormat.text

    @Option(help: "en or zh.")
    var language = Language.en

    @Flag(help: "Print what the document holds, as JSON Schema.")
    var schema = false

    func validate() throws {
        guard schema || batch != nil else { throw ValidationError("BATCH is missing: a file, or -") }
        guard person == nil || work != nil else { throw ValidationError("--person goes with --work") }
        guard work == nil || format == .text else { throw ValidationError("--format json is for the whole plan") }
        _ = (try name(work, "--work") as TaskID?, try name(person, "--person") as PersonID?)
    }

    func run() throws {
        guard let batch, !schema else { return print(AssignmentDocument.schema) }
        let plan = try AssignmentSolver.solve(try read(batch))
        if let work: TaskID = try name(work, "--work") {
            return print(try answer(plan, work))
        }
        switch format {
        case .text: print(plan.text(language))
        case .json: print(String(decoding: plan.json(language), as: UTF8.self))
        }
    }

    private func read(_ path: String) throws -> AssignmentBatch {
        let bytes: [UInt8]
        do {
            bytes = Array(
                path == "-"
                    ? FileHandle.standardInput.readDataToEndOfFile() : try Data(contentsOf: URL(filePath: path))
            )
        } catch {
            throw ValidationError("\(path) cannot be read: \(error.localizedDescription)")
        }
        do {
            return try AssignmentDocument.batch(bytes)
        } catch {
            for problem in error.list.prefix(20) {
                let place = problem.pointer.isEmpty ? "" : "\(problem.pointer): "
                Self.complain("Error: \(place)\(problem.words[language])")
            }
            if error.list.count > 20 { Self.complain("and \(error.list.count - 20) more") }
            throw ExitCode(65)
        }
    }

    private func answer(_ plan: AssignmentPlan, _ work: TaskID) throws -> String {
        guard let why = plan.text(of: work, language) else { throw ValidationError("\(work) is not in the document") }
        guard let person: PersonID = try name(person, "--person") else { return why }
        guard let whyNot = plan.words(whyNot: person, for: work) else {
            throw ValidationError("\(person) is not in the document")
        }
        return whyNot[language]
    }

    private func name<Kind: IdentifierKind>(_ text: String?, _ option: String) throws -> Identifier<Kind>? {
        guard let text else { return nil }
        guard let name = Identifier<Kind>(rawValue: text) else {
            throw ValidationError("\(option) must be a name as \(Kind.hint), not '\(text)'")
        }
        return name
    }

    private static func complain(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }
}
