import Report

/// The report's style sheet, and what only the dashboard needs.
enum DashboardStyle {
    static let sheet =
        PageParts.styleSheet + """

            .skip{position:absolute;left:-999rem}
            .skip:focus{left:1rem;top:.6rem;z-index:2;background:var(--paper);padding:.5rem .8rem}
            a{color:var(--accent);text-underline-offset:.18em}
            header.top{padding:1.6rem 0 0}
            header .kicker b{color:var(--ink)}
            .bar{display:flex;flex-wrap:wrap;gap:.4rem 1.5rem;justify-content:space-between;align-items:center;
            border-bottom:1px solid var(--line)}
            nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:0 1.4rem;margin:.6rem 0 0;padding:0}
            nav li a{display:inline-block;padding:.55rem 0;color:var(--soft);text-decoration:none;font-weight:550;
            border-bottom:3px solid transparent;margin-bottom:-1px}
            nav li a:hover{color:var(--ink)}
            nav li a[aria-current]{color:var(--ink);border-bottom-color:var(--accent)}
            main{padding-top:1.4rem}
            main:focus{outline:none}
            h1{font-size:clamp(1.5rem,1.1rem + 1.6vw,2.1rem);margin:.2em 0 .7em}
            h2{font-size:1.15rem}
            section,.key{margin-bottom:2.4rem}
            caption{text-align:left;font-weight:650;padding:0 0 .5rem}
            .banner{letter-spacing:0;font-size:1rem}
            .outcome.published{color:var(--accent);font-weight:600}
            .outcome.running{color:var(--s2);font-weight:600}
            .outcome.failed{color:var(--alarm);font-weight:600}
            .committed>span:first-child{color:var(--s2)}.awaited>span:first-child{color:var(--soft)}
            .words td.excluded{background:none;color:var(--alarm)}
            .current th,.current td{background:var(--tint)}
            .badge.now{color:var(--accent);border-color:var(--accent)}
            progress{display:block;width:100%;min-width:8rem;height:.72rem;margin-top:.3rem;appearance:none;
            border:1px solid var(--line);background:var(--tint)}
            progress::-webkit-progress-bar{background:var(--tint)}
            progress::-webkit-progress-value{background:var(--accent)}
            progress::-moz-progress-bar{background:var(--accent)}
            .facts.wide{grid-template-columns:1fr}
            .facts.wide div{grid-template-columns:minmax(8rem,1fr) 4fr}
            .pager{display:flex;gap:1.5rem;flex-wrap:wrap}
            .path{padding-left:1.6rem}
            .login{display:grid;gap:.6rem;max-width:22rem}
            input{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--soft);
            border-radius:3px;padding:.5rem .6rem}
            button{font:inherit;font-weight:600;color:var(--paper);background:var(--accent);border:0;
            border-radius:3px;padding:.5rem .9rem;cursor:pointer;justify-self:start}
            .bar button{color:var(--accent);background:none;padding:.3rem .2rem}
            footer p{margin:.3rem 0}
            @media (max-width:32rem){.facts div,.facts.wide div{grid-template-columns:1fr;gap:.1rem}}
            @media print{nav,.skip,.bar form{display:none}}

            """
}
