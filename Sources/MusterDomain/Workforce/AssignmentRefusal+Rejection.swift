package import Records

extension AssignmentRefusal {
    /// As a decider says it.
    package func rejection(of person: PersonID, days: LocalDays) -> Rejection {
        Rejection(rule: rule, reason: reason.rawValue, words(for: person, days: days), advice: advice)
    }

    /// In a sentence.
    package func words(for person: PersonID, days: LocalDays) -> Words {
        switch self {
        case .notYetReported(let until):
            Words(
                "\(person) is on duty only from \(days.text(of: until)).",
                zh: "\(person) 自 \(days.text(of: until)) 起才到岗。"
            )
        case .released(let at):
            Words("\(person) is released at \(days.text(of: at)).", zh: "\(person) 于 \(days.text(of: at)) 解除在岗。")
        case .lentAway(let party):
            Words("\(person) is lent to \(party) then.", zh: "\(person) 届时已借给 \(party)。")
        case .outsideHome(let home):
            Words(
                "\(person) reports to \(home), where they live, and to no other community.",
                zh: "\(person) 在居住地 \(home) 报到，不在其他社区执行任务。"
            )
        case .noPost(let territory, let party):
            Words(
                "\(person) has no post\(party.map { " for \($0)" } ?? "") in \(territory).",
                zh: "\(person) 在 \(territory) 没有\(party.map { " \($0) 的" } ?? "")岗位。"
            )
        case .postNotInForce(let party):
            Words(
                "The post of \(person) for \(party) is not in force for the whole time.",
                zh: "\(person) 在 \(party) 的岗位未覆盖整个时段。"
            )
        case .skillMissing, .skillExpired, .skillNotYet, .unfit: skillWords(for: person, days: days)
        case .occupied(let duty):
            Words("\(person) has \(duty.text) at that time.", zh: "\(person) 该时段已有 \(duty.text)。")
        case .unitDuty(let shift):
            Words(
                "\(person) has duty \(shift) for their own unit then; a dual report does not remove it.",
                zh: "\(person) 届时有本单位值勤 \(shift)；双报到不免除本单位职责。"
            )
        case .shiftTooLong, .tooLittleRest, .tooManyHours, .noRestDay: hoursWords(for: person, days: days)
        }
    }

    private func skillWords(for person: PersonID, days: LocalDays) -> Words {
        switch self {
        case .skillExpired(let skill, let until):
            Words(
                "The training of \(person) in \(skill) expires at \(days.text(of: until)).",
                zh: "\(person) 的 \(skill) 培训于 \(days.text(of: until)) 到期。"
            )
        case .skillNotYet(let skill, let from):
            Words(
                "\(person) is trained in \(skill) only from \(days.text(of: from)).",
                zh: "\(person) 自 \(days.text(of: from)) 起才具备 \(skill) 资质。"
            )
        case .skillMissing(let skill):
            Words("\(person) is not trained in \(skill).", zh: "\(person) 未受过 \(skill) 培训。")
        case .unfit(let skill?):
            Words("\(person) is not fit for \(skill) then.", zh: "\(person) 届时不适合从事 \(skill)。")
        default:
            Words("\(person) is not fit for work then.", zh: "\(person) 届时不适合上岗。")
        }
    }

    private func hoursWords(for person: PersonID, days: LocalDays) -> Words {
        switch self {
        case .tooLittleRest(let duty, let spell, let limit):
            Words(
                "Too little rest beside \(duty.text): \(person) would be on duty for \(WorkTime.words(spell).en), "
                    + "with at most \(WorkTime.words(limit).en) allowed.",
                zh: "与 \(duty.text) 间休息不足：\(person) 将连续在岗 \(WorkTime.words(spell).zh)，"
                    + "上限 \(WorkTime.words(limit).zh)。"
            )
        case .tooManyHours(let hours, let limit, let day):
            Words(
                "\(person) would work \(WorkTime.words(hours).en) over all posts in the seven days to "
                    + "\(days.text(ofDay: day)), with \(WorkTime.words(limit).en) allowed.",
                zh: "截至 \(days.text(ofDay: day)) 的七日内，\(person) 各岗位合计将工作 \(WorkTime.words(hours).zh)，"
                    + "上限 \(WorkTime.words(limit).zh)。"
            )
        case .noRestDay(let workDays, let limit, let day):
            Words(
                "\(person) would work on \(workDays) of the seven days to \(days.text(ofDay: day)), "
                    + "with \(limit) allowed.",
                zh: "截至 \(days.text(ofDay: day)) 的七日内，\(person) 将有 \(workDays) 日在岗，最多 \(limit) 日。"
            )
        case .shiftTooLong(let length, let limit):
            Words(
                "It lasts \(WorkTime.words(length).en), with at most \(WorkTime.words(limit).en) on duty allowed.",
                zh: "时长 \(WorkTime.words(length).zh)，连续在岗上限 \(WorkTime.words(limit).zh)。"
            )
        default: reason.words
        }
    }

    /// What to do next, or who can decide otherwise.
    package var advice: Words? {
        switch reason {
        case .shiftTooLong, .tooLittleRest, .noHoursLeft, .noRestDay:
            Words(
                "Take somebody else, or have a superior override the limit with a reason and an expiry.",
                zh: "请另派他人，或由上级注明理由与失效时间后突破限制。"
            )
        case .skillMissing, .skillExpired, .unfit:
            Words("Take somebody who is trained and fit for every step.", zh: "请派每一步骤均受训且适合的人员。")
        case .unitDuty, .occupied: Words("Choose another time, or have the shifts swapped.", zh: "请改时间，或先办理换班。")
        case .lentAway: Words("Ask for the recall first.", zh: "请先办理召回。")
        case .notYetReported, .released, .outsideHome, .noPost: nil
        }
    }
}
