/** Classes for layouts that files take for granted, because the platform they come from has them; anything of the file wins. */
const layoutClasses = `
:where(.flex) { display: flex; } :where(.grid) { display: grid; } :where(.hidden) { display: none; }
:where(.flex-row) { flex-direction: row; } :where(.flex-col) { flex-direction: column; } :where(.flex-wrap) { flex-wrap: wrap; }
:where(.flex-1) { flex: 1 1 0%; } :where(.flex-auto) { flex: 1 1 auto; } :where(.flex-none) { flex: none; }
:where(.items-start) { align-items: flex-start; } :where(.items-center) { align-items: center; } :where(.items-end) { align-items: flex-end; }
:where(.justify-start) { justify-content: flex-start; } :where(.justify-center) { justify-content: center; }
:where(.justify-end) { justify-content: flex-end; } :where(.justify-between) { justify-content: space-between; }
:where(.justify-around) { justify-content: space-around; } :where(.justify-evenly) { justify-content: space-evenly; }
:where(.gap-1) { gap: 4px; } :where(.gap-2) { gap: 8px; } :where(.gap-3) { gap: 12px; } :where(.gap-4) { gap: 16px; }
:where(.w-full) { width: 100%; } :where(.h-full) { height: 100%; } :where(.size-full) { width: 100%; height: 100%; }
:where(.overflow-hidden) { overflow: hidden; } :where(.overflow-auto) { overflow: auto; } :where(.relative) { position: relative; }
:where(.text-center) { text-align: center; }
`

/** Of elements that templates of files are made of: boxes, icons, buttons and tabs. */
const templateElements = `
:where(mat-card, mat-card-header, mat-card-title, mat-card-subtitle, mat-card-content, mat-card-actions, mat-toolbar) { display: block; }
:where(mat-card) { position: relative; display: flex; flex-direction: column; box-sizing: border-box; }
:where(mat-card-header) { display: flex; padding: 12px 16px 0; } :where(mat-card-content) { padding: 0 16px 12px; }
:where(mat-card-title) { font-size: 16px; font-weight: 600; } :where(mat-card-subtitle) { color: var(--tw-ink-2); }
:where(mat-divider) { display: block; border-top: 1px solid var(--tw-line); }
:where(mat-divider[vertical]) { display: inline-block; border-top: 0; border-left: 1px solid var(--tw-line); }
:where(mat-toolbar) { display: flex; align-items: center; padding: 0 16px; min-height: 48px; }
:where(mat-icon) { display: inline-block; width: 1em; height: 1em; font-size: 24px; line-height: 1; vertical-align: middle; flex: none; }
:where(button) { padding: 4px 12px; border: 1px solid var(--tw-line-strong); border-radius: 6px; background: var(--tw-surface); color: var(--tw-ink); font: inherit; }
:where(summary) { padding: 6px 8px; color: var(--tw-ink-2); cursor: pointer; } :where(summary:hover) { color: var(--tw-ink); }
.tabs { display: flex; flex-wrap: wrap; align-content: flex-start; height: 100%; }
.tabs > details { display: contents; } .tabs > details > summary { list-style: none; padding: 8px 12px; border-bottom: 2px solid transparent; }
.tabs > details[open] > summary { border-color: var(--tw-accent); color: var(--tw-ink); }
.tabs > details::details-content { order: 1; flex: 1 0 100%; height: calc(100% - 40px); min-height: 0; }
`

/** Under everything: what is shown neither leaves its box nor loses the theme's colours. */
export const contentStyle = `
:host { display: block; width: 100%; height: 100%; }
.content { box-sizing: border-box; width: 100%; min-height: 100%; line-height: 1.4; overflow-wrap: break-word; }
.content.fills { height: 100%; }
a { color: var(--tw-accent-text); text-underline-offset: 2px; }
img, svg { max-width: 100%; }
:focus-visible { outline: 2px solid var(--tw-accent); outline-offset: 1px; border-radius: 4px; }
[role=button], button { cursor: pointer; }
.nested-state { display: block; width: 100%; height: 100%; min-width: 0; min-height: 0; }
${layoutClasses}${templateElements}
`

/** The look of Markdown, for those files that do not bring their own. */
export const markdownStyle = `
.content { padding: 12px 16px; font-size: 14px; line-height: 1.5; }
h1, h2, h3, h4, h5, h6 { margin: 1em 0 0.4em; line-height: 1.25; font-weight: 600; letter-spacing: -0.01em; }
h1 { font-size: 20px; } h2 { font-size: 17px; } h3 { font-size: 15px; } h4, h5, h6 { font-size: 14px; }
p, ul, ol, pre, table, blockquote, hr { margin: 0 0 0.75em; }
.content > :first-child { margin-top: 0; } .content > :last-child { margin-bottom: 0; }
ul, ol { padding-left: 1.4em; } li { margin: 0.15em 0; }
code { font: 12.5px/1.5 ui-monospace, monospace; background: var(--tw-sunken); padding: 1px 4px; border-radius: 4px; }
pre { background: var(--tw-sunken); padding: 10px 12px; border-radius: 6px; overflow-x: auto; }
pre code { padding: 0; background: none; }
blockquote { margin-left: 0; padding-left: 12px; border-left: 2px solid var(--tw-line-strong); color: var(--tw-ink-2); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 8px; border-bottom: 1px solid var(--tw-line); text-align: left; } th { font-weight: 600; }
hr { border: 0; border-top: 1px solid var(--tw-line); }
`
