/** What a partner's page needs of a look besides the dashboard's stylesheet. */

export const look = `
.report-head{padding:28px 0 20px}
.report-head h1{font-size:28px;line-height:1.2;letter-spacing:-.015em;overflow-wrap:anywhere}
.report-head p{max-width:640px;margin-top:8px;color:var(--ink2);font-size:16px}
.shown{color:var(--ink2);font-size:14.5px}
.button{display:inline-flex;gap:8px;align-items:center;min-height:var(--target);padding:0 12px;border:1px solid var(--line);border-radius:8px;background:var(--surface);text-decoration:none}
.button:hover{border-color:var(--control)}
.kpis.estimates{grid-template-columns:none;grid-auto-flow:column;grid-auto-columns:minmax(0,1fr)}
.estimates .ends,.estimates .foot{display:block}
.estimates small{font-size:15px;font-weight:400;letter-spacing:0;color:var(--ink2)}
.estimates strong{margin:3px 0 4px}
.ends{color:var(--ink2);font-size:14px}
.estimates .foot{margin-top:4px;color:var(--ink2)}
.key.banded::before{border-top:0;height:10px;background:var(--band);vertical-align:-1px}
:root{--band:light-dark(#dde4ee,#22364f);--reach:light-dark(#b1c3da,#3c5f8b)}
.stretch path.band{fill:var(--band);stroke:none}
.whisker{stroke:var(--reach);stroke-width:6;stroke-linecap:round}
.estimate .rail{stroke:var(--line)}
.estimate rect{fill:var(--reach)}
.estimate circle{fill:var(--accent);stroke:var(--surface);stroke-width:1.5}
.dotted{table-layout:fixed}
.dotted tbody :is(th,td){height:42px}
.dotted tbody tr:last-child>*{border-bottom:0}
.dotted th[scope=row]{font-weight:500;overflow-wrap:anywhere}
.dotted th[scope=row] .meta{display:block}
.dotted .dots{width:32%;padding-inline:8px 12px}
.dotted thead :is(th,td){white-space:nowrap}
.dotted .number{width:76px}
.dotted .number.ends{width:122px}
.dotted .unsure{color:var(--ink2);font-size:13.5px}
.dotted .hatched th{padding-left:6px}
.dotted .place{width:52px;color:var(--ink2);white-space:nowrap}
.readings li{padding:8px 0;border-bottom:1px solid var(--line);color:var(--ink2);font-size:14.5px}
.readings li:last-child{border-bottom:0}
.example{margin:4px 0 12px}
.example .figure{fill:var(--ink);font-size:14px;font-weight:620}
.example text{font-size:13px}
.embedded{padding-block:16px}
.embedded h1{margin-bottom:12px;font-size:20px;line-height:1.3}
.embedded .panel{margin-bottom:12px}
.embedded .shown{margin-bottom:12px}
@media(max-width:760px){
.report-head{padding:20px 0 12px}
.shown{flex-basis:100%;order:9}
.dotted,.dotted tbody{display:block}
.dotted thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.dotted tr{display:flex;flex-wrap:wrap;align-items:baseline;gap:2px 10px;padding:10px 0;border-bottom:1px solid var(--line)}
.dotted tbody tr:last-child{border-bottom:0}
.dotted tbody :is(th,td){height:auto;padding:0;border:0}
.kpis.estimates{grid-auto-flow:row}
.kpis.estimates.estimates li{border-left:0}
.kpis.estimates.estimates li+li{border-top:1px solid var(--line)}
.dotted th[scope=row]{flex:1 1 0;min-width:0}
.dotted .number,.dotted .number.ends,.dotted .place{width:auto;flex:none}
.dotted .unsure{flex:0 0 100%}
.dotted .dots{order:2;flex:0 0 100%;width:auto}
.dotted tr.hatched{padding-inline:6px}
}
@media(forced-colors:active){
.estimate rect,.stretch path.band{fill:GrayText;forced-color-adjust:none}
.estimate circle{fill:CanvasText;forced-color-adjust:none}
}
@media print{.button{display:none}.dotted{break-inside:auto}}
`;
