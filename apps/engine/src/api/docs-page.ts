import type { ApiOperation } from './api-docs.ts'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const html = (text: string): string => text.replace(/[&<>"']/g, (char) => escapes[char] ?? '')

const row = ({ method, path, summary, roles, query }: ApiOperation): string => `<tr>
<td><b class="${method.toLowerCase()}">${html(method)}</b></td>
<td><code>${html(path)}</code>${query.length > 0 ? `<div class="query">?${html(query.join(', '))}</div>` : ''}</td>
<td>${html(summary)}</td>
<td class="roles">${html(roles.join(', '))}</td>
</tr>`

/** The list of operations as a page that needs no script and nothing from elsewhere. */
export const docsPage = (operations: readonly ApiOperation[]): string => {
  const groups = Map.groupBy(operations, ({ tag }) => tag)
  const sections = Array.from(
    groups,
    ([tag, list]) => `<h2>${html(tag)}</h2><table><tbody>${list.map(row).join('\n')}</tbody></table>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Thingwire REST API</title>
<link rel="stylesheet" href="/api-docs/style.css">
</head>
<body>
<main>
<h1>Thingwire REST API</h1>
<p>Sign in with <code>POST /api/auth/login</code> and send <code>X-Authorization: Bearer &lt;token&gt;</code>.
Schemas of parameters, bodies and answers: <a href="/api-docs/json">OpenAPI document</a>. Parameters with * are required.</p>
${sections.join('\n')}
</main>
</body>
</html>
`
}

export const docsStyle = `:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
table { width: 100%; border-collapse: collapse }
td { padding: .4rem .6rem; border-top: 1px solid color-mix(in srgb, currentColor 15%, transparent); vertical-align: top }
td:first-child { width: 5rem } td:nth-child(2) { width: 45% }
code { font-size: .9em; overflow-wrap: anywhere }
b { font-size: .75rem; letter-spacing: .03em } .get { color: #2f7d4f } .post { color: #2463c4 } .delete { color: #b3382c } .put { color: #946200 }
.query, .roles { font-size: .8rem; opacity: .75; overflow-wrap: anywhere }
`
