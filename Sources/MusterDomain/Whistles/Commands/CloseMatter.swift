package import EventSourcing
import Records

/// Ends a matter.
package struct CloseMatter: Command, Hashable {
    package let matter: MatterID
    package let text: String?

    package init(
        matter: MatterID,
        text: String? = nil
    ) {
        self.matter = matter
        self.text = text
    }

    package static let description = CommandDescription<CloseMatter>(
        "CloseMatter",
        of: .whistles,
        Words("Close the matter", zh: "办结"),
        by: [.communityHead],
        under: "R3.6",
        Record<CloseMatter>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("text", \.text, Codec<String>.prose().optional, Words("Text", zh: "说明")),
            make: CloseMatter.init
        )
    )

    package var stream: StreamName { StreamName(category: "matter", id: matter.rawValue) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        []
    }
}
