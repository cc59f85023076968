import ArgumentParser
import EventLog
import EventSourcing
import Foundation
import Logging
import MusterBoards
import MusterRuntime

/// Makes a board anew beside the one that people read.
struct Rebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a board anew from the first event, prove that it is the same, and put it in place.",
        discussion: """
            The new rows are made beside those that people read. Both are then compared at one position: when they are \
            equal, readers get the new ones in one transaction; when they are not, each row that differs is named and \
            readers keep what they have, unless --accept-differences is given, as after an update that shows boards in \
            another way. The rows that were replaced are kept until the next rebuild: --rollback brings them back at once. \
            A rebuild that is interrupted at any point changes nothing.

              muster rebuild \(BoardCatalogue.all.first?.name ?? "") --log town
              muster rebuild \(BoardCatalogue.all.first?.name ?? "") --check

            Ends with 0 when it is done or all rows are equal, 1 when rows differ and nothing was changed or when it failed, \
            64 for wrong use, 75 when another rebuild is underway or has taken over.
            """
    )

    @OptionGroup var database: DatabaseOptions

    @Option(help: "Directory of the key by which personal fields are read, instead of keys/ in --data.")
    var keys: String?

    @Argument(help: "The board: \(BoardCatalogue.all.map { $0.name }.joined(separator: ", ")).")
    var board: String

    @Option(help: "The log.")
    var log = "town"

    @Flag(help: "Compare alone: readers keep the rows that they have.")
    var check = false

    @Flag(help: "Put the new rows in place although they are not the same.")
    var acceptDifferences = false

    @Flag(help: "Bring back the rows that were replaced by the last rebuild.")
    var rollback = false

    @Option(help: "text or json.")
    var format = OutputFormat.text

    func validate() throws {
        guard BoardCatalogue.board(named: board) != nil else {
            throw ValidationError("\(RebuildError.noSuchBoard(board))")
        }
        guard [check, acceptDifferences, rollback].count(where: { $0 }) < 2 else {
            throw ValidationError("--check, --accept-differences and --rollback exclude each other: give one of them")
        }
        try LogOptions.check(log)
    }

    func run() async throws {
        LogOutput.bootstrap(level: .error)
        let verbs = BoardVerbs(
            access: database.access,
            log: try LogOptions.check(log),
            keyDirectory: keys ?? (database.data ?? DatabaseAccess.defaultDirectory) + "/keys"
        )
        do {
            if rollback { try await goBack(verbs) } else { try await rebuild(verbs) }
        } catch let error as RebuildError where error.isWorthRepeating {
            Self.say("Error: \(error)")
            throw ExitCode(75)
        }
    }

    private func goBack(_ verbs: BoardVerbs) async throws {
        let rows = try await verbs.goBack(board)
        let text = RollbackText(board: board, version: rows.version, position: rows.position)
        switch format {
        case .text: print(text.text)
        case .json: print(String(decoding: text.json, as: UTF8.self))
        }
    }

    private func rebuild(_ verbs: BoardVerbs) async throws {
        let line = ProgressLine()
        let report: RebuildReport
        do {
            report = try await verbs.rebuild(board, purpose) {
                line.show($0)
            } waiting: { holder in
                Self.say("Board is being rebuilt by \(holder); waiting for that to end.")
            }
        } catch {
            line.end()
            throw error
        }
        line.end()
        let text = RebuildText(report, isCheck: check)
        switch format {
        case .text: print(text.lines.joined(separator: "\n"))
        case .json: print(String(decoding: text.json, as: UTF8.self))
        }
        guard report.isLive || check && report.isEqual else { throw ExitCode.failure }
    }

    private var purpose: BoardRebuild.Purpose {
        if check { .compare } else if acceptDifferences { .replace } else { .replaceWhenEqual }
    }

    private static func say(_ text: String) {
        FileHandle.standardError.write(Data("\(text)\n".utf8))
    }
}
