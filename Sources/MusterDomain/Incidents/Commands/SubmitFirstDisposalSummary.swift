package import EventSourcing
import Records

/// Sums up the first disposal, once every group that stood up has reported.
package struct SubmitFirstDisposalSummary: Command, Hashable {
    package let incident: IncidentID
    package let text: String

    package init(
        incident: IncidentID,
        text: String
    ) {
        self.incident = incident
        self.text = text
    }

    package static let description = CommandDescription<SubmitFirstDisposalSummary>(
        "SubmitFirstDisposalSummary",
        of: .playbooks,
        Words("Submit the first disposal summary", zh: "提交首次处置汇总"),
        by: [.communityHead, .streetCoordinator, .districtCommand],
        under: "R6.3",
        Record<SubmitFirstDisposalSummary>(
            Field("incident", \.incident, .identifier(), Words("Incident", zh: "事件")),
            Field("text", \.text, .prose(), Words("Text", zh: "说明")),
            make: SubmitFirstDisposalSummary.init
        )
    )

    package var stream: StreamName { Incident.stream(incident) }

    package func decide(_ subject: Incident, in context: Context) throws(Rejection) -> [Incident.Event] {
        try context.requireCovers(try subject.requireSubject().territory)
        let playbook = try subject.requirePlaybook(Self.description.words)
        guard subject.status == .firstDisposal || subject.status == .reopened, !subject.isSummarised else {
            throw Rejection(
                rule: "S6",
                reason: "summarised-already",
                Words("The first disposal was summed up already.", zh: "首次处置已汇总。")
            )
        }
        guard !subject.groups.isEmpty else {
            throw Rejection(
                rule: "R6.3",
                reason: "no-group-up",
                Words("No group has stood up: there is nothing to sum up.", zh: "尚无工作组到位，无可汇总。")
            )
        }
        let silent = subject.silentGroups
        guard silent.isEmpty else {
            let names = silent.map { playbook.group($0)?.words ?? Words($0.rawValue, zh: $0.rawValue) }
            throw Rejection(
                rule: "R6.3",
                reason: "group-silent",
                Words(
                    "These groups have not reported: \(names.map(\.en).joined(separator: ", ")).",
                    zh: "尚未报告的工作组：\(names.map(\.zh).joined(separator: "、"))。"
                ),
                advice: Words("Each group that stood up reports first.", zh: "已到位的各组须先报告。")
            )
        }
        return [
            .firstDisposalSummarised(
                FirstDisposalSummarised(
                    incident: incident,
                    party: context.actor.party,
                    text: text,
                    groupsMissing: playbook.groups.map(\.group).filter { subject.groups[$0] == nil },
                    isLate: subject.isLate(.summary, context)
                )
            )
        ]
    }
}
