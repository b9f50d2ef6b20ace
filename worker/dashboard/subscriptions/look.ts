/** What the page about summaries and alerts needs of a look besides that of the pages about people. */

export const look = `
.subscriptions .panel>p,.subscriptions .panel details p{max-width:66ch;color:var(--ink2)}
.subscriptions .ways-out a{display:inline-flex;align-items:center;min-height:var(--target)}
.subscriptions .panel p{overflow-wrap:anywhere}
.subscriptions .alerts{display:grid;gap:12px;margin-top:12px;padding:0;list-style:none}
.subscriptions .alerts li{padding-left:16px;border-left:4px solid var(--line)}
.subscriptions .alerts .on{border-color:var(--poor)}
.subscriptions .alerts p{max-width:66ch;color:var(--ink2);font-size:14.5px}
.subscriptions .alerts .meta{color:var(--ink3);font-size:13px}
.subscriptions details{margin-top:16px;border-top:1px solid var(--line)}
.subscriptions details>summary{min-height:44px;padding:12px 0;color:var(--ink);font-size:15px;font-weight:620}
.subscriptions label.box{display:flex;gap:10px;align-items:center;min-height:44px;color:var(--ink);font-size:15px}
.account.subscriptions .box input{width:24px;min-height:24px;height:24px;flex:none;margin:0;padding:0;accent-color:var(--accent)}
.subscriptions .wide{margin-top:16px}
.subscriptions .submit{margin-top:16px}
.subscriptions .measure{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:8px;align-items:center}
.subscriptions .measure .unit{color:var(--ink2)}
.subscriptions .buttons{display:flex;gap:8px;justify-content:flex-end}
.subscriptions td:first-child{min-width:160px;max-width:280px;white-space:normal;overflow-wrap:anywhere}
.subscriptions td.wraps{white-space:normal}
.subscriptions .fields.limits{align-items:end;grid-template-columns:repeat(auto-fit,minmax(min(260px,100%),1fr))}
@media(max-width:480px){.subscriptions td:has(form){position:static}.subscriptions .buttons{flex-direction:column}}
`;
