import Testing

@testable import MusterHistory

@Suite("The script of the report page", .timeLimit(.minutes(20)))
struct PageScriptTests {
    /// A table as pages have them, and what a reader does with it: `heads` are the columns clicked one after the other.
    private static func page(clicking heads: [Int]) -> String {
        let rows = [("post 10", "3", "3"), ("post 9", "–", nil), ("post 2", "12", "12"), ("Post 1", "−4", "-4")]
        let cells = rows.map { name, text, value in
            let kind = value.map { "num\" data-v=\"\($0)" } ?? "num missing"
            return "<tr><th>\(name)</th><td class=\"\(kind)\">\(text)</td></tr>"
        }
        return """
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"></head><body>
            <button data-theme-switch hidden>theme</button>
            <table data-sort><thead><tr><th>name</th><th class="num">events</th></tr></thead>
            <tbody>\(cells.joined())</tbody></table><pre id="result"></pre>
            <script>\(PageTemplates.pageScript)</script>
            <script>
            const heads = [...document.querySelectorAll("thead th")];
            const names = () => [...document.querySelectorAll("tbody th")].map((name) => name.textContent).join(", ");
            const sorted = () => heads.map((head) => head.getAttribute("aria-sort") || "none").join(" ");
            document.querySelector("#result").textContent = \(heads).map((head) => {
              heads[head].querySelector("button").click();
              return names() + ": " + sorted();
            }).join("\\n");
            </script></body></html>
            """
    }

    @Test("sorts numbers from the largest, names as people do, and leaves what is missing last", .needsBrowser)
    func sorting() throws {
        let document = try Browser.document(of: Self.page(clicking: [1, 1, 0, 0]))
        let begin = try #require(document.firstRange(of: "<pre id=\"result\">"), "\(document.prefix(2_000))")
        let lines = document[begin.upperBound...].prefix { $0 != "<" }.split(separator: "\n")
        #expect(
            lines == [
                "post 2, post 10, Post 1, post 9: none descending", "Post 1, post 10, post 2, post 9: none ascending",
                "Post 1, post 2, post 9, post 10: ascending none", "post 10, post 9, post 2, Post 1: descending none",
            ]
        )
    }
}
