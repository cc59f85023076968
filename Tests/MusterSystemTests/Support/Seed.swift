import Foundation
import MusterTesting

/// The seed of what tests choose by chance: printed, and given again in `MUSTER_TEST_SEED` to repeat a run.
enum Seed {
    static func generator(for test: String) -> SeededGenerator {
        let given = ProcessInfo.processInfo.environment["MUSTER_TEST_SEED"].flatMap { UInt64($0) }
        let seed = given ?? UInt64.random(in: 0...999_999)
        print("\(test): MUSTER_TEST_SEED=\(seed)")
        return SeededGenerator(seed: seed)
    }
}
