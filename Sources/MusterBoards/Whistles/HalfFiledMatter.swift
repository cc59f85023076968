package import EventSourcing
package import MusterDomain
import Records

/// A matter of which one side alone has told its superior; closing needs both (R3.5).
package struct HalfFiledMatter: Hashable, Sendable {
    package let matter: MatterID
    package let title: String
    package let kind: ReportKind
    package let place: String
    /// When the community filed; nil while it has not.
    package let community: Timestamp?
    /// When the department filed; nil while it has not.
    package let department: Timestamp?
    /// Since when the other side is missing.
    package let since: Timestamp

    init?(_ file: MatterFile) {
        guard file.isHalfFiled, let subject = file.matter.subject else { return nil }
        matter = subject.matter
        title = file.title
        kind = subject.kind
        place = file.place
        community = file.matter.filings.contains(.community) ? file.filings[.community]?.at : nil
        department = file.matter.filings.contains(.department) ? file.filings[.department]?.at : nil
        guard let since = community ?? department else { return nil }
        self.since = since
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("matter", matter.rawValue)
        writer.member("reference", Reference.text(matter.rawValue))
        writer.member("title", title)
        writer.member("kind", kind.rawValue)
        writer.member("place", place)
        writer.member("community", community)
        writer.member("department", department)
        writer.member("since", since)
        writer.endObject()
    }
}
