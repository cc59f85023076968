import EventSourcing
import HTTPTypes
import Hummingbird
import MusterBoards
import MusterCommands
import MusterDomain
import Records

/// The desk: what waits for me, what I may do, and what became of what I sent. It works without script.
struct DeskPages: Sendable {
    let door: CommandDoor
    let boards: LiveBoards
    let access: Access
    let templates: Templates
    let frame: PageFrame
    let outcomes: RecentOutcomes
    let now: @Sendable () -> Timestamp

    func add(to router: Router<GatewayContext>) {
        router.get("/desk") { request, context in try await desk(request, context) }
        router.get("/desk/:command") { request, context in
            let identity = try access.session(context)
            let entry = try entry(context, identity)
            let given = FormFields(request.uri.query.map { Array($0.utf8) } ?? [])
            let fixed = Set(given.names).intersection(entry.fields.map(\.name))
            return try form(entry, request, context, identity, given: given, fixed: fixed, id: newID())
        }
        router.post("/desk/:command") { request, context in try await send(request, context) }
    }

    // MARK: - The desk

    private func desk(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let identity = try access.session(context)
        let actor = identity.actor
        let language = context.language
        let work = DeskWork(boards: boards, store: door.handler.store)
        let items = try await work.items(for: actor)
        var fields = deskFrame(request, context, identity, title: Strings.words("deskTitle")[language])
        let head = boards.operations.snapshot().head
        let clock = ClockFields(
            language: language,
            time: LocalTime(offset: frame.configuration.offset, language: language),
            now: head.now,
            soon: head.soon
        )
        if let first = items.first { fields["first"] = card(first, clock) }
        fields["hasRest"] = items.count > 1
        fields["restCount"] = items.count
        fields["rest"] = items.dropFirst().map { item -> Fields in
            var fields = card(item, clock)
            fields["answer"] = (fields["answers"] as? [Fields])?.first
            return fields
        }
        let sent = outcomes.of(actor.person)
        fields["hasOutcomes"] = !sent.isEmpty
        fields["outcomes"] = sent.map { outcome($0, clock) }
        if request.uri.queryParameters["sent"] != nil, let last = sent.first {
            notice(of: last, language, into: &fields)
        }
        let allowed = CommandCatalogue.all.filter { $0.roles.contains(actor.role) }
        fields["groups"] = groups(allowed, language)
        if let report = allowed.first(where: { $0.name == "SubmitReport" }) {
            fields["footHref"] = "/desk/\(report.name)"
            fields["footLabel"] = report.words[language]
            // One filled button a screen: the first task's, or this one.
            fields["footIsFirst"] = items.isEmpty
        }
        return try templates.response("desk", fields)
    }

    private func card(_ item: DeskWork.Item, _ clock: ClockFields) -> Fields {
        let row = item.row
        var fields = clock.fields(row)
        fields["leftWords"] = leftWords(row, clock)
        fields["whyText"] = clock.limitText(row)
        if row.kind != .other { fields["said"] = row.title }
        fields["answers"] = item.answers.enumerated().map { index, entry -> Fields in
            [
                "href": DeskWork.address(of: entry, for: row), "label": entry.words[clock.language],
                "isFirst": index == 0,
            ]
        }
        return fields
    }

    /// `4 min late`, `6 min left`: people on the street read sentences, not clocks.
    private func leftWords(_ row: ClockRow, _ clock: ClockFields) -> String {
        guard row.clock.state != .paused else { return Strings.words("paused")[clock.language] }
        guard let due = row.clock.due else { return Strings.words("noLimit")[clock.language] }
        let left = due.since(clock.now)
        let age = clock.time.age(left < .zero ? .zero - left : left)
        return Strings.words(left < .zero ? "lateBy" : "left")[clock.language].replacing("{time}", with: age)
    }

    private func groups(_ entries: [CommandEntry], _ language: Language) -> [Fields] {
        guard !entries.isEmpty else { return [] }
        return [
            [
                "groupTitle": Strings.words("whatYouMayDo")[language],
                "commands": entries.map { entry -> Fields in
                    var fields: Fields = ["href": "/desk/\(entry.name)", "label": entry.words[language]]
                    if let help = entry.help { fields["help"] = help[language] }
                    return fields
                },
            ]
        ]
    }

