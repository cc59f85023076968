package import Records

/// A version of a playbook may be activated from now on.
package struct PlaybookPublished: Hashable, Sendable {
    package let playbook: Playbook

    package init(
        playbook: Playbook
    ) {
        self.playbook = playbook
    }

    package static let record = Record<PlaybookPublished>(
        refusesUnknownMembers: false,
        Field("playbook", \.playbook, Playbook.stored.codec, Words("Playbook", zh: "预案")),
        make: PlaybookPublished.init
    )
}
