/// What every page has: its head, its style, its legend.
enum PageFrame {
    /// Everything up to the first heading.
    ///
    /// - Parameters:
    ///   - title: HTML.
    ///   - isPaired: whether texts stand side by side, where there is room.
    static func head(title: String, isPaired: Bool = false) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
        base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <title>\(title)</title>
        <style>
        \(PageStyle.css)</style>
        </head>
        <body\(isPaired ? " class=\"two\"" : "")>
        <p class="skip"><a href="#text">Skip to the text</a></p>

        """
    }

    /// What ends every page.
    static let end = "</main>\n</body>\n</html>\n"

    /// Says that the response is incomplete.
    static let notice = """
        <p class="cut"><strong>Cut short.</strong> The response ended early; only what arrived is shown.</p>

        """

    /// The steps of probability.
    static var legend: String {
        let steps = Likelihood.allCases.map { step in
            "<li class=\"h\(step.rawValue)\">\(HTMLText.plain(step.label))</li>"
        }
        return
            "<p>How likely each token was<span class=\"hint\">. Hover over or Tab to a token to see its alternatives</span>.</p>\n"
            + "<ul class=\"legend\" aria-label=\"Colors of probability\">" + steps.joined() + "</ul>\n"
    }
}
