/// The style sheet of a page.
enum PageStyle {
    /// The whole sheet: colors for light and dark, the layout, and what paper needs.
    static var css: String {
        """
        :root{--ground:#fff;--ink:#1b1b1b;--soft:#595959;--line:#c4c4c4;--bar:#b9d5f2;--mark:#9a3d00;\(variables(light: true))}
        @media(prefers-color-scheme:dark){:root{--ground:#161616;--ink:#ececec;--soft:#a8a8a8;--line:#4a4a4a;\
        --bar:#2b4a75;--mark:#f8a558;\(variables(light: false))}}
        \(layout)\(steps)
        \(paper)
        """
    }

    private static func variables(light: Bool) -> String {
        Likelihood.allCases.compactMap { step in
            let swatch = light ? HeatPalette.lightPageSwatch(step) : HeatPalette.darkPageSwatch(step)
            guard let swatch else { return nil }
            return "--b\(step.rawValue):\(swatch.background.hex);--f\(step.rawValue):\(swatch.text.hex)"
        }.joined(separator: ";")
    }

    private static var steps: String {
        Likelihood.allCases.filter { $0 > .certain }.map { step in
            ".h\(step.rawValue){background:var(--b\(step.rawValue));color:var(--f\(step.rawValue))}"
        }.joined()
    }

    /// A token's details stand under it where the window has room beside the text, else at the window's bottom.
    private static let layout = """
        body{background:var(--ground);color:var(--ink);font:1rem/1.6 system-ui,sans-serif;max-width:44rem;margin:0 auto;\
        padding:1rem 1rem 18rem;overflow-wrap:anywhere}
        h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2.5rem}h3{font-size:1rem}
        a{color:inherit}
        .skip{position:absolute;left:-99rem}.skip:focus-within{position:static}
        .cut{border:.2rem solid var(--mark);padding:.5rem 1rem}
        .legend{display:flex;flex-wrap:wrap;list-style:none;padding:0;font-size:.85rem}.legend li{padding:.1rem .6rem}
        .text{white-space:pre-wrap;font-size:1.1rem;line-height:1.9;border-top:1px solid var(--line);\
        border-bottom:1px solid var(--line);padding:.8rem 0;position:relative}
        .text>span{padding:.15em 0;scroll-margin:4rem 0 19rem}
        .q{color:var(--soft)}.o{text-decoration:underline dotted var(--soft)}.legend .h0{border:1px solid var(--line)}
        u{text-decoration:none;font:.75em ui-monospace,monospace;border:1px solid;border-radius:.2em;padding:0 .15em;\
        margin:0 .1em}
        .n{border:0;user-select:none}del{user-select:none}
        bdi{display:inline-block;word-break:break-all}a bdi{text-decoration:inherit}
        :focus-visible,:target{outline:.16rem solid var(--mark);outline-offset:.06rem}
        .p{display:none;position:fixed;inset:auto 0 0;z-index:1;max-height:17rem;overflow:auto;white-space:normal;\
        background:var(--ground);color:var(--ink);border:1px solid var(--soft);padding:.6rem .8rem;\
        font:.9rem/1.5 system-ui,sans-serif;text-align:start;direction:ltr}
        .text>span:hover>.p,.text>span:focus>.p{display:block}
        .text>span:hover>.p{z-index:2}
        .p i{display:flex;gap:.6rem;font-style:normal;margin:.15rem 0;padding:0 .4rem;\
        background:linear-gradient(to right,var(--bar) var(--p),transparent 0);border:1px solid var(--line)}
        .p i b{font-weight:400;margin-left:auto}.p .s{font-weight:700;border-color:var(--ink)}.p .m{color:var(--ink);border-style:dashed}
        @media(min-width:82rem){body:not(.two) .text>span{position:relative}\
        .text>span:focus,.text>span:target{z-index:1}body:not(.two) .p{position:absolute;inset:100% auto auto 0;width:18rem;\
        max-height:none;box-shadow:0 .2rem .8rem #0006}}
        figure{margin:1rem 0}.chart{display:flex;gap:.5rem}svg{display:block;flex:1;min-width:0;height:4.5rem;\
        border:solid var(--line);border-width:0 0 1px 1px}svg path{fill:var(--mark)}\
        svg .g{fill:none;stroke:var(--line);vector-effect:non-scaling-stroke;stroke-dasharray:2 3}
        .axis{display:flex;flex-direction:column;justify-content:space-between;color:var(--soft);font-size:.75rem;\
        line-height:1;text-align:end}
        .prompt{white-space:pre-wrap;border-left:.2rem solid var(--line);padding-left:.8rem;margin:.5rem 0}
        .settings{display:flex;flex-wrap:wrap;gap:.1rem 1.2rem;list-style:none;padding:0;color:var(--soft);font-size:.85rem}
        figcaption,caption{color:var(--soft);font-size:.85rem;text-align:start}caption{padding:.5rem 0}
        table{border-collapse:collapse;font-size:.9rem;margin-bottom:1rem;width:100%}
        th,td{border-bottom:1px solid var(--line);padding:.25rem .8rem .25rem 0;text-align:start;vertical-align:top}
        th[scope=row]{font-weight:400;min-width:9rem}code{font:.9em ui-monospace,monospace}
        .wide th[scope=col],.wide td:not(:last-child){overflow-wrap:normal}.wide td:last-child{min-width:4.5rem}
        \(pairs)
        @media(max-width:30rem){th,td{padding-right:.4rem}.wide{font-size:.8rem}.wide th[scope=row]{min-width:5.4rem}}

        """

    /// Two texts that are compared: side by side in a wide window, else one below the other.
    private static let pairs = """
        .two{max-width:88rem}.two>main>:not(#text){max-width:60rem}.d{color:var(--mark);font-weight:700;user-select:none;\
        padding:0 .15em}.e{box-shadow:0 0 0 .13rem var(--mark);-webkit-box-decoration-break:clone;\
        box-decoration-break:clone}.pair h3{overflow-wrap:anywhere}\
        .two .p{max-width:44rem;margin:0 auto}
        .found{padding-left:1.2rem;margin-top:.5rem}\
        .facts th:not([scope=row]),.facts td{width:35%}
        @media(min-width:56rem){.pair{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 2.5rem}}
        """

    /// Paper has no pointer: the details go, the colors stay. Where a system sets its own colors, lines mark the unlikely.
    private static let paper = """
        @media print{body{max-width:none;padding:0}.p,.skip,.hint{display:none!important}.text>span{break-inside:avoid}\
        .text>span,.legend li{print-color-adjust:exact;-webkit-print-color-adjust:exact}h2,h3{break-after:avoid}\
        tr,figure{break-inside:avoid}}
        @media(forced-colors:active){.h1{text-decoration:underline dotted}.h2{text-decoration:underline}\
        .h3{text-decoration:underline double}.h4{text-decoration:underline wavy}.p i{border:1px solid}}

        """
}
