// How the page of the link graph looks, around the picture.

export const pageStyle = `
html,body{height:100%;margin:0;padding:0}
body.links{background:var(--paper);color:var(--ink);display:grid;grid-template-columns:minmax(0,1fr);grid-template-rows:auto minmax(8em,1fr) minmax(6em,36%)}
header{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 18px;padding:10px 16px;border-bottom:1px solid var(--edge)}
h1{font-size:15px;margin:0}
header p{margin:0;color:var(--dim)}
label{color:var(--dim)}
input{font:inherit;width:15em;margin-left:4px;padding:3px 6px;color:var(--vscode-input-foreground,var(--ink));background:var(--vscode-input-background,var(--card));border:1px solid var(--vscode-input-border,var(--edge));border-radius:3px}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 14px;margin:0;padding:0;color:var(--dim)}
.legend svg{vertical-align:middle}
main{overflow:auto}
main svg{display:block;min-width:100%}
.node{cursor:pointer}
#tables{overflow:auto;padding:0 16px 16px;border-top:1px solid var(--edge)}
#chosen{margin:8px 0 0;color:var(--dim);min-height:1.2em}
table{border-collapse:collapse;width:100%;margin-top:8px}
caption{text-align:left;font-weight:600;padding:4px 0}
th,td{text-align:left;vertical-align:top;padding:3px 10px 3px 0;border-bottom:1px solid var(--edge);font-weight:400}
thead th{color:var(--dim);position:sticky;top:0;background:var(--paper)}
tbody th{font-weight:600}
tbody th,tbody td{max-width:26em;overflow-wrap:anywhere}
td ul{margin:0;padding:0;list-style:none}
td b.error{color:var(--unsafe)}
td b.warning{color:var(--external)}
button{font:inherit;padding:0;border:0;background:none;color:var(--vscode-textLink-foreground,var(--calm));text-decoration:underline;cursor:pointer}
:focus-visible{outline:2px solid var(--focus);outline-offset:1px}
g.node:focus-visible{outline:none}
[hidden]{display:none}
@media (forced-colors:active){td b{color:CanvasText}}
@media print{body.links{display:block}main,#tables{overflow:visible}}
`;