    private func outcome(_ outcome: RecentOutcomes.Outcome, _ clock: ClockFields) -> Fields {
        let language = clock.language
        var fields: Fields = [
            "label": outcome.command.words[language], "at": clock.time.minute(outcome.at, seenAt: clock.now),
            "isRefused": false, "icon": "done", "outcomeText": Self.words(outcome.result)[language],
        ]
        if case .recorded(let position) = outcome.result {
            fields["outcomeText"] = "\(Self.words(outcome.result)[language]), #\(position)"
        }
        if case .refused(let problem) = outcome.result {
            fields["isRefused"] = true
            fields["icon"] = "late"
            let rule = problem.rule.map { "\($0): " } ?? ""
            fields["whyRefused"] = rule + (problem.detail ?? problem.title)[language]
        }
        return fields
    }

    private func notice(of outcome: RecentOutcomes.Outcome, _ language: Language, into fields: inout Fields) {
        if case .refused = outcome.result { return }
        let colon = language == .zh ? "：" : ": "
        fields["notice"] = "\(outcome.command.words[language])\(colon)\(Self.words(outcome.result)[language])"
        if let matter = outcome.matter {
            fields["noticeHref"] = "/matters/\(matter)"
            fields["noticeReference"] = matter
        }
    }

    private static func words(_ result: RecentOutcomes.Result) -> Words {
        switch result {
        case .recorded: Strings.words("accepted")
        case .nothingToDo: Strings.words("nothingToDo")
        case .refused: Strings.words("refused")
        }
    }

    // MARK: - A form

    private func entry(_ context: GatewayContext, _ identity: Identity) throws -> CommandEntry {
        guard let entry = CommandCatalogue.entry(named: try context.parameters.require("command")) else {
            throw ProblemDetails.notFound
        }
        guard entry.roles.contains(identity.actor.role) else { throw Self.otherRole(entry) }
        return entry
    }

    private func form(
        _ entry: CommandEntry,
        _ request: Request,
        _ context: GatewayContext,
        _ identity: Identity,
        given: FormFields,
        fixed: Set<String>,
        id: CommandID,
        problem: ProblemDetails? = nil,
        longer: String? = nil
    ) throws -> Response {
        let language = context.language
        var fields = deskFrame(request, context, identity, title: entry.words[language])
        fields["backHref"] = "/desk"
        fields["label"] = entry.words[language]
        if let help = entry.help { fields["help"] = help[language] }
        let query = fixed.sorted().compactMap { name in given[name].map { "\(name)=\(FormFields.escaped($0))" } }
        fields["action"] = "/desk/\(entry.name)" + (query.isEmpty ? "" : "?\(query.joined(separator: "&"))")
        fields["formToken"] = frame.tokens.formToken(of: identity)
        fields["commandID"] = id.description
        let errors = problem?.errors ?? []
        let form = CommandForm(
            entry: entry,
            actor: identity.actor,
            choices: FormOptions(
                register: boards.register,
                rows: boards.operations.snapshot().rows,
                actor: identity.actor,
                now: now()
            ),
            language: language,
            given: given,
            fixed: fixed,
            errors: errors,
            longer: longer
        )
        fields["fields"] = form.fields()
        fields["hasErrors"] = !errors.isEmpty
        fields["errors"] = errors.map { error -> Fields in
            let (name, label) = form.place(of: error)
            let colon = language == .zh ? "：" : ": "
            return ["target": "f-\(name)", "message": "\(label)\(colon)\(error.words[language])"]
        }
        if let problem, errors.isEmpty { fields["refusal"] = Self.refusal(problem, language) }
        return try templates.response("form", fields, status: problem?.status ?? .ok)
    }

