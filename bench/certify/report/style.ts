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
figure { margin: 0; max-width: 640px; }
svg { width: 100%; height: auto; } svg text { font-size: 11px; fill: var(--soft); } svg .title { font-size: 12px; fill: var(--ink); }
svg .x { text-anchor: middle; } svg .y { text-anchor: end; }
.bar { fill: var(--bar); } .pass { fill: var(--soft); } .fail { fill: var(--bad); }
.law, .curve, .bound, .grid { fill: none; stroke: var(--law); stroke-width: 1.3; }
.curve { stroke: var(--ink); stroke-width: 1; } .bound { stroke: var(--bad); stroke-dasharray: 4 3; } .grid { stroke: var(--line); stroke-width: 0.6; }
summary { cursor: pointer; color: var(--soft); }
`;
