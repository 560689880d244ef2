/// The style sheet of the report: light and dark by the reader's setting, and for paper.
enum ReportStyle {
    static let sheet: HTML = """

        :root{--paper:#fcfcfa;--ink:#1a2127;--soft:#58636d;--line:#dfe3e2;--tint:#f1f3f1;--accent:#0d6560;
        --alarm:#a8351f;--alarm-tint:#fbe9e4;--s1:#0d6560;--s2:#a85a12;--s3:#3f6fb0;--s4:#7a5aa6;--s5:#8a7a2c;
        --s6:#5f7f46;--s7:#a04a6f;--s8:#4a8a9c;--s9:#84898e}
        @media (prefers-color-scheme:dark){:root{--paper:#13181b;--ink:#e6eae9;--soft:#a2adb3;--line:#2e373b;
        --tint:#1b2226;--accent:#63c6ba;--alarm:#ff9077;--alarm-tint:#3a1f1a;--s1:#63c6ba;--s2:#eba55a;--s3:#86b0ee;
        --s4:#bda0e6;--s5:#d0bf67;--s6:#9dc580;--s7:#e28db2;--s8:#84c6d8;--s9:#9aa3a9}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0 auto;padding:0 clamp(1rem,4vw,3rem) 4rem;max-width:76rem;background:var(--paper);
        color:var(--ink);
        font:400 1rem/1.55 Inter,"Helvetica Neue","Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif;
        font-variant-numeric:tabular-nums;counter-reset:figure}
        header{padding:clamp(1.5rem,5vw,4rem) 0 1.5rem}
        h1{font-size:clamp(1.7rem,1.1rem + 2.6vw,2.9rem);line-height:1.12;letter-spacing:-.022em;font-weight:650;
        margin:.2em 0 .5em;
        overflow-wrap:anywhere}
        h2{font-size:1.3rem;letter-spacing:-.012em;font-weight:650;margin:0 0 1rem;padding-top:1rem;
        border-top:2px solid var(--ink)}
        h3{font-size:1rem;font-weight:650;margin:1.6rem 0 .5rem}
        section{margin:0 0 3.2rem}
        p{max-width:68ch;margin:.5rem 0 1rem}
        .heat td{padding:2px}.shade{display:block;padding:.35rem .5rem;text-align:right;
        background:color-mix(in srgb,var(--alarm) calc(var(--share)*.6),transparent)}
        .kicker{color:var(--accent);font-weight:600;font-size:.85rem;margin:0}
        .lead{font-size:clamp(1.05rem,1rem + .4vw,1.25rem);line-height:1.5}
        .meta,.note,figcaption{color:var(--soft);font-size:.87rem}
        .meta{overflow-wrap:anywhere}
        .banner{margin:0 0 2rem;max-width:none;padding:1rem 1.2rem;border:2px solid var(--alarm);
        background:var(--alarm-tint);
        color:var(--alarm);letter-spacing:.02em;font-size:clamp(1rem,.8rem + .8vw,1.25rem)}
        .warnings{margin:1rem 0 0;padding:.8rem 1rem .8rem 2.2rem;border-left:4px solid var(--alarm);
        background:var(--tint)}
        .key{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.2rem,1fr));gap:0 1.4rem;margin:0}
        .key div{display:flex;flex-direction:column-reverse;justify-content:flex-end;border-top:1px solid var(--line);
        padding:.8rem 0 1rem}
        .key dt{font-size:.9rem;font-weight:600;order:0}.key dd{margin:0;display:contents}
        .key b{font-size:1.85rem;line-height:1.15;letter-spacing:-.02em;font-weight:620;order:2}
        .key span{font-size:.8rem;color:var(--soft);order:-1;line-height:1.35}
        .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1.5rem 3rem;
        align-items:start}
        figure{margin:0 0 1.2rem;min-width:0}
        figcaption{margin-top:.7rem;max-width:62ch}
        figcaption::before{counter-increment:figure;content:"Figure " counter(figure) ". ";font-weight:650;
        color:var(--ink)}
        .chart{display:block;width:100%;height:auto;max-width:38rem}.chart.roc{max-width:22rem}
        .chart text{font-size:12px;fill:var(--soft)}.chart .axis{fill:var(--soft)}
        .chart .name{font-size:12.5px;font-weight:600}
        .grid{stroke:var(--line);stroke-width:1}
        .level{stroke:var(--soft);stroke-width:1.2;stroke-dasharray:4 4}
        .series path{fill:none;stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round}
        .s1 path{stroke:var(--s1)}.s2 path{stroke:var(--s2)}
        .s1 circle,.chart text.s1{fill:var(--s1)}.s2 circle,.chart text.s2{fill:var(--s2)}
        .area{fill:var(--s2);opacity:.1}
        .scroll{overflow-x:auto;margin:.4rem 0 1rem}
        table{border-collapse:collapse;font-size:.9rem;width:100%}
        th,td{padding:.42rem .7rem .42rem 0;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line);
        vertical-align:top}
        th:first-child{text-align:left;font-weight:550}
        thead th{color:var(--soft);font-weight:550;font-size:.82rem;vertical-align:bottom}
        tr>*:last-child{padding-right:0}
        .words td{text-align:left;white-space:normal;min-width:6rem}.words thead th{text-align:left}
        .bars .bar{width:45%;padding-right:1rem}.bars .bar span,.meter span{display:block;height:.72rem;
        background:var(--s9);margin-top:.38rem}
        .bars .together .bar span{background:var(--s1)}.bars .together>*{font-weight:650}
        .bars .pooled .bar span{background:var(--s2)}
        .bars th:first-child{white-space:normal}
        .confusion{width:auto;border-spacing:4px;border-collapse:separate}
        .confusion th,.confusion td{border:0;padding:.5rem .8rem;text-align:center}
        .confusion tbody th{vertical-align:middle;text-align:right;white-space:normal;overflow-wrap:anywhere}
        .confusion tbody td{min-width:6.4rem;padding:1.4rem .6rem}
        .confusion .right{background:color-mix(in srgb,var(--s1) calc(var(--share)*.34),var(--tint))}
        .confusion .wrong{background:color-mix(in srgb,var(--alarm) calc(var(--share)*.7),var(--tint))}
        .confusion td b{display:block;font-size:1.35rem;font-weight:620;line-height:1.2}
        .confusion td span{font-size:.82rem;color:var(--ink)}
        .timeline{width:auto}.timeline th,.timeline td{text-align:center;padding:.34rem .3rem;border:0;
        min-width:1.75rem}
        .timeline th:first-child{text-align:left;padding-right:1rem;position:sticky;left:0;background:var(--paper)}
        .timeline tbody tr{border-top:1px solid var(--line)}
        .accepted>span:first-child{color:var(--s1)}.excluded>span:first-child{color:var(--alarm);font-weight:700}
        td.excluded{background:var(--alarm-tint)}
        .absent>span:first-child,.abandoned>span:first-child{color:var(--soft)}
        .rolledback>span:first-child{color:var(--s2);font-weight:700}
        .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.3rem;padding:0;margin:.7rem 0 0;
        font-size:.85rem;color:var(--soft)}
        .badge{display:inline-block;font-size:.72rem;font-weight:650;color:var(--alarm);border:1px solid var(--alarm);
        border-radius:3px;
        padding:0 .35em;line-height:1.5;vertical-align:.08em}
        .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:0 3rem;
        margin:0 0 1rem;font-size:.93rem}
        .facts div{display:grid;grid-template-columns:minmax(8rem,2fr) 3fr;gap:1rem;
        border-bottom:1px solid var(--line);padding:.45rem 0}
        .facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
        .meter{display:block;height:.72rem;background:var(--tint);border:1px solid var(--line);margin-top:.3rem}
        .meter span{margin:0;height:100%;background:var(--accent)}.meter.alarm span{background:var(--alarm)}
        .budget{max-width:40rem;margin:0 0 1.4rem}.budget p{margin:0 0 .3rem}
        blockquote{margin:0 0 1.4rem;padding:.2rem 0 .2rem 1.2rem;border-left:3px solid var(--accent);max-width:70ch;
        font-size:1.05rem}
        .stack{display:flex;height:1.5rem;overflow:hidden;margin:.2rem 0 .7rem;gap:1px}.stack span{min-width:1px}
        .parts td,.parts th{padding-top:.28rem;padding-bottom:.28rem}
        .parts i{display:inline-block;width:.75rem;height:.75rem;margin-right:.55rem;vertical-align:-.06em}
        .b1{background:var(--s1)}.b2{background:var(--s2)}.b3{background:var(--s3)}.b4{background:var(--s4)}
        .b5{background:var(--s5)}
        .b6{background:var(--s6)}.b7{background:var(--s7)}.b8{background:var(--s8)}.b9{background:var(--s9)}
        .examples{list-style:none;margin:0;padding:0;display:grid;
        grid-template-columns:repeat(auto-fill,minmax(8.2rem,1fr));gap:1.2rem}
        .examples img{display:block;width:100%;aspect-ratio:1;background:#000;image-rendering:auto}
        .examples p{margin:.4rem 0 0;font-size:.85rem;line-height:1.35}.examples span{color:var(--soft)}
        .examples .wrong span{color:var(--alarm);font-weight:600}.examples .wrong img{outline:3px solid var(--alarm)}
        pre{background:var(--tint);border:1px solid var(--line);padding:.9rem 1rem;overflow-x:auto;font-size:.84rem;
        line-height:1.5}
        pre,code{font-family:ui-monospace,"SF Mono","Cascadia Mono","JetBrains Mono","DejaVu Sans Mono",monospace}
        code{font-size:.88em}.digest{overflow-wrap:anywhere;font-size:.8em}
        .checks{list-style:none;padding:0;margin:0}.checks li{display:flex;gap:.8rem;padding:.4rem 0;
        border-bottom:1px solid var(--line)}
        .checks b{font-weight:600;margin-right:.4em}.tick{font-weight:700;color:var(--accent)}
        .failed .tick,.failed b{color:var(--alarm)}
        details{margin-top:.4rem}summary{cursor:pointer;color:var(--accent);font-size:.9rem;font-weight:600}
        :focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        .words td{text-align:left}.words th{text-align:left}
        .sheet{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));gap:1rem}
        .blanked svg{display:block;width:100%;height:auto;background:#000}
        .blanked rect{fill:none;stroke:#ffb000;stroke-width:2;vector-effect:non-scaling-stroke}
        .signature{display:grid;grid-template-columns:2fr 1fr 3fr;gap:2rem;margin-top:3rem}
        .signature p{border-top:1px solid var(--ink);padding-top:.3rem;color:var(--soft)}
        footer{border-top:1px solid var(--line);color:var(--soft);font-size:.85rem;padding-top:1rem}
        .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        thead.hidden{display:block}
        @media (max-width:32rem){.chart:not(.roc) text,.chart:not(.roc) .name{font-size:15px}}
        @media print{:root{--paper:#fff;--ink:#000;--soft:#444;--line:#bbb;--tint:#f4f4f4;--accent:#0d6560;
        --alarm:#a8351f;
        --alarm-tint:#fff;--s1:#0d6560;--s2:#a85a12}body{max-width:none;padding:0;font-size:10pt}
        section{margin-bottom:1.4rem}figure,tr,.examples li{break-inside:avoid}h2,h3{break-after:avoid}
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}.scroll{overflow:visible}}

        """
}
