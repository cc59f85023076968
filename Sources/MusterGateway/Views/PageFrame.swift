import EventSourcing
import Hummingbird
import MusterBoards
import MusterDomain
import Records

/// What all pages share: language, theme, log, who is signed in, and the addresses of the switches.
struct PageFrame: Sendable {
    let configuration: GatewayConfiguration
    let log: LogName
    let mode: LogMode
    let tokens: TokenAuthority
    let assets: Assets
    let now: @Sendable () -> Timestamp
    /// Who is shown the way to the task queue; nil where there is none.
    var operators: QueueAccess?

    /// The fields of a page's frame.
    func fields(
        _ request: Request,
        _ context: GatewayContext,
        title: String,
        bodyClass: String,
        styles: [String],
        scripts: [String],
        board: String? = nil
    ) -> Fields {
        let language = context.language
        let other: Language = language == .en ? .zh : .en
        let time = LocalTime(offset: configuration.offset, language: language)
        let instant = now()
        var fields: Fields = [
            "t": Strings.table(language), "lang": language.tag, "otherTag": other.tag, "pageTitle": title,
            "heading": title, "barTitle": title, "barNote": configuration.placeName, "bodyClass": bodyClass,
            "static": assets.folder, "styles": styles, "scripts": ["page.js"] + scripts, "mode": mode.rawValue,
            "modeWord": Strings.words(mode.rawValue)[language], "logName": log.rawValue,
            "isLive": mode != .history, "isExercise": mode == .exercise, "isHistory": mode == .history,
            "beatWord": Strings.words(mode == .history ? "notLive" : "liveState")[language],
            "clockText": "\(time.day(instant)) \(time.time(instant))", "zone": time.zone,
            "languageHref": Self.address(of: request, with: "lang", other.rawValue),
            "isWall": request.uri.queryParameters["wall"] == "1",
        ]
        fields["boards"] = BoardCatalogue.all.map { type -> Fields in
            let words = (type as? any ListedBoard.Type)?.words ?? Strings.words(type.name)
            return [
                "name": type.name, "title": words[language], "isHere": type.name == board,
                "letter": Self.letters[type.name] ?? "",
            ]
        }
        let theme = Self.theme(of: request)
        fields["theme"] = theme
        fields["themeHref"] = Self.address(of: request, with: "theme", theme == "dark" ? "light" : "dark")
        if !configuration.placeName.isEmpty { fields["placeName"] = configuration.placeName }
        if let identity = context.identity {
            fields["signedInAs"] = identity.actor.person.rawValue
            fields["mayRunQueue"] = operators?.mayRun(identity) ?? false
            if case .session = context.credential { fields["formToken"] = tokens.formToken(of: identity) }
        }
        return fields
    }

    /// What opens each board after `g`: the first letter of its name that no other page has.
    private static let letters: [String: String] = {
        // The desk's and the queue's.
        var taken: Set<Character> = ["d", "q"]
        var letters: [String: String] = [:]
        for board in BoardCatalogue.all {
            guard let letter = board.name.first(where: { !taken.contains($0) }) else { continue }
            taken.insert(letter)
            letters[board.name] = String(letter)
        }
        return letters
    }()

    /// The data that a board's scripts need, as JSON that is safe inside a page.
    func pageData(
        head: BoardHead,
        events: String,
        language: Language
    ) -> String {
        var writer = JSONWriter(capacity: 1_024)
        writer.beginObject()
        for (name, value) in [
            ("now", head.now.microseconds / 1_000), ("soon", head.soon.wholeMicroseconds / 1_000),
            ("position", head.position.rawValue), ("offset", configuration.offset.wholeMicroseconds / 1_000),
            ("silence", configuration.heartbeat.wholeMicroseconds * 5 / 2_000),
        ] {
            writer.name(name)
            writer.integer(value)
        }
        // A history log and a past have no present: their pages neither follow nor tick.
        let stands = mode == .history || head.past != nil
        writer.member("events", stands ? "" : events)
        writer.name("stands")
        writer.boolean(stands)
        writer.name("marks")
        writer.beginObject()
        for shape in DueMark.Shape.allCases { writer.member(shape.rawValue, shape.path) }
        writer.endObject()
        writer.name("words")
        writer.beginObject()
        for name in ["late", "soon", "paused", "stale", "noContact"] {
            writer.member(name, Strings.words(name)[language])
        }
        writer.member("live", Strings.words("liveState")[language])
        writer.member("second", Strings.second[language])
        writer.member("minute", Strings.minute[language])
        writer.member("hour", Strings.hour[language])
        writer.member("day", LocalTime.dayPattern[language])
        for (name, list) in [("weekdays", LocalTime.weekdays(language)), ("months", LocalTime.months(language))] {
            writer.name(name)
            writer.beginArray()
            for word in list { writer.string(word) }
            writer.endArray()
        }
        writer.endObject()
        writer.endObject()
        // Inside a script element only `</` and `<!` could end it.
        return String(decoding: writer.bytes, as: UTF8.self).replacing("<", with: "\\u003c")
    }

    static let themeCookie = "muster-theme"

    /// `dark`, `light`, or nil for the system's choice.
    static func theme(of request: Request) -> String? {
        let asked = request.uri.queryParameters["theme"].map { String($0) } ?? request.cookies[themeCookie]?.value
        return asked.flatMap { ["dark", "light"].contains($0) ? $0 : nil }
    }

    /// The request's own address with one parameter set; the others that pages know are kept.
    static func address(of request: Request, with name: String, _ value: String) -> String {
        var query = ["\(name)=\(value)"]
        if request.uri.queryParameters["wall"] == "1" { query.append("wall=1") }
        if let matter = request.uri.queryParameters["matter"],
            matter.allSatisfy({ $0.isLetter || $0.isNumber || "-._".contains($0) })
        {
            query.append("matter=\(matter)")
        }
        for name in PastCut.names {
            // Only what a time or a position is written with goes back into the page.
            if let value = request.uri.queryParameters[name[...]], !value.isEmpty,
                value.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-:.".contains($0)) })
            {
                query.append("\(name)=\(value)")
            }
        }
        return "\(request.uri.path)?\(query.joined(separator: "&"))"
    }
}

/// A choice of language or theme in the address sticks: it is kept in a cookie.
struct ChoiceMiddleware: RouterMiddleware {
    typealias Context = GatewayContext

    func handle(
        _ request: Request,
        context: GatewayContext,
        next: (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        if let language = request.uri.queryParameters["lang"].flatMap({ Language(rawValue: String($0)) }) {
            response.setCookie(Self.cookie(LanguageChoice.cookie, language.rawValue))
        }
        if request.uri.queryParameters["theme"] != nil, let theme = PageFrame.theme(of: request) {
            response.setCookie(Self.cookie(PageFrame.themeCookie, theme))
        }
        return response
    }

    private static func cookie(_ name: String, _ value: String) -> Cookie {
        Cookie(name: name, value: value, maxAge: 31_536_000, path: "/", sameSite: .lax)
    }
}
