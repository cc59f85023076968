import Glibc

/// What a running server says about itself in `postmaster.pid`, in its data directory.
///
/// The lines are described in PostgreSQL's `src/include/utils/pidfile.h`. The file of a server that was killed stays.
struct PostmasterFile: Sendable, Equatable {
    let processID: pid_t
    let isReady: Bool

    /// Reads the file's text; nil while the server is still writing its first lines.
    init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, let processID = pid_t(first), processID > 0 else { return nil }
        self.processID = processID
        isReady = lines.count > 7 && lines[7].hasPrefix("ready")
    }

    /// A server known by its process id alone.
    init(processID: pid_t) {
        self.processID = processID
        isReady = false
    }

    static func path(in dataDirectory: String) -> String { dataDirectory + "/postmaster.pid" }

    static func read(in dataDirectory: String) throws(ClusterError) -> PostmasterFile? {
        guard let text = try FileSystem.text(of: path(in: dataDirectory)) else { return nil }
        return PostmasterFile(text)
    }

    /// Who has the process id now.
    enum Holder: Sendable, Equatable {
        /// The server we started on this data directory.
        case ours
        /// Nobody, or a process that cannot be its server: the number was given out anew after a crash.
        case none
        /// A server, perhaps on this data directory, but not started from here.
        case unknownServer
    }

    /// Decides by the process's command line (`/proc/PID/cmdline`: words ended by NUL; empty for a process that ended
    /// and was not collected yet). A server keeps the one it was started with, and we give the absolute data directory.
    static func holder(commandLine: String, dataDirectory: String) -> Holder {
        let words = commandLine.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
        guard let program = words.first?.split(separator: "/").last, program == "postgres" || program == "postmaster"
        else { return .none }
        guard let option = words.firstIndex(of: "-D"), option + 1 < words.count else { return .unknownServer }
        if words[option + 1] == dataDirectory { return .ours }
        return words[option + 1].hasPrefix("/") && FileSystem.realPath(words[option + 1]) != dataDirectory
            ? .none : .unknownServer
    }

    func holder(dataDirectory: String) throws(ClusterError) -> Holder {
        let commandLine = try FileSystem.text(of: "/proc/\(processID)/cmdline") ?? ""
        // If the server was our child and has ended, this collects it. Asked after the command line was read, it decides:
        // a child on its way out has lost that already, and is not gone yet.
        var status: Int32 = 0
        switch waitpid(processID, &status, WNOHANG) {
        case processID: return .none
        case 0 where commandLine.isEmpty: return .ours
        default: return Self.holder(commandLine: commandLine, dataDirectory: dataDirectory)
        }
    }
}
