/// The installed programs of one PostgreSQL server version.
struct ServerBinaries: Sendable, Equatable {
    /// The oldest major version Muster runs on.
    static let oldestMajor = 15

    let directory: String
    let major: Int

    var postgres: String { directory + "/postgres" }
    var initdb: String { directory + "/initdb" }

    /// Finds every installed server from version 15 on, newest first, in the places distributions use and in `PATH`.
    ///
    /// Throws ``ClusterError/binariesMissing(searched:)`` if there is none.
    static func installed() async throws -> [ServerBinaries] {
        var places: [String] = []
        // libpq's development package brings pg_config; a machine that only runs Muster may not have it.
        if let answer = try? await ChildProcess.run(["pg_config", "--bindir"]) {
            places.append(String(answer.prefix { !$0.isNewline }))
        }
        places += FileSystem.entries(of: "/usr/lib/postgresql").map { "/usr/lib/postgresql/\($0)/bin" }
        places += FileSystem.entries(of: "/usr").filter { $0.hasPrefix("pgsql-") }.map { "/usr/\($0)/bin" }
        places += ChildProcess.searchPath.split(separator: ":").map(String.init)
        return try await installed(in: places)
    }

    static func installed(in places: [String]) async throws -> [ServerBinaries] {
        var found: [ServerBinaries] = []
        var seen: Set<String> = []
        for place in places {
            // Several places may lead to the same programs through links.
            guard let real = FileSystem.realPath(place + "/postgres") else { continue }
            let directory = FileSystem.parent(of: real)
            guard seen.insert(directory).inserted, FileSystem.exists(directory + "/initdb") else { continue }
            guard let answer = try? await ChildProcess.run([real, "--version"]), let major = major(in: answer),
                major >= oldestMajor
            else { continue }
            found.append(ServerBinaries(directory: directory, major: major))
        }
        try Task.checkCancellation()
        guard !found.isEmpty else {
            var searched: [String] = []
            for place in places where !searched.contains(place) { searched.append(place) }
            throw ClusterError.binariesMissing(searched: searched)
        }
        return found.sorted { $0.major > $1.major }
    }

    /// The major version in the answer to `postgres --version`, such as `postgres (PostgreSQL) 17beta1 (Debian …)`.
    static func major(in answer: String) -> Int? {
        guard let mark = answer.firstRange(of: "(PostgreSQL) ") else { return nil }
        return Int(answer[mark.upperBound...].prefix { $0.isASCII && $0.isNumber })
    }
}
