let frameTemplate = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <title>{{title}} · Cordon</title>
    <link rel="icon" href="data:,"/>
    <link rel="stylesheet" href="/style.css"/>
    {{#isLive}}<script src="/live.js" defer="defer"></script>{{/isLive}}
    </head>
    <body data-version="{{version}}">
    <a class="skip" href="#content">Skip to content</a>
    <header class="top">
    <p class="kicker">Cordon{{#federation}} · <b>{{.}}</b>{{/federation}}</p>
    <div class="bar"><nav aria-label="Pages"><ul>
    {{#links}}<li><a href="{{path}}"{{#isCurrent}} aria-current="page"{{/isCurrent}}>{{label}}</a></li>
    {{/links}}
    </ul></nav>
    {{#hasLogin}}<form method="post" action="/logout"><button>Log out</button></form>{{/hasLogin}}</div>
    </header>
    <main id="content" tabindex="-1">
    <h1>{{title}}</h1>
    {{#problem}}<p class="banner" role="alert"><strong>Not all is well with this ledger.</strong> {{.}}</p>{{/problem}}
    {{{body}}}
    </main>
    <footer>{{#status}}<p>{{.}}</p>{{/status}}<p id="live" role="status"></p></footer>
    </body>
    </html>

    """

let noticeTemplate = """
    <p class="lead">{{text}}</p>

    """

let loginTemplate = """
    {{#failure}}<p class="banner" role="alert">{{.}}</p>{{/failure}}
    <form method="post" action="/login" class="login">
    <label for="password">Password</label>
    <input id="password" name="password" type="password" autocomplete="current-password" required="required" \
    maxlength="1024"/>
    <button>Log in</button>
    </form>

    """

let factsTemplate = """
    <dl class="facts">
    {{#facts}}<div><dt>{{name}}</dt><dd>{{#isCode}}<code class="digest">{{value}}</code>{{/isCode}}\
    {{^isCode}}{{value}}{{/isCode}}</dd></div>
    {{/facts}}
    </dl>

    """

let qualityTemplate = """
    {{#reason}}<p class="lead">{{.}}</p>{{/reason}}
    {{#sections}}<p class="note">From summary.json, which tells of this very ledger; how good a model is does not \
    stand on the ledger itself.</p>
    {{{.}}}{{/sections}}

    """
