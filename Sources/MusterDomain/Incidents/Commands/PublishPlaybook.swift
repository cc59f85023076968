package import EventSourcing
import Records

/// Publishes a version of a playbook. Incidents that run keep theirs (R6.7).
package struct PublishPlaybook: Command, Hashable {
    /// Whole, with all its groups and steps.
    package let playbook: Playbook

    package init(
        playbook: Playbook
    ) {
        self.playbook = playbook
    }

    package static let description = CommandDescription<PublishPlaybook>(
        "PublishPlaybook",
        of: .playbooks,
        Words("Publish a playbook", zh: "发布预案"),
        by: [.administrator, .districtCommand],
        under: "S6",
        isOrder: true,
        Record<PublishPlaybook>(
            Field("playbook", \.playbook, Playbook.sent, Words("Playbook", zh: "预案")),
            make: PublishPlaybook.init
        )
    )

    package var stream: StreamName { PlaybookRegister.stream }

    package func decide(
        _ register: PlaybookRegister,
        in context: Context
    ) throws(Rejection) -> [PlaybookRegister.Event] {
        if let problem = playbook.problems.first {
            throw Rejection(
                rule: "R6.7",
                reason: "playbook-broken",
                Words("\(problem.pointer): \(problem.words.en).", zh: "\(problem.pointer)：\(problem.words.zh)。")
            )
        }
        if let newest = register.newest(of: playbook.playbook) {
            // Whoever sends the newest once more has it published already.
            if newest == playbook { return [] }
            guard playbook.version > newest.version else {
                throw Rejection(
                    rule: "R6.7",
                    reason: "version-not-higher",
                    Words(
                        "Version \(newest.version) of \(playbook.playbook) is published; a version is never changed.",
                        zh: "预案 \(playbook.playbook) 第 \(newest.version) 版已发布；已发布的版本不得更改。"
                    ),
                    advice: Words("Publish it with a higher version.", zh: "请以更高的版本号发布。")
                )
            }
            guard playbook.kind == newest.kind else {
                throw Rejection(
                    rule: "R6.7",
                    reason: "kind-changed",
                    Words(
                        "\(playbook.playbook) is for incidents of the kind \(newest.kind).",
                        zh: "预案 \(playbook.playbook) 适用于类别 \(newest.kind)。"
                    ),
                    advice: Words("Give the playbook another name.", zh: "请为该预案另取名称。")
                )
            }
        }
        guard register.count < PlaybookRegister.maximumVersions else {
            throw Rejection(
                rule: "R6.7",
                reason: "too-many-playbooks",
                Words(
                    "There are \(register.count) versions of playbooks already.",
                    zh: "已有 \(register.count) 个预案版本。"
                )
            )
        }
        return [.published(PlaybookPublished(playbook: playbook))]
    }
}