    private static func refusal(_ problem: ProblemDetails, _ language: Language) -> Fields {
        var fields: Fields = [
            "headline": problem.title[language], "words": (problem.detail ?? problem.title)[language],
        ]
        if let rule = problem.rule { fields["ruleText"] = "\(Strings.words("rule")[language]) \(rule)" }
        if let advice = problem.advice { fields["adviceText"] = advice[language] }
        return fields
    }

    private func send(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let identity = try access.session(context)
        let posted = try await FormFields.read(request, context, maximumBytes: frame.configuration.limits.bodyBytes)
        guard case .session = context.credential, frame.tokens.isFormToken(posted["_form"] ?? "", of: identity) else {
            throw ProblemDetails.formForged
        }
        let entry = try entry(context, identity)
        // The form brought the id, so that sending it twice, by accident or after a lost answer, records it once.
        let id = posted["_id"].flatMap { CommandID($0) } ?? newID()
        let address = FormFields(request.uri.query.map { Array($0.utf8) } ?? [])
        let fixed = Set(address.names).intersection(entry.fields.map(\.name))
        let form = FormData.withoutEmptyRows(posted, of: entry.fields)
        if let longer = posted["_longer"] {
            return try self.form(entry, request, context, identity, given: form, fixed: fixed, id: id, longer: longer)
        }
        let answer = await answer(to: entry, form, id, identity, context)
        let matter = form["matter"].flatMap { MatterID(rawValue: $0)?.rawValue }
        let result: RecentOutcomes.Result
        switch answer {
        case .accepted(_, let outcome, _):
            result = outcome.receipt.map { .recorded($0.last) } ?? .nothingToDo
        case .refused(let problem):
            result = .refused(problem)
        }
        outcomes.add(.init(command: entry, at: now(), result: result, matter: matter), of: identity.actor.person)
        if case .refused(let problem) = result {
            // After a refusal the same id must not give the refused command's answer to a corrected one.
            return try self.form(
                entry,
                request,
                context,
                identity,
                given: form,
                fixed: fixed,
                id: problem.status == .serviceUnavailable ? id : newID(),
                problem: problem
            )
        }
        return Response(status: .seeOther, headers: [.location: "/desk?sent=1"])
    }

    private func answer(
        to entry: CommandEntry,
        _ form: FormFields,
        _ id: CommandID,
        _ identity: Identity,
        _ context: GatewayContext
    ) async -> CommandAnswer {
        let data = CommandForm.data(of: entry, from: form, newName: id.description)
        let command: any Command
        do throws(Problems) {
            var reader = JSONReader(data)
            command = try entry.decode(&reader)
        } catch {
            return .refused(ProblemDetails(error))
        }
        let request = CommandRequest(entry: entry, command: command, id: id, log: door.log)
        // A moment's wait, so that the desk that comes next shows what was done.
        return await door.answer(request, from: identity, wait: .seconds(1), logger: context.logger)
    }

    private func deskFrame(
        _ request: Request,
        _ context: GatewayContext,
        _ identity: Identity,
        title: String
    ) -> Fields {
        let language = context.language
        let actor = identity.actor
        var fields = frame.fields(
            request,
            context,
            title: title,
            bodyClass: "desk",
            styles: ["desk.css"],
            scripts: []
        )
        let territory = boards.register.name(of: actor.territory)[language]
        fields["barTitle"] = actor.role.words[language]
        fields["barNote"] = "\(actor.person) · \(boards.register.name(of: actor.party)[language]) · \(territory)"
        return fields
    }

    private func newID() -> CommandID {
        var random = SystemRandomNumberGenerator()
        return CommandID(UniqueID(version7At: now(), random: (random.next(), random.next())))
    }

    private static func otherRole(_ entry: CommandEntry) -> ProblemDetails {
        let roles = Words(
            entry.roles.map(\.words.en).joined(separator: ", "),
            zh: entry.roles.map(\.words.zh).joined(separator: "、")
        )
        return ProblemDetails(
            status: .forbidden,
            code: "forbidden",
            title: Words("This is for others to do", zh: "此事由他人办理"),
            detail: Words(
                "\(entry.words.en): only \(roles.en) may do this.",
                zh: "\(entry.words.zh)：仅限\(roles.zh)办理。"
            )
        )
    }
}
