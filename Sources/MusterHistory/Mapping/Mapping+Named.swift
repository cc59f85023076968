import Glibc
import Records

extension Mapping {
    /// The names of the mappings that come with Muster.
    package static var shippedNames: [String] { shippedTexts.map(\.name) }

    /// The mapping of a name that comes with Muster, or else of a YAML file. Reading a file may block.
    package static func named(_ nameOrPath: String) throws(MappingError) -> Mapping {
        if let shipped = shippedTexts.first(where: { $0.name == nameOrPath }) {
            return try Mapping(yaml: shipped.yaml)
        }
        do throws(MappingError) {
            return try Mapping(yaml: fileText(nameOrPath))
        } catch {
            var error = error
            error.path = nameOrPath
            throw error
        }
    }

    private static func fileText(_ path: String) throws(MappingError) -> String {
        let names = shippedNames.joined(separator: ", ")
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw MappingError(
                Words(
                    "cannot be read (\(reason)), and is none of the mappings that come with Muster: \(names)",
                    zh: "无法读取（\(reason)），也不是自带的映射：\(names)"
                )
            )
        }
        defer { close(descriptor) }
        let limit = MappingNode.maximumTextBytes + 1
        var bytes: [UInt8] = []
        while bytes.count < limit {
            var count = 0
            let chunk = [UInt8](unsafeUninitializedCapacity: limit) { buffer, used in
                count = read(descriptor, buffer.baseAddress, buffer.count)
                used = max(0, count)
            }
            guard count >= 0 else {
                let reason = String(cString: strerror(errno))
                throw MappingError(Words("cannot be read: \(reason)", zh: "无法读取：\(reason)"))
            }
            if count == 0 { break }
            bytes += chunk
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw MappingError(Words("is not UTF-8 text", zh: "不是 UTF-8 文本"))
        }
        return text
    }
}
