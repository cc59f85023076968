package import Records

/// An analysis as one HTML file that needs nothing else: pictures, tables, style and a small script are inside. It is
/// read without the script, which sorts tables and changes between light and dark.
///
/// The same analysis in the same language is the same bytes. The page is well-formed XML too.
package enum ReportPage {
    /// - Throws: only for a fault of the program's own templates.
    package static func html(_ analysis: HistoryAnalysis, language: Language) throws -> String {
        try PageTemplates.render(PageContents(analysis, language).fields)
    }
}
