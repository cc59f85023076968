import EventSourcing
import HTTPTypes
import Hummingbird
import MusterBoards
import Records
import TaskQueue

/// The task queue as a page, for those who run it. It reads and works without script; a script fetches its parts anew.
struct QueuePages: Sendable {
    /// Dead letters on a page.
    private static let letters = 20

    let desk: QueueDesk
    let access: Access
    let operators: QueueAccess
    let templates: Templates
    let frame: PageFrame

    func add(to router: Router<GatewayContext>) {
        router.get("/queue") { request, context in
            let identity = try identity(context)
            let view = try View(request)
            return try await page(view, request, context, identity)
        }
        router.get("/queue/parts") { request, context in
            let identity = try identity(context)
            var fields = try await content(try View(request), context).fields()
            fields["t"] = Strings.table(context.language)
            if case .session = context.credential { fields["formToken"] = frame.tokens.formToken(of: identity) }
            return try templates.response("queue-parts", fields)
        }
        router.post("/queue/:action") { request, context in
            let identity = try identity(context)
            let form = try await FormFields.read(request, context, maximumBytes: frame.configuration.limits.bodyBytes)
            guard case .session = context.credential, frame.tokens.isFormToken(form["_form"] ?? "", of: identity) else {
                throw ProblemDetails.formForged
            }
            return try await act(form, request, context, identity)
        }
    }

    private func identity(_ context: GatewayContext) throws -> Identity {
        let identity = try access.session(context)
        try operators.check(identity)
        return identity
    }

    // MARK: - Looking

    /// What of the queue is looked at closely.
    struct View: Sendable {
        /// Whose limits, deliveries and dead letters; nil for all.
        var agency: String?
        /// Whether deliveries that arrived are left out.
        var onlyFailed = false
        /// The dead letter that is open.
        var letter: Int64?
        var after: Int64 = 0
        var notice: QueueNotice?

        init() {}

        init(_ request: Request) throws {
            let query = FormFields(request.uri.query.map { Array($0.utf8) } ?? [])
            agency = query["agency"].flatMap { $0.isEmpty ? nil : $0 }
            onlyFailed = query["failed"] == "true"
            letter = try QueueRoutes.number(query, "letter", 1...Int64.max)
            after = try QueueRoutes.number(query, "after", 0...Int64.max) ?? 0
            notice = QueueNotice(query)
        }

        /// The query of this view, with its question mark.
        var query: String {
            var parts: [String] = []
            if let agency { parts.append("agency=\(FormFields.escaped(agency))") }
            if onlyFailed { parts.append("failed=true") }
            if after > 0 { parts.append("after=\(after)") }
            return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
        }
    }

    private func content(
        _ view: View,
        _ context: GatewayContext,
        failure: QueueFailure? = nil
    ) async throws -> QueuePage {
        let logger = context.logger
        let report = try await desk.report(logger)
        let letters = try await desk.letters(of: view.agency, after: view.after, limit: Self.letters + 1, logger)
        var opened: DeadLetter?
        var failure = failure
        if let number = view.letter {
            do {
                opened = try await desk.letter(number, logger)
            } catch let problem as ProblemDetails {
                // Somebody else was first: the page says so and shows the rest.
                failure = failure ?? QueueFailure(problem: problem, form: nil)
            }
        }
        return QueuePage(
            language: context.language,
            offset: frame.configuration.offset,
            now: frame.now(),
            view: view,
            report: report,
            letters: Array(letters.prefix(Self.letters)),
            hasMoreLetters: letters.count > Self.letters,
            opened: opened,
            deliveries: try await desk.deliveries(of: view.agency, onlyFailed: view.onlyFailed, logger),
            schedules: try await desk.schedules(logger),
            register: desk.boards.register,
            failure: failure
        )
    }

    private func page(
        _ view: View,
        _ request: Request,
        _ context: GatewayContext,
        _ identity: Identity,
        failure: QueueFailure? = nil
    ) async throws -> Response {
        let language = context.language
        let content = try await content(view, context, failure: failure)
        var fields = frame.fields(
            request,
            context,
            title: Strings.words("queueTitle")[language],
            bodyClass: "",
            styles: ["board.css", "queue.css"],
            scripts: ["queue.js"]
        )
        if request.uri.path != "/queue" {
            // What was posted to has no page of its own.
            for name in ["languageHref", "themeHref"] {
                guard let address = fields[name] as? String else { continue }
                fields[name] = "/queue\(address.drop { $0 != "?" })"
            }
        }
        fields.merge(content.fields()) { _, new in new }
        fields["pageData"] = frame.pageData(
            head: desk.boards.operations.snapshot().head,
            events: "/queue/parts" + view.query,
            language: language
        )
        return try templates.response("queue", fields, status: content.failure?.problem.status ?? .ok)
    }

