#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What tests read from the environment.
package enum Environment {
    /// The connection string (key=value …) of the server tests make their databases on.
    package static var testServer: String? {
        getenv("MUSTER_TEST_DATABASE").map { String(cString: $0) }
    }
}
