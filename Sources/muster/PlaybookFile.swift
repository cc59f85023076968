import ArgumentParser
import Foundation
import MusterDomain
import Records
import YAMLRecords

/// A playbook as somebody wrote it.
struct PlaybookFile {
    private let path: String
    private let text: String

    /// - Throws: when it cannot be read.
    init(_ path: String) throws {
        self.path = path
        do {
            text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
        } catch {
            throw ValidationError("\(path) cannot be read: \(error.localizedDescription)")
        }
    }

    /// Nil when something is wrong with it, which is then told on standard error.
    func playbook(_ language: Language) -> Playbook? {
        do throws(YAMLProblems) {
            return try YAMLDocument(text).decode(Playbook.sent)
        } catch {
            for problem in error.list.prefix(20) { complain(problem.words[language]) }
            if error.list.count > 20 { complain("… \(error.list.count - 20)") }
            return nil
        }
    }

    private func complain(_ text: String) {
        FileHandle.standardError.write(Data("\(path): \(text)\n".utf8))
    }
}
