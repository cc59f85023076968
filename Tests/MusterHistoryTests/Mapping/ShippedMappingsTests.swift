import Foundation
import Testing

@testable import MusterHistory

@Suite("Shipped mappings")
struct ShippedMappingsTests {
    /// The repository's root, from this file's place in it.
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    @Test("each is read by its name, and says the same name itself", arguments: Mapping.shippedNames)
    func isValid(name: String) throws {
        #expect(try Mapping.named(name).name == name)
    }

    @Test("each is the file in schemas/mappings, letter by letter", arguments: Mapping.shippedNames)
    func isTheFile(name: String) throws {
        let file = Self.root.appendingPathComponent("schemas/mappings/\(name).yaml")
        #expect(try Mapping.named(name).text == String(contentsOf: file, encoding: .utf8))
    }
}
