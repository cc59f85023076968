import EventSourcing
import MusterDomain
import Records

/// How people of the town act in an incident: one suspects, a department verifies, the street declares, and the groups of
/// the playbook work side by side until it is re-checked and over.
extension TownStory {
    func deeds(in incident: Incident) -> [TownDeed] {
        guard let subject = incident.subject, let status = incident.status,
            let community = Town.community(holding: subject.territory), let gas = Town.duty(of: Town.gas)
        else { return [] }
        let id = subject.incident
        func deed(_ step: String, _ actor: Actor, _ command: any Command, _ mean: Duration) -> TownDeed {
            let key = "\(id)/\(incident.round)/\(step)"
            return TownDeed(key: key, actor: actor, command: command, after: dice.delay(key, mean: mean))
        }
        switch status {
        case .suspected:
            let mean = limit(of: .verification, in: incident)
            if dice.isTrue("\(id)/false", chance: 0.2) {
                return [deed("rule-out", gas, RuleOutCase(incident: id, text: "Fresh paint, no gas."), mean)]
            }
            return [deed("verify", gas, VerifyCase(incident: id, text: "Measured on the spot."), mean)]
        case .verified:
            let order = DeclareIncident(incident: id, level: .iii, basis: "Measured gas in an inhabited building.")
            return [deed("declare", Town.streetDuty, order, .seconds(240))]
        case .declared:
            let order = ActivatePlaybook(incident: id, playbook: Town.gasLeak, version: 1)
            return [deed("activate", Town.streetDuty, order, .seconds(120))]
        case .firstDisposal, .followUp, .rechecked, .reopened:
            guard let playbook = incident.playbook else { return [] }
            var deeds = playbook.groups.flatMap { group in
                work(of: group, in: incident, community, status).map { deed($0.step, $0.actor, $0.command, $0.mean) }
            }
            if status == .firstDisposal, hasReports(incident, playbook) {
                let summary = SubmitFirstDisposalSummary(incident: id, text: "Shut off, everybody out, ground closed.")
                deeds.append(deed("summary", Town.streetDuty, summary, .seconds(600)))
            }
            deeds += rechecks(in: incident, gas)
            if status == .rechecked, incident.groups.values.allSatisfy({ !$0.isStanding }) {
                deeds.append(deed("close", Town.streetDuty, CloseIncident(incident: id), .seconds(600)))
            }
            return deeds
        case .closed, .ruledOut: return []
        }
    }

    /// Limits run as fast as the town.
    private func limit(of clock: IncidentClock, in incident: Incident) -> Duration {
        incident.clocks[clock].map { $0.limit * speed * 0.6 } ?? .seconds(300)
    }

    private typealias Work = (step: String, actor: Actor, command: any Command, mean: Duration)

    /// What a group does next: it stands up, names its lead, and takes one step after the other.
    private func work(
        of group: PlaybookGroup,
        in incident: Incident,
        _ community: Town.Community,
        _ status: IncidentStatus
    ) -> [Work] {
        let actor: Actor? =
            switch group.partyKind {
            case .community: Town.head(of: community)
            case .property: Town.duty(of: community.property)
            default: Town.duty(of: Town.gas)
            }
        guard let actor, let id = incident.subject?.incident else { return [] }
        let name = group.group
        guard let own = incident.groups[name] else {
            let up = StandUpGroup(incident: id, group: name, party: actor.party)
            return [("up/\(name)", actor, up, limit(of: .groupUp(name), in: incident))]
        }
        guard own.isStanding else { return [] }
        guard own.lead != nil else {
            let lead = AssignGroupLead(incident: id, group: name, person: actor.person)
            return [("lead/\(name)", actor, lead, .seconds(60))]
        }
        let steps = group.steps.compactMap { incident.steps[$0.step] }
        if let begun = steps.first(where: { $0.state == .started }) {
            let mean = limit(of: .step(begun.step.step), in: incident)
            return [("do/\(begun.step.step)", actor, complete(begun.step, in: incident, id), mean)]
        }
        let isFollowUp = status == .followUp || status == .rechecked
        let next = steps.first { work in
            work.state == .waiting && (work.step.phase == .firstDisposal || isFollowUp)
                && work.step.needs.allSatisfy { incident.steps[$0]?.state.isFinished == true }
        }
        if let next {
            let start = StartStep(incident: id, step: next.step.step, checks: next.step.requires)
            return [("start/\(next.step.step)", actor, start, .seconds(120))]
        }
        guard status == .rechecked, steps.allSatisfy(\.state.isFinished) else { return [] }
        return [("down/\(name)", actor, StandDownGroup(incident: id, group: name), .seconds(300))]
    }

    private func complete(_ step: PlaybookStep, in incident: Incident, _ id: IncidentID) -> CompleteStep {
        let kind = step.evidence.kind
        return CompleteStep(
            incident: id,
            step: step.step,
            text: kind == .text ? "Done as the playbook says." : nil,
            photo: kind == .photo ? "photos/\(id)-\(step.step).jpg" : nil,
            figure: kind == .figure ? step.evidence.minimum ?? 1 : nil,
            unit: kind == .figure ? step.evidence.unit : nil,
            sites: step.coversSites ? incident.sites : []
        )
    }

    private func hasReports(_ incident: Incident, _ playbook: Playbook) -> Bool {
        playbook.groups.allSatisfy { group in
            incident.groups[group.group] != nil
                && group.steps.filter(\.isReport).allSatisfy { incident.steps[$0.step]?.state.isFinished == true }
        }
    }

