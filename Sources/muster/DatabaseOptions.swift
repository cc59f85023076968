import ArgumentParser
import MusterRuntime

/// `--data` or `--database`: what every verb takes that needs the database.
struct DatabaseOptions: ParsableArguments {
    @Option(help: "Directory of the private PostgreSQL cluster (default: \(DatabaseAccess.defaultDirectory)).")
    var data: String?

    @Option(help: "Connection string or URL of a PostgreSQL server, instead of the private cluster.")
    var database: String?

    var access: DatabaseAccess {
        if let database { .url(database) } else { .directory(data ?? DatabaseAccess.defaultDirectory) }
    }

    func validate() throws {
        if data != nil, database != nil {
            throw ValidationError("--data and --database exclude each other: give one of them")
        }
    }
}
