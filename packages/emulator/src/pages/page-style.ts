/** The look of every page: one sheet, no font, image or address from elsewhere. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: #eef1ec; --sheet: #fff; --ink: #1d2621; --quiet: #556059; --line: #d3dad4;
  --door: #1f5c4a; --door-ink: #fff; --hover: #f1f6f2; --sign: #f4c542; --sign-ink: #2b2200; --stop: #9b2c1f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #101513; --sheet: #1a211e; --ink: #e8eeea; --quiet: #a3b0a9; --line: #36413b;
    --door: #6fcfae; --door-ink: #0c1d17; --hover: #222c27; --sign: #e3b52f; --sign-ink: #241c00; --stop: #ff9d8d;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: flex; flex-direction: column; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
.sign {
  background: var(--sign); color: var(--sign-ink); padding: .5rem 1rem; text-align: center; font-size: .875rem;
}
.sign strong { font-weight: 650; }
main { flex: 1; display: grid; place-items: center; padding: 1.5rem 1rem; }
.sheet {
  width: 100%; max-width: 27rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 1rem;
  border-top: .375rem solid var(--door); padding: 1.75rem 1.75rem 1.5rem; box-shadow: 0 1rem 2.5rem -1.5rem rgb(0 0 0 / .35);
}
h1 { margin: 0 0 .25rem; font-size: 1.5rem; line-height: 1.25; font-weight: 650; letter-spacing: -.01em; overflow-wrap: anywhere; }
p { margin: 0 0 1rem; }
.lead { color: var(--quiet); overflow-wrap: anywhere; }
.lead b { color: var(--ink); font-weight: 600; }
ul { list-style: none; margin: 0 0 1rem; padding: 0; }
form { margin: 0; }
button, input { font: inherit; color: inherit; }
.account {
  display: grid; grid-template-columns: 2.5rem 1fr auto; gap: 0 .875rem; align-items: center; width: 100%; min-height: 4rem;
  padding: .625rem .75rem; margin-bottom: .5rem; text-align: start; cursor: pointer;
  background: none; border: 1px solid var(--line); border-radius: .75rem;
}
.account:hover { background: var(--hover); border-color: var(--door); }
.initials {
  width: 2.5rem; height: 2.5rem; border-radius: 50%; display: grid; place-items: center; grid-row: span 2;
  border: 2px solid var(--door); color: var(--door); font-weight: 650; font-size: .875rem;
}
.name { font-weight: 600; line-height: 1.3; overflow-wrap: anywhere; }
.username { grid-column: 2 / -1; color: var(--quiet); font-size: .875rem; line-height: 1.3; overflow-wrap: anywhere; }
.tag { grid-column: 3; grid-row: 1; font-size: .75rem; color: var(--quiet); border: 1px solid var(--line); border-radius: 1rem; padding: .125rem .625rem; }
.who { display: grid; grid-template-columns: 2.5rem 1fr; gap: 0 .875rem; align-items: center; margin: 1rem 0 1.25rem; }
details { margin: .75rem 0 1rem; }
summary { cursor: pointer; padding: .375rem 0; color: var(--door); font-weight: 600; }
label { display: block; margin: .5rem 0 .25rem; font-weight: 600; }
input[type="text"] {
  width: 100%; min-height: 2.75rem; padding: .5rem .75rem; background: var(--sheet);
  border: 1px solid var(--quiet); border-radius: .625rem;
}
.code { font: 600 1.5rem/1.3 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; letter-spacing: .18em; text-transform: uppercase; text-align: center; }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.25rem; }
.primary, .secondary { flex: 1 1 auto; min-width: 8rem; min-height: 2.75rem; padding: .5rem 1.25rem; border-radius: .625rem; cursor: pointer; font-weight: 600; }
.primary { background: var(--door); color: var(--door-ink); border: 1px solid var(--door); }
.primary:hover { filter: brightness(1.1); }
.secondary { background: none; border: 1px solid var(--quiet); }
.secondary:hover { background: var(--hover); }
:focus-visible { outline: 2px solid var(--door); outline-offset: 2px; }
a { color: var(--door); font-weight: 600; }
.permissions li { padding: .625rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.permissions li:first-child { border-top: 1px solid var(--line); }
.permissions small { display: block; color: var(--quiet); }
.problem { margin-top: .75rem; color: var(--stop); font-weight: 600; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 0 1rem; padding: .875rem; background: var(--ground); border-radius: .625rem; font: .8125rem/1.5 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; }
footer { text-align: center; padding: 0 1rem 1.5rem; color: var(--quiet); font-size: .8125rem; overflow-wrap: anywhere; }
`;
