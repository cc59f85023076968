import Testing

@testable import PostgresServer

@Suite("What a running server says about itself")
struct PostmasterFileTests {
    @Test("A ready server's file gives its process id and its readiness")
    func ready() throws {
        let text = "4711\n/data\n1763762400\n5432\n/data/socket\n\n 12345 67\nready   \n"
        let file = try #require(PostmasterFile(text))
        #expect(file.processID == 4711)
        #expect(file.isReady)
    }

    @Test("A server that is starting is not ready", arguments: ["4711\n", "4711\n/d\n1\n5432\n/s\n\n1 2\nstarting\n"])
    func starting(text: String) throws {
        #expect(try #require(PostmasterFile(text)).isReady == false)
    }

    @Test("Text that names no process is no file", arguments: ["", "\n", "abc\n", "-5\n", "0\n", "99999999999\n"])
    func malformed(text: String) {
        #expect(PostmasterFile(text) == nil)
    }

    @Test(
        "The command line tells our server from others and from strangers with its number",
        arguments: [
            ("/usr/lib/postgresql/15/bin/postgres\0-D\0/tmp\0-c\0port=5432\0", PostmasterFile.Holder.ours),
            ("postgres\0-D\0/usr\0", .none),
            ("postgres\0-D\0relative\0", .unknownServer),
            ("postgres\0", .unknownServer),
            ("postgres\0-D\0", .unknownServer),
            ("postgres: checkpointer \0", .none),
            ("/usr/bin/vi\0-D\0/tmp\0", .none),
            ("", .none),
        ]
    )
    func holder(commandLine: String, expected: PostmasterFile.Holder) {
        #expect(PostmasterFile.holder(commandLine: commandLine, dataDirectory: "/tmp") == expected)
    }
}
