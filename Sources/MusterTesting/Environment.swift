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
    package static var testServer: String? { value("MUSTER_TEST_DATABASE") }

    /// The seed of tests that are driven by chance, to repeat a round; nil: by chance as well.
    package static var seed: UInt64? { value("MUSTER_TEST_SEED").flatMap { UInt64($0) } }

    /// How long `make torture` lets such tests go on; nil in an ordinary run.
    package static var tortureMinutes: Int? { value("MUSTER_TORTURE_MINUTES").flatMap { Int($0) } }

    private static func value(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
