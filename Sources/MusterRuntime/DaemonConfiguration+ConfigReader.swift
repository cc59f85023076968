package import Configuration
import EventSourcing
import Evidence
import Logging
import MusterDomain
import SystemPackage

extension DaemonConfiguration {
    /// Reads the configuration of a daemon.
    ///
    /// | key | type | default | meaning |
    /// | --- | --- | --- | --- |
    /// | `database.url` | text, secret | required, or `database.urlFile` | libpq connection string or `postgresql://` URL |
    /// | `database.urlFile` | path | – | a file that holds the URL, as a systemd credential |
    /// | `log.name` | text | `town` | the log to serve |
    /// | `http.listen` | `HOST:PORT` | `127.0.0.1:8080` | where the gateway listens |
    /// | `http.publicURL` | URL | the listening address | how people reach it |
    /// | `keys.directory` | path | `/var/lib/muster/keys` | signing keys |
    /// | `evidence.origin` | text | host of `http.publicURL` or of the machine, `/v1/logs/` and the log | names the log in its checkpoints; fixed by the first |
    /// | `evidence.witnesses` | list | none | witnesses of the checkpoints, each `KEY URL` |
    /// | `limits.file` | path | – | a YAML file of time limits, the same for all roles; others are the standard ones |
    /// | `limits.speed` | number, 0.1…10000 | 1 | divides all time limits, for drills |
    /// | `drain.seconds` | integer, 1…600 | 30 | how long a stopping process waits for what is under way |
    /// | `logging.level` | trace…critical | `info` | |
    ///
    /// In the environment the same keys are written `MUSTER_DATABASE_URL`, `MUSTER_HTTP_LISTEN` and so on.
    package init(roles: Roles, reader: ConfigReader) throws {
        let database = reader.scoped(to: "database")
        var url = database.string(forKey: "url", isSecret: true)
        if url == nil, let path = database.string(forKey: "urlFile") {
            url = try Self.firstLine(of: path)
        }
        guard let url, !url.isEmpty else {
            throw ConfigurationError(key: "database.url", needs: "must be set, as postgresql:///muster")
        }
        let logName = reader.string(forKey: "log.name", default: "town")
        guard let log = LogName(logName) else {
            throw ConfigurationError(
                key: "log.name",
                needs: "must be a lower-case letter, then lower-case letters, digits or hyphens, not '\(logName)'"
            )
        }
        let listenText = reader.string(forKey: "http.listen", default: "127.0.0.1:8080")
        guard let listen = Address(listenText) else {
            throw ConfigurationError(key: "http.listen", needs: "must be HOST:PORT, not '\(listenText)'")
        }
        let speed = reader.double(forKey: "limits.speed", default: 1)
        guard (0.1...10_000).contains(speed) else {
            throw ConfigurationError(key: "limits.speed", needs: "must be from 0.1 to 10000")
        }
        let limits = try reader.string(forKey: "limits.file").map(LimitsFile.limits) ?? .standard
        let origin = reader.string(forKey: "evidence.origin")
        if let origin, NoteKey.isName(origin) == false {
            throw ConfigurationError(
                key: "evidence.origin",
                needs: "must hold neither spaces nor a plus, as muster.example/town, not '\(origin)'"
            )
        }
        let witnesses = try reader.stringArray(forKey: "evidence.witnesses", default: []).map { text in
            guard let witness = WitnessAddress(text) else {
                throw ConfigurationError(
                    key: "evidence.witnesses",
                    needs: "must be a witness's key, a space and its URL, not '\(text)'"
                )
            }
            return witness
        }
        let drain = reader.int(forKey: "drain.seconds", default: 30)
        guard (1...600).contains(drain) else {
            throw ConfigurationError(key: "drain.seconds", needs: "must be from 1 to 600")
        }
        let levelText = reader.string(forKey: "logging.level", default: "info")
        guard let level = Logger.Level(rawValue: levelText) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw ConfigurationError(key: "logging.level", needs: "must be one of \(levels)")
        }
        self.init(
            roles: roles,
            databaseURL: url,
            log: log,
            listen: listen,
            publicURL: reader.string(forKey: "http.publicURL"),
            keyDirectory: reader.string(forKey: "keys.directory", default: "/var/lib/muster/keys"),
            limits: limits,
            speed: speed,
            evidenceOrigin: origin,
            witnesses: witnesses,
            drainLimit: .seconds(drain),
            logLevel: level
        )
    }

    /// The sources of configuration, the strongest first: flags, environment, file.
    package static func reader(flags: [String: String], file: String?) async throws -> ConfigReader {
        var providers: [any ConfigProvider] = [
            InMemoryProvider(
                name: "flags",
                values: Dictionary(
                    uniqueKeysWithValues: flags.map { key, value in
                        (
                            AbsoluteConfigKey(key.split(separator: ".").map(String.init)),
                            ConfigValue(.string(value), isSecret: false)
                        )
                    }
                )
            ),
            EnvironmentVariablesProvider().prefixKeys(with: "muster"),
        ]
        if let file {
            do {
                providers.append(try await FileProvider<YAMLSnapshot>(filePath: FilePath(file)))
            } catch {
                throw ConfigurationError(key: file, needs: "must be a readable YAML file: \(error)")
            }
        }
        return ConfigReader(providers: providers)
    }

    private static func firstLine(of path: String) throws -> String {
        let limit = 4_096
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly)
            return try file.closeAfter {
                try withUnsafeTemporaryAllocation(byteCount: limit, alignment: 1) { buffer in
                    let count = try file.read(into: buffer)
                    let text = String(decoding: buffer[..<count], as: UTF8.self)
                    return String(text.prefix { !$0.isNewline })
                }
            }
        } catch {
            throw ConfigurationError(key: "database.urlFile", needs: "must be a readable file; \(path): \(error)")
        }
    }
}
