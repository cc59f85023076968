import Mustache

/// The report's templates, style and scripts, embedded in the program.
enum PageTemplates {
    /// A template of ours that does not read as one, or is not there: a fault of the program.
    struct Unusable: Error, CustomStringConvertible {
        let name: String

        var description: String { "the report's template \(name) cannot be used" }
    }

    private static let sources: [(name: String, bytes: [UInt8])] = [
        ("report", PackageResources.report_mustache), ("block", PackageResources.block_mustache),
        ("figure", PackageResources.figure_mustache), ("table", PackageResources.table_mustache),
        ("paths", PackageResources.paths_mustache),
    ]

    static func render(_ fields: [String: Any]) throws -> String {
        MustacheContentTypes.register(Markup(), named: Markup.name)
        var library = MustacheLibrary()
        for (name, bytes) in sources {
            let text = "{{% CONTENT_TYPE:\(Markup.name)}}" + String(decoding: bytes, as: UTF8.self)
            do { try library.register(text, named: name) } catch { throw Unusable(name: name) }
        }
        guard let page = library.render(fields, withTemplate: "report") else { throw Unusable(name: "report") }
        return page
    }

    static var style: String { compact(PackageResources.report_css) }
    static var themeScript: String { compact(PackageResources.theme_js) }
    static var pageScript: String { compact(PackageResources.page_js) }

    /// Without what is there for readers of the source alone: indentation, empty lines, and lines that are comments.
    private static func compact(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            let text = line.drop { $0 == " " }
            let isComment = text.hasPrefix("//") || text.hasPrefix("/*") && text.hasSuffix("*/")
            return text.isEmpty || isComment ? nil : String(text)
        }.joined(separator: "\n")
    }
}
