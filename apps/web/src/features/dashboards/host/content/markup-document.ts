import { markupProgram } from './markup-program.ts'

/** Files name the font of the platform that they come from, and nothing after it; where it is not there, one like it. */
const stockFont = [
  'Roboto',
  'Inter',
  'Helvetica Neue',
  'Segoe UI',
  'Arial',
  'Liberation Sans',
  'DejaVu Sans',
  'Noto Sans',
]
const faceOf = (weight: string, suffix: string) =>
  `@font-face{font-family:Roboto;font-weight:${weight};src:${stockFont.map((name) => `local("${name}${suffix}")`).join(',')}}`

/** Colours of the console in the document, so that plain markup looks at home in both themes. */
const baseStyle = `
${faceOf('100 500', '')}
${faceOf('600 900', ' Bold')}
:root{color-scheme:light;--ink:#1d2026;--ink-2:#4a4f59;--line:#e3e5ea;--accent:#3f5bd9}
:root[data-theme=dark]{color-scheme:dark;--ink:#e8eaee;--ink-2:#aab0bb;--line:#2e323a;--accent:#8ea2ff}
html,body{margin:0;height:100%;background:transparent}
body{font:14px/1.45 system-ui,sans-serif;color:var(--ink)}
a{color:var(--accent)}
`

/**
 * The inner document. All of it is the file's but the program before it: nothing here is escaped, because it runs where
 * nothing can be reached. Scripts in the markup get the clock, too; what stands in attributes has only the beat.
 */
export const markupDocument = (
  html: string,
  css: string,
  { clock, tooLong, guard }: { clock: string; tooLong: string; guard: (script: string) => string },
): string =>
  `<!doctype html><html><head><meta charset="utf-8"><style>${baseStyle}</style><style>${css.replaceAll(/<\/style/gi, '<\\/style')}</style><script>${markupProgram(clock, tooLong)}</script></head><body>${guardMarkup(html, guard)}</body></html>`

/** Kinds of scripts that are not JavaScript, as templates are. */
const isScript = ({ type }: HTMLScriptElement): boolean => /^$|javascript|ecmascript|^module$/i.test(type)

const guardMarkup = (html: string, guard: (script: string) => string): string => {
  if (!/<script/i.test(html)) return html
  // Parsed without being run.
  const { body, head } = new DOMParser().parseFromString(html, 'text/html')
  for (const part of [head, body]) {
    for (const script of part.querySelectorAll('script')) {
      if (isScript(script)) script.textContent = guard(script.textContent)
    }
  }
  return head.innerHTML + body.innerHTML
}
