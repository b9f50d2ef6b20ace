/** What the pages about sharing need of a look besides that of the pages about people. */

export const look = `
.sharing .panel h3{margin:20px 0 8px;font-size:15px}
.sharing .panel .notice h3{margin-top:0}
.sharing .panel>p,.sharing details p{max-width:66ch;color:var(--ink2)}
.sharing .ways{display:flex;flex-wrap:wrap;gap:8px 24px;margin-bottom:16px}
.sharing .ways a,.sharing .panel a{color:var(--accent);text-underline-offset:4px}
.sharing .ways{align-items:center}
.sharing .ways a,.sharing .panel-head a{display:inline-flex;align-items:center;min-height:var(--target)}
.sharing .ways a.main{min-height:44px;padding:0 16px;border-radius:8px;background:var(--accent);color:var(--on-accent);font-weight:620;text-decoration:none}
.sharing .spent p{max-width:66ch;margin-bottom:8px;color:var(--ink2);font-size:14.5px}
.sharing details{margin-top:12px;border-top:1px solid var(--line)}
.sharing details>summary{min-height:44px;padding:12px 0;color:var(--ink);font-size:15px;font-weight:620}
.sharing details[open]{padding-bottom:8px}
.sharing textarea{width:100%;min-height:96px;padding:8px 12px;border:1px solid var(--control);border-radius:8px;background:var(--surface);color:var(--ink);font:inherit;resize:vertical}
.sharing fieldset{margin:16px 0 0;padding:0;border:0}
.sharing legend{margin-bottom:4px;color:var(--ink2);font-size:14px}
.sharing .boxes{margin-top:8px;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(220px,100%),1fr));gap:0 16px}
.sharing label.box{display:flex;gap:10px;align-items:center;min-height:44px;color:var(--ink);font-size:15px}
.account.sharing .box input{width:20px;min-height:20px;height:20px;flex:none;margin:0;padding:0;accent-color:var(--accent)}
.sharing .wide{margin-top:16px}
.sharing .wrong-text{color:var(--poor-text);font-size:14px}
.sharing .hint-text{color:var(--ink3);font-size:13px}
.sharing .submit{display:flex;flex-wrap:wrap;gap:12px;margin-top:16px}
.sharing dl{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:8px 16px;font-size:14.5px}
.sharing dt{color:var(--ink2)}
.sharing dd{overflow-wrap:anywhere}
.sharing td .meta{display:block}
.sharing td:nth-child(n+2),.sharing button{white-space:nowrap}
.sharing th.number{white-space:normal}
.sharing .plan{border-color:var(--accent)}
@media(max-width:480px){.sharing .scroller :is(th,td):nth-child(2):nth-last-child(3){display:none}.sharing dl{grid-template-columns:minmax(0,1fr);gap:2px}.sharing dd{margin-bottom:8px}}
`;
