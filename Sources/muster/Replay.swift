import ArgumentParser
import EventSourcing
import Foundation
import Logging
import MusterDomain
import MusterHistory
import MusterRuntime
import Records

/// Does a history once more with other crews, limits or another playbook.
struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask what would have been: replay a history with other crews, limits or another playbook.",
        discussion: """
            The cases come in as they did and are worked off by a clock of their own, first come, first served. Three runs \
            stand beside each other: how it was, the replay with nothing changed, which shows how far it can be trusted, \
            and the replay with the change. What it rests on is printed below. Filters choose whole cases.

            muster replay calls-2020 --begins dispatched --limit on-scene=8m
            muster replay calls-2020 --begins dispatched --limit on-scene=8m --crews ENGINE=22-6:+2 --as two-more-at-night
            muster replay requests --work closed=45m --crews DSNY=8-17:-1 --crews '*=0-8:1'
            muster replay town --category incident --playbook gas-leak-2.yaml --as gas-leak-two

            With --as the result becomes a log of mode exercise, which muster report and muster export read as any other; \
            nothing in it is chased or delivered. The same command again completes it or adds nothing. Ends with 0 when it \
            is done, 1 when it failed, 64 for wrong use, 65 for a playbook that is none.
            """
    )

    @OptionGroup var database: DatabaseOptions

    @Argument(help: "The log to replay.")
    var name: String

    @Option(name: .customLong("as"), help: "The exercise log to write; without it the result is only printed.")
    var exercise: String?

    @Option(help: "AGENCY=HOURS:+2, :-1 or :3 crews, as Fire=22-6:+2; * is every agency, no hours the whole day.")
    var crews: [String] = []

    @Option(help: "How long a stage or activity may take from when it comes in, as on-scene=8m or closed=1d12h.")
    var limit: [String] = []

    @Option(
        name: .customLong("playbook"),
        help: "The playbook that incidents go by: a YAML file, as muster playbook check reads it."
    )
    var other: String?

    @Option(help: "Crews there were, where you know it better than the log shows: AGENCY=HOURS:3.")
    var had: [String] = []

    @Option(help: "How long the work of a stage or activity takes, where the log does not say it: closed=45m.")
    var work: [String] = []

    @Option(help: "The stage at which a crew takes the work of a row, and keeps it to the last stage.")
    var begins: String?

    @Option(help: "text or json.")
    var format = OutputFormat.text

    @Option(help: "en or zh.")
    var language = Language.en

    @OptionGroup var choice: CaseChoice

    func validate() throws {
        let log = try LogOptions.check(name)
        if let exercise, try LogOptions.check(exercise) == log { throw ValidationError("\(ReplayError.sameLog(log))") }
        _ = try (chosen(), changes())
    }

    private func chosen() throws -> AnalysisChoice {
        var chosen = try choice.value()
        // Only incidents have playbooks.
        if chosen.category == "matter", other != nil || chosen.isOfPlaybooks { chosen.category = "incident" }
        return chosen
    }

    /// What is to be different, without the playbook.
    private func changes() throws -> ReplayChanges {
        var changes = ReplayChanges()
        do throws(ReplayError) {
            for text in crews { changes.crews.append(try CrewChange(text)) }
            for text in had { changes.formerCrews.append(try CrewChange(text)) }
            for text in limit { changes.limits.append(try StageTime(text)) }
            for text in work { changes.works.append(try StageTime(text)) }
        } catch {
            throw ValidationError(error.words[language])
        }
        changes.begins = begins
        return changes
    }

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        var changes = try changes()
        if let other {
            guard let playbook = try PlaybookFile(other).playbook(language) else { throw ExitCode(65) }
            changes.playbook = playbook
        }
        let line = ProgressLine()
        let start = ContinuousClock.now
        let verbs = HistoryVerbs(access: database.access, log: try LogOptions.check(name))
        let result = try await verbs.replay(
            try chosen(),
            changes,
            into: try exercise.map { try LogOptions.check($0) }
        ) { done, goal in
            line.show(ReadingProgress(position: done, goal: goal, elapsed: .now - start))
        }
        line.end()
        switch format {
        case .text: print(result.replay.text(language), terminator: "")
        case .json: print(String(decoding: result.replay.json(), as: UTF8.self))
        }
        guard format == .text, let exercise, let added = result.added else { return }
        print("\n" + Self.written(exercise, added)[language])
    }

    private static func written(_ log: String, _ added: Int) -> Words {
        guard added > 0 else {
            return Words("Exercise log \(log) held it already; nothing was added.", zh: "演练日志 \(log) 已有此重演，未添加任何事件。")
        }
        return Words(
            "Written to the exercise log \(log), \(added) events: muster report \(log)",
            zh: "已写入演练日志 \(log)，共 \(added) 个事件：muster report \(log)"
        )
    }
}