    private func rechecks(in incident: Incident, _ actor: Actor) -> [TownDeed] {
        guard let id = incident.subject?.incident else { return [] }
        return incident.rechecks.compactMap { recheck, work in
            guard !work.isPassed else { return nil }
            let key = "\(id)/\(incident.round)/recheck/\(recheck)"
            return TownDeed(
                key: key,
                actor: actor,
                command: RecordRecheck(incident: id, recheck: recheck, passed: true, sites: incident.sites),
                after: dice.delay(key, mean: limit(of: .recheck(recheck), in: incident)),
                notBefore: work.notBefore
            )
        }
    }

    /// Somebody smells gas again; nil when the number leads nowhere.
    func suspicion(_ number: Int, at now: Timestamp) -> TownCommand? {
        let key = "incident/\(number)"
        let day = String((now + .seconds(8 * 3_600)).rfc3339.prefix(10))
        guard let community = dice.pick(Town.communities, key), let grid = dice.pick(community.grids, key),
            let worker = Town.worker(of: grid, in: community), let street = dice.pick(community.streets, key),
            let incident = IncidentID(rawValue: "I-\(number + 1)"), let day = CaseDay(rawValue: day)
        else { return nil }
        let house = 1 + Int(dice.fraction("\(key)/house") * 40)
        return TownCommand(
            worker,
            ReportSuspectedCase(
                incident: incident,
                kind: Town.gasLeakKind,
                day: day,
                territory: grid,
                sites: [SiteID("stairwell"), SiteID("cellar")],
                places: ["\(street.en) \(house)", "\(street.en) \(house), below"],
                text: "It smells of gas in the whole stairwell."
            ),
            key: key
        )
    }
}

extension Town {
    static let gasLeak = PlaybookID("town-gas-leak")
    static let gasLeakKind = IncidentKindID("gas-leak")

    static var playbook: Playbook {
        func minutes(_ minutes: Int) -> Duration { .seconds(60 * minutes) }
        func report(_ step: StepID, after needs: StepID, _ en: String, _ zh: String) -> PlaybookStep {
            PlaybookStep(
                step: step,
                nameEN: en,
                nameZH: zh,
                needs: [needs],
                evidence: .text,
                isReport: true,
                canSkip: false
            )
        }
        return Playbook(
            playbook: gasLeak,
            version: 1,
            kind: gasLeakKind,
            nameEN: "Gas leak",
            nameZH: "燃气泄漏处置",
            verification: PlaybookVerification(within: minutes(20), duty: DutyID("gas.repair")),
            groupsUpWithin: minutes(15),
            summaryWithin: minutes(240),
            groups: [
                PlaybookGroup(
                    group: GroupID("shut-off"),
                    nameEN: "Shut-off",
                    nameZH: "关阀组",
                    partyKind: .department,
                    steps: [
                        PlaybookStep(
                            step: StepID("close-valve"),
                            nameEN: "Close the valve",
                            nameZH: "关闭阀门",
                            within: minutes(30),
                            evidence: .photo
                        ),
                        PlaybookStep(
                            step: StepID("air-rooms"),
                            nameEN: "Air the rooms and measure",
                            nameZH: "通风并检测",
                            needs: [StepID("close-valve"), StepID("clear-building")],
                            within: minutes(60),
                            evidence: .figure("%LEL", 0...10),
                            coversSites: true
                        ),
                        report(StepID("report-shut-off"), after: StepID("air-rooms"), "Report", "关阀组报告"),
                        PlaybookStep(
                            step: StepID("mend-pipe"),
                            nameEN: "Mend the pipe",
                            nameZH: "修复管道",
                            phase: .followUp,
                            within: minutes(120),
                            evidence: .text
                        ),
                    ]
                ),
                PlaybookGroup(
                    group: GroupID("evacuation"),
                    nameEN: "Evacuation",
                    nameZH: "疏散组",
                    partyKind: .community,
                    steps: [
                        PlaybookStep(
                            step: StepID("clear-building"),
                            nameEN: "Bring everybody out",
                            nameZH: "疏散全部人员",
                            within: minutes(30),
                            evidence: .figure("persons", 0...5_000)
                        ),
                        PlaybookStep(
                            step: StepID("shelter-people"),
                            nameEN: "Find a warm place",
                            nameZH: "安置疏散人员",
                            needs: [StepID("clear-building")],
                            within: minutes(45),
                            evidence: .text
                        ),
                        report(StepID("report-evacuation"), after: StepID("shelter-people"), "Report", "疏散组报告"),
                    ]
                ),
                PlaybookGroup(
                    group: GroupID("cordon"),
                    nameEN: "Cordon",
                    nameZH: "警戒组",
                    partyKind: .property,
                    steps: [
                        PlaybookStep(
                            step: StepID("close-off"),
                            nameEN: "Close off the ground",
                            nameZH: "设置警戒",
                            within: minutes(20),
                            evidence: .photo
                        ),
                        PlaybookStep(
                            step: StepID("open-way"),
                            nameEN: "Keep the way open",
                            nameZH: "保持消防通道畅通",
                            needs: [StepID("close-off")],
                            within: minutes(40)
                        ),
                        report(StepID("report-cordon"), after: StepID("open-way"), "Report", "警戒组报告"),
                    ]
                ),
            ],
            rechecks: [
                PlaybookRecheck(
                    recheck: RecheckID("after-2-hours"),
                    nameEN: "Measurement after 2 hours",
                    nameZH: "两小时复测",
                    after: minutes(120),
                    within: minutes(60),
                    coversSites: true
                )
            ]
        )
    }
}
