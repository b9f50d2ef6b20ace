/** What the live page alone needs of a look. */
export const nowLook = `
.right-now h1{display:flex;gap:12px;align-items:center;margin:24px 0 4px;font-size:28px;line-height:1.2;letter-spacing:-0.015em}
.right-now .lead{max-width:110ch;margin-bottom:16px;color:var(--ink2)}
.right-now .kpis{grid-template-columns:repeat(3,minmax(0,1fr))}
.right-now .ranked>li{grid-template-columns:minmax(0,1fr) 22% 92px}
.right-now .rest-line{padding:10px 6px;font-size:14.5px}
.right-now .columns{align-items:start}
.right-now .reader{left:calc(60px + (100% - 60px)*.016);right:calc((100% - 60px)*.016)}
.minutes .views{fill:var(--accent-soft);stroke:var(--accent)}
.minutes .visits{fill:var(--accent)}
.minutes .hidden{fill:url(#few)}
.minutes .hatch{stroke:var(--control);stroke-width:1.2}
figcaption .minutes{display:inline-block;margin-right:8px;vertical-align:-1px}
.protects{max-width:72ch;padding:6px 4px 16px;color:var(--ink2);font-size:13.5px}
.protects h2{font-size:13.5px}
@media(scripting:none){.follows{display:none}}
@media(max-width:760px){.right-now .kpis{grid-template-columns:minmax(0,1fr)}.right-now .kpis li{border-left:0}.right-now .reader{left:calc(48px + (100% - 48px)*.016)}.right-now .kpis li:nth-child(n+2){border-top:1px solid var(--line)}.right-now .ranked>li{grid-template-columns:minmax(0,1fr) 16% 84px}}
@media(forced-colors:active){.minutes .visits{fill:CanvasText}.minutes .views{fill:Canvas;stroke:CanvasText}}
@media print{.follows{display:none}}
`;
