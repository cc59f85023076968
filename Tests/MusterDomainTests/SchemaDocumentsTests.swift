import Foundation
import MusterDomain
import Testing

/// `schemas/` and the source say the same.
@Suite struct SchemaDocumentsTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../schemas").standardizedFileURL

    @Test("The folder schemas holds exactly the documents of commands, events and tasks")
    func folder() throws {
        let documents = SchemaDocuments.all()
        // Run the tests with MUSTER_WRITE_SCHEMAS=1 to bring the folder up to date.
        if ProcessInfo.processInfo.environment["MUSTER_WRITE_SCHEMAS"] == "1" { try write(documents) }
        for (path, document) in documents {
            let stored = try? Data(contentsOf: Self.folder.appending(path: path))
            #expect(stored.map { Array($0) } == document, "\(path) differs from the source")
        }
        #expect(try stored() == Set(documents.keys))
    }

    @Test("Every document is JSON")
    func isJSON() throws {
        for (path, document) in SchemaDocuments.all() {
            #expect(throws: Never.self, "\(path)") { try JSONSerialization.jsonObject(with: Data(document)) }
        }
    }

    private func write(_ documents: [String: [UInt8]]) throws {
        for (path, document) in documents {
            let file = Self.folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(document).write(to: file)
        }
    }

    private func stored() throws -> Set<String> {
        var paths: Set<String> = []
        for folder in ["commands", "events", "tasks"] {
            let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.appending(path: folder).path)
            paths.formUnion(names.filter { $0.hasSuffix(".json") }.map { "\(folder)/\($0)" })
        }
        return paths
    }
}
