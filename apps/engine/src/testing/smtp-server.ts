import { type AddressInfo, createServer, type Socket } from 'node:net'

export type ReceivedMail = { from: string; to: string[]; data: string; user: string | null }

export type SmtpServer = AsyncDisposable & { port: number; received: ReceivedMail[] }

/** A small SMTP server for tests (RFC 5321; AUTH PLAIN). With `password` it takes mails from who knows it only. */
export const startSmtpServer = async (
  options: { user?: string; password?: string; refuseRecipients?: boolean } = {},
): Promise<SmtpServer> => {
  const received: ReceivedMail[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    let mail: ReceivedMail = { from: '', to: [], data: '', user: null }
    let pending = ''
    let isData = false
    const say = (line: string) => socket.write(`${line}\r\n`)
    const isExpected = (encoded: string) => {
      const [, user = '', password = ''] = Buffer.from(encoded, 'base64').toString().split('\u0000')
      mail.user = user
      return user === options.user && password === options.password
    }
    const command = (line: string) => {
      const verb = line.slice(0, 4).toUpperCase()
      if (verb === 'EHLO') return say(options.password ? '250-test.local\r\n250 AUTH PLAIN' : '250 test.local')
      if (verb === 'AUTH') return say(isExpected(line.split(' ')[2] ?? '') ? '235 Accepted' : '535 Wrong password')
      if (verb === 'MAIL') {
        if (options.password && mail.user !== options.user) return say('530 Authentication required')
        mail.from = /<(.*?)>/.exec(line)?.[1] ?? ''
        return say('250 Ok')
      }
      if (verb === 'RCPT') {
        if (options.refuseRecipients) return say('550 No such mailbox here')
        mail.to.push(/<(.*?)>/.exec(line)?.[1] ?? '')
        return say('250 Ok')
      }
      if (verb === 'DATA') {
        isData = true
        return say('354 Go on')
      }
      if (verb === 'QUIT') return socket.end('221 Bye\r\n')
      return say('502 Not here')
    }
    say('220 test.local')
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => {
      pending += chunk
      for (;;) {
        const end = isData ? pending.indexOf('\r\n.\r\n') : pending.indexOf('\r\n')
        if (end < 0) return
        const part = pending.slice(0, end)
        pending = pending.slice(end + (isData ? 5 : 2))
        if (isData) {
          isData = false
          received.push({ ...mail, data: part })
          mail = { from: '', to: [], data: '', user: mail.user }
          say('250 Queued')
        } else command(part)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    received,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
