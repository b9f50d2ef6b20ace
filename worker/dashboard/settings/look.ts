/** What the settings' pages need of a look besides that of the pages about people. */

export const look = `
.settings .panel>p,.settings details>p,.settings form>p{max-width:66ch;color:var(--ink2)}
.settings .panel h3{margin:24px 0 8px;font-size:15px}
.settings .ways{display:flex;flex-wrap:wrap;gap:0 24px;margin-bottom:12px}
.settings .panel .ways{margin:12px 0 0}
.settings .plain-list{max-width:66ch;padding-left:20px;list-style:disc;color:var(--ink2)}
.settings .plain-list li{padding:2px 0}
.account.settings form button.danger{border-color:var(--poor-text);color:var(--poor-text);font-weight:620}
.settings .ways a,.settings .panel a{color:var(--accent);text-underline-offset:4px}
.settings .ways a{display:inline-flex;align-items:center;min-height:var(--target)}
.settings .ways a.main{min-height:44px;padding:0 16px;border-radius:8px;background:var(--accent);color:var(--on-accent);font-weight:620;text-decoration:none}
.settings .field{display:grid;gap:4px;margin-top:12px;align-content:start}
.settings .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(220px,100%),1fr));gap:0 16px}
.settings .hint-text{max-width:66ch;color:var(--ink3);font-size:13px}
.settings form>.hint-text,.settings .panel>.hint-text{margin-top:12px}
.settings .wrong-text{color:var(--poor-text);font-size:14px}
.settings [aria-invalid]{border-color:var(--poor)}
.settings textarea{width:100%;min-height:88px;padding:8px 12px;border:1px solid var(--control);border-radius:8px;background:var(--surface);color:var(--ink);font:inherit;resize:vertical;field-sizing:content}
.settings label.box{display:flex;gap:10px;align-items:center;min-height:44px;color:var(--ink);font-size:15px}
.account.settings .box input{width:20px;min-height:20px;height:20px;flex:none;margin:0;padding:0;accent-color:var(--accent)}
.settings .box~p{padding-left:30px}
.settings fieldset{margin:16px 0 0;padding:0;border:0;min-width:0}
.settings legend{padding:0;color:var(--ink);font-size:15px;font-weight:620}
.settings .step legend{color:var(--ink2);font-size:14px}
.settings .submit{display:flex;flex-wrap:wrap;gap:12px;margin-top:16px}
.settings .panel dl{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,3fr);gap:8px 16px;font-size:14.5px}
.settings dt{color:var(--ink2)}
.settings dd{overflow-wrap:anywhere}
.settings .meta{overflow-wrap:anywhere}
.settings :is(dd,th) .meta{display:block}
.settings .name{font-family:ui-monospace,monospace;font-size:13px}
.settings details.aim{border-top:1px solid var(--line)}
.settings details.aim>summary{display:flex;justify-content:space-between;align-items:center;gap:12px;min-height:52px;padding:8px 0;color:var(--ink);font-size:15px}
.settings details.aim.new>summary{color:var(--accent);font-weight:620}
.settings details.aim>summary::marker,.settings details.aim>summary::-webkit-details-marker{display:none;content:none}
.settings details.aim[open]{padding-bottom:16px}
.settings .aim-name{font-weight:620}
.settings .step{margin-top:12px;padding-left:12px;border-left:3px solid var(--line)}
.settings .step .field{margin-top:4px}
.settings details.aim dl{margin-top:12px}
.settings .colours{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(190px,100%),1fr));gap:8px 16px;margin:8px 0 8px 30px}
.settings .scroller{max-height:none}
.settings .colour{display:flex;align-items:center;gap:10px}
.account.settings input[type=color]{width:48px;padding:4px;cursor:pointer}
.settings .examples{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(280px,100%),1fr));gap:16px}
.settings .example{margin-top:4px;padding:16px;border:1px solid var(--line);border-radius:8px}
.settings .example p{margin-bottom:12px;font-weight:620}
.settings .example span{display:inline-block;margin-right:8px;padding:10px 20px;border-radius:8px;font-weight:620}
.settings .boxes{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(200px,100%),1fr));gap:0 16px}
.settings .boxes .field{margin:0}
.settings .with-button{display:flex;gap:12px;align-items:end}
.settings .with-button .field{flex:1;margin:0}
.settings .said p{max-width:66ch;margin-bottom:8px;color:var(--ink2);white-space:pre-line}
.settings dd{white-space:pre-line}
.settings .effect{margin-top:16px}
.settings fieldset+fieldset,.settings .pair+fieldset{margin-top:28px}
.settings .choice{max-width:320px}
.settings #versions td:last-child{text-align:left}
.settings .fields button{justify-self:start}
.settings .panel form+p{margin:16px 0 4px}
.settings del{color:var(--poor-text)}
.settings ins{color:var(--good-text)}
.settings .panel-head a{display:inline-flex;align-items:center;min-height:var(--target)}
@media(max-width:480px){.settings .panel dl{grid-template-columns:minmax(0,1fr);gap:2px}.settings dd{margin-bottom:8px}.settings .colours{margin-left:0}}
`;
