/** The style of the reports, light and dark. */
export const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#1c2430, #e4e8ee); --soft: light-dark(#6b7685, #93a0b0); --line: light-dark(#dde2e8, #333c48);
  --bar: light-dark(#a9c6e8, #35577f); --law: light-dark(#b3541e, #f0a06a); --bad: light-dark(#c02020, #ff7b72); --good: light-dark(#1f7a3d, #6fd08c); }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); max-width: 1000px; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { font-weight: 600; line-height: 1.2; } h2 { margin-top: 2.5rem; }
table { border-collapse: collapse; margin: 1rem 0; font-size: 13px; }
th, td { text-align: left; vertical-align: top; padding: 3px 14px 3px 0; border-bottom: 1px solid var(--line); }
th { font-weight: 500; color: var(--soft); }
.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.good { color: var(--good); } .bad { color: var(--bad); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(300px, 1fr)); gap: 1rem; }
figure { margin: 1rem 0; } figcaption { font-size: 12px; } svg { max-width: 100%; height: auto; }
.key::before { content: ''; display: inline-block; width: 0.8em; height: 0.8em; margin: 0 0.4em 0 1em; background: var(--bar); }
.key.limit::before { background: var(--soft); } .key.peer::before { background: var(--law); }
summary { cursor: pointer; color: var(--soft); }
`;