    // MARK: - Acting

    private func act(
        _ form: FormFields,
        _ request: Request,
        _ context: GatewayContext,
        _ identity: Identity
    ) async throws -> Response {
        var view = View()
        let agency = form["agency"] ?? ""
        let logger = context.logger
        let action = try context.parameters.require("action")
        guard ["pause", "resume", "limits", "resend"].contains(action) else { throw ProblemDetails.notFound }
        do {
            let notice: QueueNotice
            switch action {
            case "pause":
                try await desk.pause(agency, true, by: identity, logger)
                notice = .paused(agency)
            case "resume":
                try await desk.pause(agency, false, by: identity, logger)
                notice = .resumed(agency)
            case "limits":
                view.agency = agency.isEmpty ? nil : agency
                let limit: LimitRequest
                do throws(Problems) {
                    limit = try LimitRequest.record.decode(QueuePage.limitRequest(form))
                } catch {
                    throw ProblemDetails(error)
                }
                try await desk.setLimit(limit, by: identity, logger)
                notice = .bounded(agency)
            default:
                view.agency = agency.isEmpty ? nil : agency
                notice = try await resend(form, &view, identity, context)
            }
            let query = view.query.isEmpty ? "?" : view.query + "&"
            return Response(status: .seeOther, headers: [.location: "/queue\(query)\(notice.query)"])
        } catch let problem as ProblemDetails {
            // In place, with what was typed.
            return try await page(
                view,
                request,
                context,
                identity,
                failure: QueueFailure(problem: problem, form: form)
            )
        }
    }

    private func resend(
        _ form: FormFields,
        _ view: inout View,
        _ identity: Identity,
        _ context: GatewayContext
    ) async throws -> QueueNotice {
        let numbers = form.values("number").compactMap { Int64($0) }.filter { $0 > 0 }
        guard !numbers.isEmpty, numbers.count <= QueueDesk.maximumLetters else { throw QueuePage.noneChosen }
        var payload: [UInt8]?
        if let typed = form["payload"], numbers.count == 1 {
            view.letter = numbers[0]
            let letter = try await desk.letter(numbers[0], context.logger)
            let text = typed.replacing("\r\n", with: "\n")
            // What nobody has touched is sent as it was, to the byte.
            if text != JSONLayout.indented(letter.payload) {
                try QueueDesk.check(Array(text.utf8))
                payload = JSONLayout.compact(text.utf8)
            }
        }
        let tasks = try await desk.resend(numbers, payload: payload, by: identity, context.logger)
        view.letter = nil
        return .resent(count: tasks.count, of: numbers.count, first: tasks[0].rawValue)
    }
}

/// What was refused, and what had been typed.
struct QueueFailure {
    let problem: ProblemDetails
    let form: FormFields?
}

/// What has just been done, as the address of the page says it.
enum QueueNotice: Sendable {
    case paused(String)
    case resumed(String)
    /// Limits were set, of an agency or (empty) of all.
    case bounded(String)
    case resent(count: Int, of: Int, first: Int64)

    init?(_ query: FormFields) {
        let party = query["of"] ?? ""
        switch query["did"] {
        case "paused": self = .paused(party)
        case "resumed": self = .resumed(party)
        case "bounded": self = .bounded(party)
        case "resent":
            let numbers = ["count", "asked", "first"].compactMap { query[$0].flatMap { Int64($0) } }
            guard numbers.count == 3, numbers.allSatisfy({ 1...Int64.max ~= $0 }) else { return nil }
            self = .resent(count: Int(numbers[0]), of: Int(numbers[1]), first: numbers[2])
        default: return nil
        }
    }

    var query: String {
        switch self {
        case .paused(let party): "did=paused&of=\(FormFields.escaped(party))"
        case .resumed(let party): "did=resumed&of=\(FormFields.escaped(party))"
        case .bounded(let party): "did=bounded&of=\(FormFields.escaped(party))"
        case .resent(let count, let asked, let first): "did=resent&count=\(count)&asked=\(asked)&first=\(first)"
        }
    }
}
