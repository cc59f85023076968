import Glibc
import Logging

/// What is needed to run a server: its programs, its user, its data directory without links.
struct ServerInstallation: Sendable {
    let binaries: ServerBinaries
    let account: ServerAccount
    let dataDirectory: String
}

/// The data directory of a private cluster: found and checked, or made.
struct ClusterData: Sendable {
    /// Where root's clusters go whose own directory the server's user cannot reach.
    private static let reachableParent = "/var/lib/muster-private"

    private static let unfinishedPrefix = "postgres.new-"

    let directory: String
    let link: String
    let logger: Logger

    func makeReady() async throws -> ServerInstallation {
        let installed = try await ServerBinaries.installed()
        if let installation = try existing(installed) { return installation }
        if let target = FileSystem.linkTarget(of: link) {
            throw ClusterError.dataMissing(link: link, target: target)
        }
        return try await make(with: installed[0])
    }

    private func existing(_ installed: [ServerBinaries]) throws -> ServerInstallation? {
        guard let dataDirectory = FileSystem.realPath(link) else { return nil }
        guard let text = try FileSystem.text(of: dataDirectory + "/PG_VERSION") else {
            throw ClusterError.notACluster(dataDirectory: dataDirectory)
        }
        let version = String(text.prefix { !$0.isWhitespace })
        guard let binaries = installed.first(where: { "\($0.major)" == version }) else {
            throw ClusterError.versionMismatch(
                dataDirectory: dataDirectory,
                dataVersion: version,
                installed: installed.map(\.major)
            )
        }
        let account = try ServerAccount.owning(dataDirectory: dataDirectory)
        return ServerInstallation(binaries: binaries, account: account, dataDirectory: dataDirectory)
    }

    /// Makes the cluster under another name first, so that a directory called `postgres` is always a whole one.
    private func make(with binaries: ServerBinaries) async throws -> ServerInstallation {
        let account = try ServerAccount.forNewCluster()
        let home = try home(for: account)
        clearUnfinished(in: home)
        let unfinished = try FileSystem.makeTemporaryDirectory(in: home, prefix: Self.unfinishedPrefix)
        try FileSystem.setOwner(of: unfinished, to: account)
        let initdb = [
            binaries.initdb, "--pgdata=\(unfinished)", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8",
            // Who may open the socket is decided by its directory, which only the server's user and root can enter.
            "--data-checksums", "--auth-local=trust", "--auth-host=reject",
        ]
        try await ChildProcess.run(account.command(initdb))
        let dataDirectory = home + "/postgres"
        try FileSystem.move(unfinished, to: dataDirectory)
        if dataDirectory != link {
            guard symlink(dataDirectory, link) == 0 else { throw ClusterError.last("make link", link) }
            logger.notice(
                "PostgreSQL's user cannot reach the data directory given; the data is kept elsewhere, behind a link",
                metadata: ["directory": "\(directory)", "data": "\(dataDirectory)"]
            )
        }
        logger.info("PostgreSQL cluster made", metadata: ["data": "\(dataDirectory)", "version": "\(binaries.major)"])
        return ServerInstallation(binaries: binaries, account: account, dataDirectory: dataDirectory)
    }

    /// The directory that gets the data: our own, or a new one that the server's user can reach.
    private func home(for account: ServerAccount) throws -> String {
        if !account.needsChange || account.canReach(directory) { return directory }
        try FileSystem.makeDirectory(Self.reachableParent, mode: 0o755)
        let home = try FileSystem.makeTemporaryDirectory(in: Self.reachableParent, prefix: "")
        guard chmod(home, 0o711) == 0 else { throw ClusterError.last("change the mode of", home) }
        return home
    }

    /// Removes what calls that were killed have left. Their initdb may have outlived them and still be writing, which
    /// makes a removal fail: that one is left to the next call, and its name is never used again.
    private func clearUnfinished(in home: String) {
        for name in FileSystem.entries(of: home) where name.hasPrefix(Self.unfinishedPrefix) {
            do {
                try FileSystem.removeTree(home + "/" + name)
            } catch {
                logger.info("unfinished cluster not removed", metadata: ["error": "\(error)"])
            }
        }
    }
}
