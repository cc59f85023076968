import Foundation
import Records
import Testing

@testable import MusterHistory

@Suite("Rejects file")
struct RejectsFileTests {
    @Test("rejected rows are lines of CSV, safe to open in a spreadsheet")
    func writes() throws {
        let place = try TemporaryFile(text: "x")
        let path = place.path + ".rejects.csv"
        let file = RejectsFile(path: path)
        try file.write(RejectedRow(line: 3, column: "=cmd()", reason: .time("so,\"on\"")))
        try file.write(RejectedRow(line: 4, column: nil, reason: .truncated))
        try file.finish()
        #expect(
            try String(contentsOfFile: path, encoding: .utf8) == """
                line,column,code,reason
                3,"'=cmd()",time,"“so,""on""” is not a time of the mapping's formats"
                4,,truncated,"is incomplete: the file ends in the middle of this row"

                """
        )
    }

    @Test("without a rejected row there is no file")
    func staysAway() throws {
        let place = try TemporaryFile(text: "x")
        let path = place.path + ".rejects.csv"
        let file = RejectsFile(path: path)
        try file.finish()
        #expect(!file.isWritten)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("the list of an earlier import goes when no row is rejected any more, and nothing else does")
    func replaces() throws {
        let earlier = try TemporaryFile(text: "line,column,code,reason\n3,,truncated,\"is incomplete\"\n")
        try RejectsFile(path: earlier.path).finish()
        #expect(!FileManager.default.fileExists(atPath: earlier.path))
        // Nobody waits for what such a place may say.
        try RejectsFile(path: "/dev/stdin").finish()
        let own = try TemporaryFile(text: "line,column\n3,x\n")
        try RejectsFile(path: own.path).finish()
        #expect(FileManager.default.fileExists(atPath: own.path))
    }

    @Test(
        "the list of a file lies beside it, and that of a device in the current folder",
        arguments: [
            ("calls.csv", "calls.csv.rejects.csv"), ("../a/calls.csv.gz", "../a/calls.csv.gz.rejects.csv"),
            ("/data/b/calls.csv", "/data/b/calls.csv.rejects.csv"), ("/dev/stdin", "stdin.rejects.csv"),
            ("/proc/self/fd/0", "0.rejects.csv"),
        ]
    )
    func place(input: String, list: String) {
        #expect(RejectsFile.path(for: input) == list)
    }

    @Test("a place that cannot be written is named, and how to name another")
    func cannotWrite() throws {
        let file = RejectsFile(path: "/nowhere/rejects.csv")
        let error = try #require(throws: ImportError.self) {
            try file.write(RejectedRow(line: 1, column: nil, reason: .truncated))
        }
        #expect(error.description.contains("/nowhere/rejects.csv"))
        #expect(error.words.en.contains("--rejects"))
        #expect(error.words.zh.contains("--rejects"))
    }
}
