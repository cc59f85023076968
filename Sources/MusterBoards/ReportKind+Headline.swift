package import MusterDomain
package import Records

extension ReportKind {
    /// What boards call a matter: its kind, in each reader's language; for `other`, which says nothing, the title that
    /// somebody gave it, in whatever language that was.
    package func headline(title: String) -> Words {
        self == .other ? Words(title, zh: title) : words
    }
}
