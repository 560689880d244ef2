let hospitalsTemplate = """
    <p class="lead">{{privacy}}</p>
    <div class="scroll" role="region" aria-label="Hospitals" tabindex="0"><table class="hospitals">
    <caption class="hidden">Hospitals over all rounds</caption>
    <thead><tr><th scope="col">Hospital</th><th scope="col">Accepted</th><th scope="col">Excluded</th>\
    <th scope="col">Absent</th>{{#hasBudget}}<th scope="col">ε spent of its budget</th>\
    <th scope="col">Latest mechanism</th>{{/hasBudget}}<th scope="col">Votes</th>\
    <th scope="col">One-time keys left</th><th scope="col">Key begins</th></tr></thead>
    <tbody>
    {{#rows}}<tr><th scope="row">{{name}}</th><td>{{accepted}}</td><td>{{excluded}}</td><td>{{absent}}</td>\
    {{#budget}}<td>{{spent}} ({{percent}})<progress max="{{budgetMicros}}" value="{{spentMicros}}" \
    aria-label="Share of the budget of {{name}} that is spent">{{percent}}</progress></td><td>{{mechanism}}</td>\
    {{/budget}}<td>{{votes}}</td><td>{{keys}}</td><td><code>{{fingerprint}}</code></td></tr>
    {{/rows}}
    </tbody></table></div>
    <p class="note">Counts of patients and images are known to each hospital alone; they are not on the ledger.</p>

    """

let attacksTemplate = """
    <section aria-labelledby="excluded"><h2 id="excluded">Exclusions</h2>
    {{^hasExclusions}}<p class="lead">No hospital was excluded from any sum.</p>{{/hasExclusions}}
    {{#hasExclusions}}<p>What the hospitals found in the opened sketches and signed, or the contract itself. A reason \
    is a rule's, not a proof of intent.</p>
    <div class="scroll" role="region" aria-label="Exclusions" tabindex="0"><table class="words">
    <caption class="hidden">Exclusions</caption>
    <thead><tr><th scope="col">Hospital</th><th scope="col">Reason</th><th scope="col">Rounds</th>\
    <th scope="col">Figures of the first</th></tr></thead>
    <tbody>
    {{#exclusions}}<tr><th scope="row">{{hospital}}</th><td>{{reason}}</td><td>{{rounds}}</td><td>{{figures}}</td></tr>
    {{/exclusions}}
    </tbody></table></div>{{/hasExclusions}}
    </section>
    <section aria-labelledby="disputes"><h2 id="disputes">Complaints, contests, accusations</h2>
    {{^hasDisputes}}<p class="lead">Nobody complained, contested, accused or voted against.</p>{{/hasDisputes}}
    {{#hasDisputes}}<div class="scroll" role="region" aria-label="Disputes" tabindex="0"><table class="words">
    <caption class="hidden">Complaints, contests, accusations and votes against</caption>
    <thead><tr><th scope="col">Round</th><th scope="col">What happened</th><th scope="col">What came of it</th></tr>\
    </thead>
    <tbody>
    {{#disputes}}<tr><th scope="row"><a href="/rounds/{{round}}">{{round}}</a></th><td>{{what}}</td>\
    <td>{{outcome}}</td></tr>
    {{/disputes}}
    </tbody></table></div>{{/hasDisputes}}
    </section>

    """

let entriesTemplate = """
    <p>{{range}}{{#round}} <a href="/ledger">All entries</a>{{/round}}</p>
    <div class="scroll" role="region" aria-label="Entries" tabindex="0"><table class="words">
    <caption class="hidden">Entries of the ledger</caption>
    <thead><tr><th scope="col">Entry</th><th scope="col">Time</th><th scope="col">Author</th>\
    <th scope="col">What it says</th><th scope="col">Leaf hash begins</th></tr></thead>
    <tbody>
    {{#rows}}<tr><th scope="row"><a href="/ledger/{{index}}">{{index}}</a></th><td>{{time}}</td><td>{{author}}</td>\
    <td>{{summary}}</td><td><code>{{leafHash}}</code></td></tr>
    {{/rows}}
    </tbody></table></div>
    <nav aria-label="Pages of entries" class="pager">{{#newer}}<a href="{{.}}" rel="prev">← Newer</a>{{/newer}}\
    {{#older}}<a href="{{.}}" rel="next">Older →</a>{{/older}}</nav>

    """

let entryTemplate = """
    <p class="lead">{{summary}}</p>
    {{> facts}}
    {{#hasFields}}<section aria-labelledby="fields"><h2 id="fields">Fields</h2>
    <dl class="facts wide">
    {{#fields}}<div><dt>{{name}}</dt><dd>{{#isCode}}<code class="digest">{{value}}</code>{{/isCode}}\
    {{^isCode}}{{value}}{{/isCode}}</dd></div>
    {{/fields}}
    </dl></section>{{/hasFields}}
    <section aria-labelledby="proof"><h2 id="proof">Proof that it is in the log</h2>
    <p>{{#holds}}<span class="tick" aria-hidden="true">✓</span> Checked here: this path leads from the leaf hash \
    to{{/holds}}{{^holds}}<strong>✕ This path does NOT lead from the leaf hash to</strong>{{/holds}} {{proof}}.</p>
    <p>Check it yourself: <code>cordon ledger prove DIRECTORY {{index}}</code></p>
    <p>Leaf hash <code class="digest">{{leafHash}}</code></p>
    <ol class="path">
    {{#path}}<li value="{{number}}"><code class="digest">{{hash}}</code></li>
    {{/path}}
    </ol>
    <p>Root <code class="digest">{{root}}</code></p></section>
    <nav aria-label="Neighbouring entries" class="pager">{{#previous}}<a href="{{.}}" rel="prev">← Entry before</a>\
    {{/previous}}{{#next}}<a href="{{.}}" rel="next">Entry after →</a>{{/next}}</nav>

    """
