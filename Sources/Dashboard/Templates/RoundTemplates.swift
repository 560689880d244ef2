let federationTemplate = """
    <dl class="key">
    {{#figures}}<div><dt>{{name}}</dt><dd><b>{{value}}</b><span>{{note}}</span></dd></div>
    {{/figures}}
    </dl>
    {{#pause}}<p class="lead">{{.}}</p>{{/pause}}
    {{#round}}<section aria-labelledby="now"><h2 id="now">Round {{number}} now</h2>
    {{> round}}
    </section>{{/round}}
    {{#participation}}<section aria-labelledby="latest"><h2 id="latest">Latest rounds</h2>
    <div class="pair"><div>{{> participation}}</div>{{#curve}}<div>{{{.}}}</div>{{/curve}}</div>
    </section>{{/participation}}
    <section aria-labelledby="about"><h2 id="about">What was agreed</h2>
    {{> facts}}
    </section>

    """

let participationTemplate = """
    <div class="scroll" role="region" aria-label="Participation" tabindex="0"><table class="timeline">
    <caption class="hidden">Participation by hospital and round</caption>
    <thead><tr><th scope="col">Hospital</th>{{#numbers}}<th scope="col"><a href="/rounds/{{.}}">{{.}}</a></th>\
    {{/numbers}}</tr></thead>
    <tbody>
    {{#rows}}<tr><th scope="row">{{hospital}}</th>{{#marks}}<td class="{{mark.className}}" title="{{title}}">\
    <span aria-hidden="true">{{mark.symbol}}</span><span class="hidden">{{mark.words}}</span></td>{{/marks}}</tr>
    {{/rows}}
    </tbody></table></div>
    <ul class="legend">
    {{#legend}}<li class="{{className}}"><span aria-hidden="true">{{symbol}}</span> {{words}}</li>
    {{/legend}}
    </ul>

    """

let roundPageTemplate = """
    {{> round}}
    <p><a href="/ledger?round={{number}}">Entries of round {{number}} in the ledger</a></p>
    <nav aria-label="Neighbouring rounds" class="pager">{{#previous}}<a href="{{.}}" rel="prev">← Round before</a>\
    {{/previous}}{{#next}}<a href="{{.}}" rel="next">Round after →</a>{{/next}}</nav>

    """

let roundTemplate = """
    <p class="lead"><span class="outcome {{outcomeClass}}">{{outcome}}</span>{{#waitsFor}}: {{.}}{{/waitsFor}}</p>
    <div class="scroll" role="region" aria-label="Hospitals in round {{number}}" tabindex="0"><table class="words">
    <caption>Where every hospital stands</caption>
    <thead><tr><th scope="col">Hospital</th><th scope="col">Standing</th><th scope="col">Committed</th>\
    <th scope="col">Nonce</th><th scope="col">Check of the sum</th><th scope="col">Vote</th></tr></thead>
    <tbody>
    {{#members}}<tr><th scope="row">{{name}}</th><td class="{{mark.className}}">\
    <span aria-hidden="true">{{mark.symbol}}</span> <span>{{mark.words}}</span></td><td>{{committed}}</td>\
    <td>{{nonce}}</td><td>{{checks}}</td><td>{{vote}}</td></tr>
    {{/members}}
    </tbody></table></div>
    {{#hasDeadlines}}<div class="scroll" role="region" aria-label="Deadlines of round {{number}}" tabindex="0">\
    <table class="words">
    <caption>Deadlines</caption>
    <thead><tr><th scope="col">Phase</th><th scope="col">Instant</th><th scope="col">From now</th>\
    <th scope="col">What it means</th></tr></thead>
    <tbody>
    {{#deadlines}}<tr{{#isCurrent}} class="current"{{/isCurrent}}><th scope="row">{{phase}}\
    {{#isCurrent}} <span class="badge now">now</span>{{/isCurrent}}</th><td>{{instant}}</td><td>{{distance}}</td>\
    <td>{{meaning}}</td></tr>
    {{/deadlines}}
    </tbody></table></div>{{/hasDeadlines}}
    {{> facts}}

    """

let roundsTemplate = """
    {{^hasRounds}}<p class="lead">No round was opened yet.</p>{{/hasRounds}}
    {{#hasRounds}}<section aria-labelledby="participation">\
    <h2 id="participation">Every hospital in every round</h2>
    {{#participation}}{{> participation}}{{/participation}}
    </section>
    <section aria-labelledby="list"><h2 id="list">Round by round</h2>
    <div class="scroll" role="region" aria-label="Rounds" tabindex="0"><table class="words">
    <caption class="hidden">Rounds, newest first</caption>
    <thead><tr><th scope="col">Round</th><th scope="col">Outcome</th><th scope="col">In the sum</th>\
    <th scope="col">Excluded</th><th scope="col">Absent</th><th scope="col">Ended</th></tr></thead>
    <tbody>
    {{#rounds}}<tr><th scope="row"><a href="/rounds/{{number}}">{{number}}</a></th>\
    <td><span class="outcome {{outcomeClass}}">{{outcome}}</span></td><td>{{accepted}}</td><td>{{excluded}}</td>\
    <td>{{absent}}</td><td>{{ended}}</td></tr>
    {{/rounds}}
    </tbody></table></div></section>{{/hasRounds}}

    """
