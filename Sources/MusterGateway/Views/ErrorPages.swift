import HTTPTypes
import Hummingbird
import Records

/// A failure as a page: what happened, which rule, and what to do next.
struct ErrorPages: Sendable {
    let templates: Templates
    let frame: PageFrame

    func response(_ problem: ProblemDetails, _ request: Request, _ context: GatewayContext) -> Response {
        let language = context.language
        var fields = frame.fields(
            request,
            context,
            title: problem.title[language],
            bodyClass: "desk",
            styles: ["desk.css"],
            scripts: []
        )
        fields["barTitle"] = "Muster"
        fields["headline"] = problem.title[language]
        if let detail = problem.detail { fields["words"] = detail[language] }
        if let advice = problem.advice { fields["adviceText"] = advice[language] }
        fields["needsSignIn"] = problem.status == .unauthorized
        fields["statusText"] = "\(problem.status.code)"
        fields["requestID"] = context.requestID
        // Without its page a failure is still told, as JSON.
        guard var response = try? templates.response("error", fields, status: problem.status) else {
            return problem.response(in: language, requestID: context.requestID)
        }
        for field in problem.headers { response.headers[field.name] = field.value }
        if let retryAfter = problem.retryAfter { response.headers[.retryAfter] = String(retryAfter.wholeSecondsUp) }
        response.headers[.contentLanguage] = language.tag
        return response
    }
}
