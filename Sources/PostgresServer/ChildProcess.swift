import Glibc

/// A program started as a child in a process group of its own, so that a Ctrl-C typed at our terminal does not reach it.
///
/// Nothing here blocks: ends are awaited by asking (`WNOHANG`) between short sleeps. A child that outlives this value
/// goes on running.
package struct ChildProcess: Sendable {
    let processID: pid_t

    /// Starts `command`; its first word is looked up in `PATH`.
    ///
    /// The child inherits `output` (as standard output and error) and `inherited`, and nothing else: no other descriptor, no ignored or blocked
    /// signal, no environment but a path and a locale. It starts in `/`.
    init(_ command: [String], output: Int32, inherited: Int32? = nil) throws(ClusterError) {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        var codes = [
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0),
            posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO),
            posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO),
            posix_spawnattr_setsigmask(&attributes, &none),
            posix_spawnattr_setsigdefault(&attributes, &all),
            posix_spawnattr_setpgroup(&attributes, 0),
            posix_spawnattr_setflags(
                &attributes,
                Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
            ),
        ]
        // Onto itself: this takes the mark away that would close it.
        if let inherited { codes.append(posix_spawn_file_actions_adddup2(&actions, inherited, inherited)) }
        // A listening socket in the hands of a server that outlives us would keep our port from our successor. Closing
        // what meanwhile was closed does no harm.
        for descriptor in FileSystem.entries(of: "/proc/self/fd").compactMap({ Int32($0) }) {
            guard descriptor > STDERR_FILENO, descriptor != inherited else { continue }
            codes.append(posix_spawn_file_actions_addclose(&actions, descriptor))
        }
        var processID: pid_t = 0
        // `env` changes the directory and replaces itself, so that the child's process id is the program's: initdb fails
        // in a directory that its user cannot enter.
        var arguments = (["env", "-C", "/"] + command).map { strdup($0) } + [nil]
        var environment = [strdup("PATH=\(Self.searchPath)"), strdup("LC_ALL=C.UTF-8"), nil]
        defer { (arguments + environment).forEach { free($0) } }
        if codes.allSatisfy({ $0 == 0 }) {
            codes = [posix_spawnp(&processID, "env", &actions, &attributes, &arguments, &environment)]
        }
        if let code = codes.first(where: { $0 != 0 }) { throw .last("start", command.first ?? "", code: code) }
        self.processID = processID
    }

    /// Where programs are looked up, by us and by the child: our own path, and the places of system programs, which an
    /// ordinary user's path leaves out.
    static var searchPath: String {
        let own = getenv("PATH").map { String(cString: $0) + ":" } ?? ""
        return own + "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
    }

    /// The exit status once the child has ended (a signal as 128 + its number), nil while it runs. The first answer
    /// that is not nil forgets the child; ask no more after it.
    func exitStatus() -> Int32? {
        var status: Int32 = 0
        let answer = waitpid(processID, &status, WNOHANG)
        if answer == 0 || (answer < 0 && errno == EINTR) { return nil }
        guard answer == processID else { return 127 }
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }

    /// Runs a program to its end and returns what it printed (the first 64 KiB).
    ///
    /// Throws ``ClusterError/commandFailed(command:status:output:)`` for a status other than 0. On cancellation the
    /// program is killed, and `CancellationError` thrown once it is gone.
    @discardableResult
    package static func run(_ command: [String]) async throws -> String {
        // A file without a name takes the output, so that nobody has to read a pipe while waiting.
        var name = Array("/tmp/muster-output-XXXXXX".utf8CString)
        let output = mkstemp(&name)
        guard output >= 0 else { throw ClusterError.last("make", "a temporary file in /tmp") }
        unlink(name)
        defer { close(output) }
        let child = try ChildProcess(command, output: output)
        while true {
            if let status = child.exitStatus() {
                let printed = FileSystem.text(of: output, from: 0, limit: 64 * 1024)
                try Task.checkCancellation()
                guard status == 0 else {
                    throw ClusterError.commandFailed(
                        command: command.joined(separator: " "),
                        status: status,
                        output: lastLines(printed)
                    )
                }
                return printed
            }
            if Task.isCancelled { kill(child.processID, SIGKILL) }
            // In a cancelled task this returns at once: the loop then asks until the kill has done its work.
            try? await Task.sleep(for: .milliseconds(5))
            if Task.isCancelled { await Task.yield() }
        }
    }

    /// The last lines of a program's output, for an error message.
    static func lastLines(_ text: String, count: Int = 12) -> String {
        text.split(separator: "\n").suffix(count).joined(separator: "\n")
    }
}
