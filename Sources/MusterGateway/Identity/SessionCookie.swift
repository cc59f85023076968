import Hummingbird

/// The cookie that keeps a browser signed in: a token of its own kind, which scripts cannot read.
enum SessionCookie {
    static let name = "muster-session"

    static func set(_ token: String, lifetime: Duration, isSecure: Bool) -> Cookie {
        Cookie(
            name: name,
            value: token,
            maxAge: Int(lifetime.components.seconds),
            path: "/",
            secure: isSecure,
            httpOnly: true,
            sameSite: .lax
        )
    }

    static func clear(isSecure: Bool) -> Cookie {
        Cookie(name: name, value: "", maxAge: 0, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
    }
}
