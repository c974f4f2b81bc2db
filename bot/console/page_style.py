"""The style sheet of the HTML page: our words in sans, the words of articles in serif, one column, light and dark."""

STYLE = """
:root {
  color-scheme: light dark;
  --paper: #fbfaf8; --card: #ffffff; --ink: #1f1e1b; --soft: #6b675f; --rule: #e4e0d8;
  --link: #1b5a8f; --accent: #8a3b12;
  --answered: #2c6e3f; --waiting: #96650a; --alert: #b3261e; --unknown: #6a4c93;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171614; --card: #1f1e1b; --ink: #e9e6df; --soft: #a39e93; --rule: #35322d;
    --link: #8ab8e0; --accent: #e0976b;
    --answered: #7fc492; --waiting: #e0b457; --alert: #f2867c; --unknown: #bda2e0;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere; -webkit-text-size-adjust: 100%;
  font: 400 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main { max-width: 44rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .4rem; letter-spacing: -.01em; text-wrap: pretty; }
h2 {
  font-size: .8rem; font-weight: 700; letter-spacing: .08em; text-transform: uppercase; color: var(--accent);
  margin: 1.9rem 0 .8rem; padding-top: .7rem; border-top: 1px solid var(--rule);
}
p { margin: .3rem 0; }
a { color: var(--link); text-decoration-thickness: .06em; text-underline-offset: .15em; }
a:hover { text-decoration-thickness: .12em; }
small, .context { color: var(--soft); font-size: .875rem; }
.context { margin: .5rem 0; }
ul { list-style: none; margin: 0; padding: 0; }
li { display: grid; grid-template-columns: 4rem 1fr; margin: 0 0 1.15rem; }
.id { color: var(--soft); font-size: .8rem; line-height: 1.85; font-variant-numeric: tabular-nums; }
.main { margin-top: 0; }
.said, .copied { font-family: Charter, "Bitstream Charter", "Iowan Old Style", Georgia, "Liberation Serif", serif; }
.copied { font-size: 1.08em; }
.quote .main { font-size: 1.2rem; line-height: 1.42; margin-bottom: .35rem; }
.quote .main .said { hanging-punctuation: first; }
.quote p:not(.main), .entry p:not(.main) { font-size: .9375rem; }
.lead .main { font-size: 1.2rem; line-height: 1.42; }
.lead p { margin: .35rem 0; }
.since_last > p:not(.context) { margin-left: 4rem; }
.answered > .id::before, .waiting > .id::before, .alert > .id::before, .unknown > .id::before {
  content: ""; display: inline-block; width: .55em; height: .55em; margin-right: .35em; border-radius: 50%;
  background: currentColor;
}
.answered > .id { color: var(--answered); }
.waiting > .id { color: var(--waiting); }
.alert > .id { color: var(--alert); font-weight: 700; }
.unknown > .id { color: var(--unknown); }
.detail { margin-top: 3.5rem; padding-top: 1.5rem; border-top: 3px double var(--rule); }
.detail h1 { font-size: 1.25rem; }
.detail .quote .main { font-size: 1.05rem; }
.footer { margin-top: 1.9rem; padding-top: .7rem; border-top: 1px solid var(--rule); }
@media (max-width: 34rem) {
  main { padding: 1.4rem 1rem 3rem; }
  h1 { font-size: 1.3rem; }
  li { grid-template-columns: 1fr; }
  .since_last > p:not(.context) { margin-left: 0; }
  .id { line-height: 1.5; }
  .quote .main, .lead .main { font-size: 1.1rem; }
}
@media print {
  body { background: none; }
  main { max-width: none; padding: 0; }
  li { break-inside: avoid; }
}
"""
