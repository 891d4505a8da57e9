import { escapeHtml } from './mail-templates.ts'
import type { KeptMail } from './mailbox.ts'

/** The text with its addresses as links; everything else is shown as it is. */
const withLinks = (text: string): string =>
  text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) => (index % 2 ? `<a href="${escapeHtml(part)}">${escapeHtml(part)}</a>` : escapeHtml(part)))
    .join('')

const article = ({ number, to, subject, text, sentAt }: KeptMail): string => `<article>
<h2>${escapeHtml(subject)}</h2>
<p class="meta">No. ${number} · to <strong>${escapeHtml(to)}</strong> · <time>${new Date(sentAt).toISOString()}</time></p>
<pre>${withLinks(text)}</pre>
</article>`

/** The kept mails as a page without scripts: the API's content security policy allows none. */
export const mailboxPage = (mails: readonly KeptMail[]): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mailbox · Thingwire</title>
<link rel="stylesheet" href="/api/dev/mail/style.css">
</head>
<body>
<main>
<h1>Mailbox</h1>
<p>No mail server is set up, so mails of this process stand here, newest first. They are gone when it ends.
<a href="/api/dev/mail">Look again</a></p>
${mails.length > 0 ? mails.map(article).join('\n') : '<p class="meta">No mail was written yet.</p>'}
</main>
</body>
</html>
`

export const mailboxStyle = `:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
main { max-width: 48rem; margin: 0 auto; padding: 1.5rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.05rem; margin: 0 }
article { border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: .5rem; padding: 1rem 1.25rem; margin: 1rem 0 }
.meta { margin: .25rem 0 .75rem; font-size: .85rem; opacity: .8; overflow-wrap: anywhere }
pre { margin: 0; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere }
a { color: #1f6fb2 } @media (prefers-color-scheme: dark) { a { color: #7fb8ea } }
a:focus-visible { outline: 2px solid currentColor; outline-offset: 2px }
`
