/** What the page about summaries and alerts needs of a look besides that of the pages about people. */

export const look = `
.subscriptions .panel p{max-width:66ch;overflow-wrap:anywhere}
.subscriptions .panel>p,.subscriptions .panel details p{color:var(--ink2)}
.subscriptions .panel>h3{margin-top:24px}
.subscriptions :is(.alerts,.entries){margin-top:12px;padding:0;list-style:none}
.subscriptions .alerts{display:grid;gap:16px}
.subscriptions .alerts li{padding-left:16px;border-left:4px solid var(--line)}
.subscriptions .alerts .on{border-color:var(--poor)}
.subscriptions .alerts p{color:var(--ink2);font-size:14.5px}
.subscriptions li .meta{color:var(--ink3);font-size:13px}
.subscriptions .entries li{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:center;justify-content:space-between;padding:12px 0;border-top:1px solid var(--line)}
.subscriptions .entries li>div:first-child{flex:1 1 320px;min-width:0}
.subscriptions .buttons{display:flex;gap:8px}
.account.subscriptions .buttons button{min-height:var(--target);padding:6px 14px}
.subscriptions details{margin-top:16px;border-top:1px solid var(--line)}
.subscriptions details>summary{min-height:44px;padding:12px 0;color:var(--ink);font-size:15px;font-weight:620}
.subscriptions label.box{display:flex;gap:10px;align-items:center;min-height:44px;margin-top:8px;color:var(--ink);font-size:15px}
.account.subscriptions .box input{width:24px;min-height:24px;height:24px;flex:none;margin:0;padding:0;accent-color:var(--accent)}
.subscriptions .submit{margin-top:16px}
.account.subscriptions .fields.limits{grid-template-columns:repeat(auto-fit,minmax(min(260px,100%),1fr))}
`;
