import CXMLSchema
import Foundation

/// An XSD, by which libxml2 validates documents.
struct XMLSchema {
    let text: Data

    /// What is wrong with a document, a line for each fault; empty when it is valid.
    func faults(of document: Data) -> String {
        text.withUnsafeBytes { schema in
            document.withUnsafeBytes { document in
                let faults = xml_schema_faults(
                    schema.baseAddress?.assumingMemoryBound(to: CChar.self),
                    Int32(schema.count),
                    document.baseAddress?.assumingMemoryBound(to: CChar.self),
                    Int32(document.count)
                )
                defer { free(faults) }
                return faults.map { String(cString: $0) } ?? "no memory"
            }
        }
    }
}
