import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib'
import { within } from '../deadline.ts'
import { createKeptConnection } from '../kept-connection.ts'
import { guarded, reasonOf, type SystemFactory } from '../system-client.ts'

/** A wrong exchange ends its channel: each exchange has one of its own, so that it takes no other along. */
const mostChannels = 64

type Link = { model: ChannelModel; channels: Map<string, Promise<Channel>> }
type Channel = { channel: ConfirmChannel; problem: Error | null }

/** AMQP 0-9-1 with publisher confirms: a message is sent when the broker has taken responsibility for it. */
export const rabbitmqClient: SystemFactory<'rabbitmq'> = (settings, deps) => {
  const where = `amqp://${settings.host}:${settings.port}`

  const open = async (): Promise<Link> => {
    const { hostname, port } = { hostname: settings.host, port: settings.port }
    const limitMs = Math.min(settings.connectionTimeoutMs || deps.timeoutMs, deps.timeoutMs)
    const model = await within(
      limitMs,
      connect(
        {
          protocol: 'amqp',
          hostname,
          port,
          username: settings.username,
          password: settings.password,
          vhost: settings.virtualHost,
        },
        {
          ...guarded(deps.guard, hostname),
          timeout: Math.min(settings.handshakeTimeoutMs || limitMs, limitMs),
          clientProperties: { connection_name: 'thingwire', ...settings.clientProperties },
        },
      ),
    )
    const link = { model, channels: new Map() }
    let problem: unknown = null
    model.on('error', (error: unknown) => {
      problem = error
    })
    model.on('close', () => connection.lost(link, problem ?? new Error('the broker has ended the connection')))
    return link
  }

  const connection = createKeptConnection<Link>({
    open,
    close: async ({ model }) => {
      await model.close()
    },
    suspended: (reason) => deps.suspended(reason === null ? null : reasonOf(where, reason)),
  })

  const channelOf = ({ model, channels }: Link, exchange: string): Promise<Channel> => {
    const known = channels.get(exchange)
    if (known) return known
    const opened = model.createConfirmChannel().then((channel): Channel => {
      const one: Channel = { channel, problem: null }
      channel.on('error', (error: Error) => {
        one.problem = error
      })
      channel.on('close', () => {
        if (channels.get(exchange) === opened) channels.delete(exchange)
      })
      return one
    })
    channels.set(exchange, opened)
    opened.catch(() => channels.delete(exchange))
    const [oldest] = channels.keys()
    if (channels.size > mostChannels && oldest !== undefined) {
      void channels.get(oldest)?.then(({ channel }) => channel.close())
      channels.delete(oldest)
    }
    return opened
  }

  return {
    where: () => where,
    send: async ({ key, request: { exchange, routingKey, body, properties } }) => {
      const channel = await channelOf(await connection.get(), exchange)
      await new Promise<void>((resolve, reject) => {
        channel.channel.publish(
          exchange,
          routingKey,
          Buffer.from(body),
          { messageId: key, ...properties },
          (error: unknown) => (error ? reject(channel.problem ?? error) : resolve()),
        )
      })
      return null
    },
    close: () => connection.close(),
  }
}
