import type { Mail } from './smtp.ts'

type Letter = {
  to: string
  subject: string
  heading: string
  paragraphs: readonly string[]
  /** A button; its address also stands in clear, for clients that show no buttons. */
  action?: { label: string; url: string }
  code?: string
  closing?: string
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => escapes[char] ?? '')

const signature = 'Thingwire'

const toText = ({ heading, paragraphs, action, code, closing }: Letter): string =>
  [heading, ...paragraphs, action && `${action.label}:\n${action.url}`, code, closing, `-- \n${signature}`]
    .filter((part) => part !== undefined)
    .join('\n\n')

const font = "font-family:system-ui,-apple-system,'Segoe UI',sans-serif"

/** Tables and inline styles: mail clients understand little else. */
const toHtml = ({ heading, paragraphs, action, code, closing }: Letter): string => {
  const paragraph = (text: string) => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`
  const button =
    action &&
    `<p style="margin:24px 0"><a href="${escapeHtml(action.url)}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#1f5f4a;color:#ffffff;text-decoration:none;font-weight:600">${escapeHtml(action.label)}</a></p>
<p style="margin:0 0 16px;font-size:13px;color:#5b6661">Or open this address: <a href="${escapeHtml(action.url)}" style="color:#1f5f4a;word-break:break-all">${escapeHtml(action.url)}</a></p>`
  const digits =
    code &&
    `<p style="margin:24px 0;font-size:28px;font-weight:600;letter-spacing:4px;font-variant-numeric:tabular-nums">${escapeHtml(code)}</p>`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(heading)}</title></head>
<body style="margin:0;background:#f2f5f3;color:#17201c;${font};font-size:15px;line-height:1.5">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border:1px solid #dde4e0;border-radius:10px"><tr><td style="padding:32px">
<h1 style="margin:0 0 16px;font-size:20px">${escapeHtml(heading)}</h1>
${[...paragraphs.map(paragraph), button, digits, closing && paragraph(closing)].filter(Boolean).join('\n')}
</td></tr></table>
<p style="margin:16px 0 0;font-size:12px;color:#5b6661">${signature}</p>
</td></tr></table>
</body></html>
`
}

const write = (letter: Letter): Mail => ({
  to: letter.to,
  subject: letter.subject,
  text: toText(letter),
  html: toHtml(letter),
})

const hours = (ttlMs: number): string => {
  const count = Math.max(1, Math.round(ttlMs / 3_600_000))
  return count === 1 ? 'one hour' : `${count} hours`
}

/** To somebody whose account was made by an administrator. */
export const activationMail = (letter: { to: string; link: string; ttlMs: number }): Mail =>
  write({
    to: letter.to,
    subject: 'Activate your Thingwire account',
    heading: 'Welcome to Thingwire',
    paragraphs: [
      `An account was made for ${letter.to}. Choose a password to start using it.`,
      `The link works once and for ${hours(letter.ttlMs)}.`,
    ],
    action: { label: 'Choose a password', url: letter.link },
    closing: 'If you did not expect this mail, you can ignore it: the account stays closed.',
  })

export const accountActivatedMail = (letter: { to: string; link: string }): Mail =>
  write({
    to: letter.to,
    subject: 'Your Thingwire account is active',
    heading: 'Your account is active',
    paragraphs: [`You can now sign in as ${letter.to} with the password you chose.`],
    action: { label: 'Sign in', url: letter.link },
  })

export const passwordResetMail = (letter: { to: string; link: string; ttlMs: number }): Mail =>
  write({
    to: letter.to,
    subject: 'Reset your Thingwire password',
    heading: 'Choose a new password',
    paragraphs: [
      `Somebody asked for a new password for ${letter.to}.`,
      `The link works once and for ${hours(letter.ttlMs)}. Until it is used your password stays as it is.`,
    ],
    action: { label: 'Choose a new password', url: letter.link },
    closing: 'If it was not you, you can ignore this mail.',
  })

export const passwordWasResetMail = (letter: { to: string; link: string }): Mail =>
  write({
    to: letter.to,
    subject: 'Your Thingwire password was changed',
    heading: 'Your password was changed',
    paragraphs: [
      `The password of ${letter.to} was changed just now, and all sessions that were open have ended.`,
      'If it was not you, reset the password and tell your administrator.',
    ],
    action: { label: 'Sign in', url: letter.link },
  })

/** To the address that the security settings name, when an account was locked. */
export const accountLockedMail = (letter: { to: string; lockedEmail: string; maxFailedAttempts: number }): Mail =>
  write({
    to: letter.to,
    subject: 'A Thingwire account was locked',
    heading: 'An account was locked',
    paragraphs: [
      `The account ${letter.lockedEmail} was locked after ${letter.maxFailedAttempts} failed sign-in attempts.`,
      'Nobody can sign in to it until an administrator enables it again.',
    ],
  })

export const testMail = (letter: { to: string }): Mail =>
  write({
    to: letter.to,
    subject: 'Test mail from Thingwire',
    heading: 'It works',
    paragraphs: ['This mail was sent to try the settings of the mail server. There is nothing to do.'],
  })

/** The second factor of a sign-in by mail. */
export const verificationCodeMail = (letter: { to: string; code: string; ttlMs: number }): Mail => {
  const minutes = Math.max(1, Math.round(letter.ttlMs / 60_000))
  return write({
    to: letter.to,
    subject: 'Your Thingwire verification code',
    heading: 'Your verification code',
    paragraphs: [`Enter this code to go on. It is valid for ${minutes === 1 ? 'one minute' : `${minutes} minutes`}.`],
    code: letter.code,
    closing: 'If you are not signing in right now, somebody knows your password: change it.',
  })
}
