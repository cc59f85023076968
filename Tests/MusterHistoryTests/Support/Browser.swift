import Foundation
import Testing

/// A browser without a window, for what only a browser does. Where none is installed, tests that use it are skipped.
enum Browser {
    static let path = ["chromium", "chromium-browser", "google-chrome"].lazy
        .flatMap { name in ["/usr/bin/\(name)", "/usr/local/bin/\(name)"] }
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// The document as it is after its scripts have run.
    static func document(of page: String) throws -> String {
        let file = try TemporaryFile("page.html", text: page)
        let output = try TemporaryFile("output", text: "")
        let browser = Process()
        // A browser that hangs ends here, and the test with it.
        browser.executableURL = URL(filePath: "/usr/bin/timeout")
        browser.arguments = [
            "-k", "1", "120", try #require(path), "--headless", "--no-sandbox", "--disable-gpu",
            "--disable-dev-shm-usage", "--user-data-dir=\(file.directory)/profile", "--dump-dom", "file://\(file.path)",
        ]
        browser.standardOutput = try FileHandle(forWritingTo: URL(filePath: output.path))
        browser.standardError = FileHandle.nullDevice
        try browser.run()
        browser.waitUntilExit()
        return try String(contentsOfFile: output.path, encoding: .utf8)
    }
}

extension Trait where Self == ConditionTrait {
    /// Runs the test only where there is a browser.
    static var needsBrowser: Self {
        .enabled(if: Browser.path != nil, "SKIPPED: no chromium or chrome in /usr/bin or /usr/local/bin")
    }
}
