/** The style sheet of the page. Colours have a contrast of 4.5:1 or more (WCAG 2.2 AA) on their background. */
export const HTML_STYLE = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --card: #f6f8fa; --text: #1b1f24; --note: #57606a; --line: #d0d7de;
  --removed: #a40e26; --removed-back: #ffebe9; --added: #0b6b2b; --added-back: #e3f8e8;
  --changed: #7a4d00; --changed-back: #fff4d6; --moved: #0a52a8; --moved-back: #e2f0ff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --card: #161b22; --text: #e6edf3; --note: #9ba5b0; --line: #30363d;
    --removed: #ff9a94; --removed-back: #3c1618; --added: #6fdd8b; --added-back: #12331c;
    --changed: #f0c05a; --changed-back: #362a0c; --moved: #86c1ff; --moved-back: #12294a;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1100px; padding: 24px 20px 64px; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.125rem; margin: 32px 0 8px; }
.summary { margin: 4px 0 0; color: var(--note); }
.count { color: var(--note); font-weight: normal; }
code { font: 0.8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
ul, ol { list-style: none; margin: 0; padding: 0; }
section > ul > li { padding: 8px 12px; border-left: 4px solid var(--line); background: var(--card); margin-top: 4px; }
section > ul > li code, summary code { color: var(--note); }
ul.removed > li { border-color: var(--removed); }
ul.added > li { border-color: var(--added); }
.destructive { border: 1px solid var(--removed); border-radius: 8px; padding: 12px 16px 16px; margin-top: 24px; }
.destructive h2 { margin: 0 0 8px; color: var(--removed); }
.destructive > ul > li { border-color: var(--removed); background: var(--removed-back); }
.destructive li p { margin: 2px 0 0; }
details.asset { border: 1px solid var(--line); border-radius: 8px; margin-top: 8px; }
details.asset > summary { padding: 10px 12px; background: var(--card); border-radius: 8px; }
summary { cursor: pointer; }
summary:focus-visible { outline: 2px solid var(--moved); outline-offset: 2px; }
.note { color: var(--note); margin-left: 8px; white-space: nowrap; }
ol > li { display: grid; grid-template-columns: 84px minmax(0, 1fr) minmax(0, 1fr); gap: 4px 12px; align-items: start;
  padding: 10px 12px; border-top: 1px solid var(--line); }
.kind { justify-self: start; font-size: 0.75rem; line-height: 1; padding: 5px 8px; border-radius: 999px; color: var(--changed);
  background: var(--changed-back); }
.kind.added { color: var(--added); background: var(--added-back); }
.kind.removed { color: var(--removed); background: var(--removed-back); }
.kind.moved { color: var(--moved); background: var(--moved-back); }
.values { display: grid; gap: 4px; min-width: 0; }
del, ins { display: block; text-decoration: none; padding: 2px 8px; border-radius: 4px; }
del { background: var(--removed-back); color: var(--removed); }
ins { background: var(--added-back); color: var(--added); }
del::before { content: "− "; }
ins::before { content: "+ "; }
.value summary { color: var(--note); font-size: 0.875rem; }
@media (max-width: 640px) {
  body { padding: 16px 12px 48px; }
  ol > li { grid-template-columns: minmax(0, 1fr); }
}
`;
