package import EventSourcing
import Records

/// Tells one's own superior how it went.
package struct FileWithSuperior: Command, Hashable {
    package let matter: MatterID
    package let side: FilingSide
    package let superior: String
    package let text: String

    package init(
        matter: MatterID,
        side: FilingSide,
        superior: String,
        text: String
    ) {
        self.matter = matter
        self.side = side
        self.superior = superior
        self.text = text
    }

    package static let description = CommandDescription<FileWithSuperior>(
        "FileWithSuperior",
        of: .whistles,
        Words("File with the superior", zh: "向上级报备"),
        by: [.communityHead, .streetCoordinator, .departmentOfficer, .districtCommand],
        under: "R3.6",
        Record<FileWithSuperior>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("side", \.side, .choice, Words("Side", zh: "报备方")),
            Field("superior", \.superior, .line(), Words("Superior", zh: "上级")),
            Field("text", \.text, .prose(), Words("Text", zh: "说明")),
            make: FileWithSuperior.init
        )
    )

    package var stream: StreamName { StreamName(category: "matter", id: matter.rawValue) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        []
    }
}
