import { AppError } from '@thingwire/contracts'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { mailboxPage, mailboxStyle } from '../mail/mailbox-page.ts'
import type { ApiDeps } from './api-deps.ts'
import { addRoute, type RouteGroup } from './route.ts'

const keptMailSchema = z.object({
  number: z.number(),
  sentAt: z.number(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
})

const loopback = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/
const localName = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

/**
 * The mails carry links that open accounts, so only this machine may read them: the connection itself comes from it,
 * no proxy stands between, and the address names it too (a foreign page may point its own name at 127.0.0.1).
 */
const requireThisMachine = ({ socket, headers }: FastifyRequest): void => {
  const isProxied = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined
  const isLocal = loopback.test(socket.remoteAddress ?? '') && localName.test(headers.host ?? '')
  if (isProxied || !isLocal) throw new AppError('PERMISSION_DENIED')
}

/** What would have been sent by mail, for whoever develops. In production these paths do not exist. */
export const mailBoxRoutes = ({ mail, config }: ApiDeps): RouteGroup => {
  const tag = 'Development'
  const path = '/api/dev/mail'
  return {
    tag,
    register: (api) => {
      if (config.NODE_ENV === 'production') return
      addRoute(api, tag, {
        method: 'GET',
        path,
        access: 'public',
        summary: 'Mails that no server was set up for, as a page; from this machine only',
        response: 'raw',
        handle: ({ request, reply }) => {
          requireThisMachine(request)
          reply.type('text/html; charset=utf-8').send(mailboxPage(mail.kept()))
        },
      })
      addRoute(api, tag, {
        method: 'GET',
        path: `${path}/json`,
        access: 'public',
        summary: 'The same mails as JSON, newest first',
        response: z.array(keptMailSchema),
        handle: ({ request }) => {
          requireThisMachine(request)
          return [...mail.kept()]
        },
      })
      addRoute(api, tag, {
        method: 'GET',
        path: `${path}/style.css`,
        access: 'public',
        summary: 'Style sheet of the page',
        response: 'raw',
        handle: ({ reply }) => {
          reply.type('text/css; charset=utf-8').send(mailboxStyle)
        },
      })
    },
  }
}
