import Foundation

/// Where raw connections to a server go.
struct ServerAddress: Sendable {
    let host: String
    let port: Int

    init(_ url: String) throws {
        guard let parts = URLComponents(string: url), let host = parts.host, let port = parts.port else {
            throw BenchError("'\(url)' has no host and port")
        }
        self.host = host
        self.port = port
    }
}
