import type { MailSettings } from '@thingwire/contracts'
import { createTransport } from 'nodemailer'

export type Mail = { to: string; subject: string; text: string; html: string }

/**
 * Hands one mail to the server of the settings; rejects with the server's complaint. Each mail has a connection of its
 * own: there are few, and settings may have changed since the last.
 */
export const sendBySmtp = async (settings: MailSettings, mail: Mail): Promise<void> => {
  const transport = createTransport({
    host: settings.smtpHost,
    port: settings.smtpPort,
    secure: settings.smtpProtocol === 'smtps',
    // Without TLS asked for, a server's offer is not taken up: its certificate may be one that nobody can check.
    requireTLS: settings.enableTls,
    ignoreTLS: !settings.enableTls,
    tls: { minVersion: settings.tlsVersion },
    ...(settings.username && { auth: { user: settings.username, pass: settings.password ?? '' } }),
    ...(settings.enableProxy && settings.proxyHost && { proxy: proxyUrl(settings) }),
    connectionTimeout: settings.timeout,
    greetingTimeout: settings.timeout,
    socketTimeout: settings.timeout,
    dnsTimeout: settings.timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    await transport.sendMail({ from: settings.mailFrom, ...mail })
  } finally {
    transport.close()
  }
}

const proxyUrl = ({ proxyHost, proxyPort, proxyUser, proxyPassword }: MailSettings): string => {
  const url = new URL(`http://${proxyHost}:${proxyPort || 3128}`)
  url.username = encodeURIComponent(proxyUser ?? '')
  url.password = encodeURIComponent(proxyPassword ?? '')
  return url.href
}
