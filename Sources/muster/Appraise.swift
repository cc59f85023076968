import ArgumentParser
import EventSourcing
import Logging
import MusterDomain
import MusterRuntime
import Records

/// Computes how parties stood in a period, or computes a published appraisal again.
struct Appraise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compute how parties stood in a period, or whether a published appraisal is what the log gives.",
        discussion: """
            The figures come from the events of the log and a formula that has a name, so that anybody can compute them \
            again. With --format json it prints what PublishAppraisal takes:

              muster appraise A-2026-11 --from 2026-11-01T00:00:00+08:00 --to 2026-12-01T00:00:00+08:00
              muster appraise A-2026-11 --from … --to … --format json | muster send PublishAppraisal -
              muster appraise A-2026-11 --check

            Ends with 0 when it is done or the appraisal is reproduced, 1 when it is not or failed, 64 for wrong use.
            """
    )

    @OptionGroup var database: DatabaseOptions

    @Option(help: "The log.")
    var log = "town"

    @Option(help: "Directory of the key by which personal fields are read, instead of keys/ in --data.")
    var keys: String?

    @Argument(help: "The appraisal's name.")
    var appraisal: String

    @Option(help: "When the period begins, with an offset.")
    var from: String?

    @Option(help: "When it ends; that instant no longer belongs to it.")
    var to: String?

    @Option(help: "The formula: \(AppraisalFormula.allCases.map(\.rawValue).joined(separator: ", ")).")
    var formula = AppraisalFormula.timeAndAnswers.rawValue

    @Flag(help: "Compute the published appraisal of this name again.")
    var check = false

    @Option(help: "text or json.")
    var format = OutputFormat.text

    @Option(help: "en or zh.")
    var language = Language.en

    func validate() throws {
        try LogOptions.check(log)
        _ = try (name(), chosenFormula())
        guard !check else { return }
        let (start, end) = (try time(from, "--from"), try time(to, "--to"))
        guard start < end else { throw ValidationError("--to must lie after --from") }
    }

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        let verbs = AppraisalVerbs(
            access: database.access,
            log: try LogOptions.check(log),
            keyDirectory: keys ?? (database.data ?? DatabaseAccess.defaultDirectory) + "/keys"
        )
        if check { return try await check(with: verbs) }
        let command = try await verbs.appraise(
            try name(),
            by: try chosenFormula(),
            from: try time(from, "--from"),
            to: try time(to, "--to")
        )
        switch format {
        case .text: print(AppraisalText.table(command.lines, language))
        case .json: print(String(decoding: command.data, as: UTF8.self))
        }
    }

    private func check(with verbs: AppraisalVerbs) async throws {
        guard let check = try await verbs.check(try name()) else {
            throw ValidationError("no appraisal is called '\(appraisal)' in log \(log)")
        }
        let published = check.published
        let what =
            "\(published.appraisal): formula \(published.formula.rawValue), from \(published.from.rfc3339) to "
            + "\(published.to.rfc3339), events through \(published.through)"
        guard check.isReproduced else {
            print(AppraisalText.table(check.lines, language))
            print("NOT REPRODUCED  \(what): the log gives the figures above")
            throw ExitCode.failure
        }
        print(AppraisalText.table(check.lines, language))
        print("REPRODUCED  \(what)")
    }

    private func name() throws -> AppraisalID {
        guard let name = AppraisalID(rawValue: appraisal) else {
            throw ValidationError("an appraisal's name is as \(AppraisalTag.hint), not '\(appraisal)'")
        }
        return name
    }

    private func chosenFormula() throws -> AppraisalFormula {
        guard let formula = AppraisalFormula(rawValue: formula) else {
            let all = AppraisalFormula.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--formula must be one of \(all), not '\(formula)'")
        }
        return formula
    }

    private func time(_ text: String?, _ option: String) throws -> Timestamp {
        guard let text else { throw ValidationError("\(option) is missing") }
        guard let time = Timestamp(rfc3339: text) else {
            throw ValidationError(
                "\(option) must be a time with an offset, as 2026-11-01T00:00:00+08:00, not '\(text)'"
            )
        }
        return time
    }
}

/// Appraisals as the terminal shows them.
enum AppraisalText {
    static func table(_ lines: [AppraisalLine], _ language: Language) -> String {
        guard !lines.isEmpty else {
            return Words("Nobody led anything in this period.", zh: "该期间没有任何单位牵头。")[language]
        }
        let header: [Words] = [
            Words("party", zh: "单位"), Words("score", zh: "得分"), Words("on time", zh: "按时"), Words("late", zh: "超时"),
            Words("overdue", zh: "超期未结"), Words("solved", zh: "认可"), Words("not", zh: "不认可"),
            Words("silent", zh: "未答复"), Words("upheld", zh: "申诉成立"),
        ]
        let rows = lines.map { line -> [String] in
            let outcomes = line.outcomes
            return [line.party.rawValue, line.score.map { "\($0)" } ?? "–"]
                + [
                    outcomes.closedOnTime, outcomes.closedLate, line.overdueOpen, outcomes.solved, outcomes.notSolved,
                    outcomes.silent, outcomes.appealsUpheld,
                ].map { "\($0)" }
        }
        return QueueText.grid([header.map { $0[language] }] + rows, numbers: 1...8).joined(separator: "\n")
    }
}
