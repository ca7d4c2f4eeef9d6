/**
 * The style of the result page. No colour carries a meaning alone, every text has a contrast of at least 4.5:1 in
 * both colour schemes, and nothing is loaded from anywhere.
 */
export const RESULT_PAGE_STYLE = `
:root{color-scheme:light dark;--ground:#f3f5f8;--card:#fff;--line:#dfe4ec;--text:#16202e;--soft:#526074;--good:#0b6e4f;--good-ground:#e2f4ec;--bad:#a8231c;--bad-ground:#fdebe9;--wait:#1d55b0;--wait-ground:#e6effc}
@media (prefers-color-scheme:dark){:root{--ground:#0f141b;--card:#18202a;--line:#2b3644;--text:#eef2f7;--soft:#a9b5c4;--good:#6fdcb0;--good-ground:#12352a;--bad:#ff9d94;--bad-ground:#3e1b1a;--wait:#8fbaff;--wait-ground:#172b4a}}
*{box-sizing:border-box}
html{font:100%/1.55 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100dvh;display:grid;place-items:center;padding:1.5rem;background:var(--ground);color:var(--text)}
main{width:100%;max-width:33rem;padding:2.5rem 2.25rem 2rem;background:var(--card);border:1px solid var(--line);border-radius:1rem;box-shadow:0 1px 2px rgb(16 24 40/.05),0 12px 32px rgb(16 24 40/.07);text-align:center}
.mark{display:inline-grid;place-items:center;width:4.5rem;height:4.5rem;border-radius:50%}
.mark svg{width:2.75rem;height:2.75rem;fill:none;stroke:currentColor;stroke-width:2.25;stroke-linecap:round;stroke-linejoin:round}
.good .mark{color:var(--good);background:var(--good-ground)}
.bad .mark{color:var(--bad);background:var(--bad-ground)}
.wait .mark{color:var(--wait);background:var(--wait-ground)}
h1{margin:1.5rem 0 .5rem;font-size:1.625rem;line-height:1.25;font-weight:650;letter-spacing:-.01em;text-wrap:balance;overflow-wrap:anywhere}
h1:focus{outline:none}
p{margin:0;text-wrap:balance;overflow-wrap:anywhere}
.details{margin-top:1.25rem;border:1px solid var(--line);border-radius:.5rem;background:var(--ground);font-size:.8125rem;line-height:1.5;text-align:start}
.details summary{padding:.625rem 1rem;color:var(--soft);cursor:pointer}
.details summary:focus-visible{outline:2px solid var(--wait);outline-offset:-2px;border-radius:.5rem}
.details p{padding:0 1rem .75rem;text-wrap:wrap;white-space:pre-line}
.origin{margin-top:1.75rem;padding-top:1.25rem;border-top:1px solid var(--line);color:var(--soft);font-size:.875rem}
@media (max-width:33rem){body{padding:1rem}main{padding:2rem 1.25rem 1.5rem}}
@media (max-width:20rem){body{padding:.5rem}main{padding:1.5rem .75rem 1rem}h1{font-size:1.125rem}h1,p{hyphens:auto;-webkit-hyphens:auto}}
@media (forced-colors:active){.mark{border:2px solid currentColor}}
@media print{body{background:none;min-height:0}main{border:0;box-shadow:none}}
`;
