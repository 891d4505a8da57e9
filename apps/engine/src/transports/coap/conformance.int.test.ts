import { randomBytes } from 'node:crypto'
import { type DriverClient, type Outcome, transportConformance } from '@thingwire/testing'
import { Agent, type CoapRequestParams, type IncomingMessage, request } from 'coap'
import { startConformanceWorld } from '../../testing/conformance-world.ts'
import { uintOption } from './packet.ts'
import { openPeer } from './test-peer.ts'

type Reply = { code: string; payload: Buffer }
type Question = { method: 'GET' | 'POST'; pathname: string; query?: string; body?: string }

const answerTimeoutMs = 3_000
const blocks1024 = Buffer.of(0x06)

/** One request with the npm client; bodies that do not fit into a packet go in blocks. */
const asking = (port: number) => {
  const agent = new Agent({ type: 'udp4' })
  const ask = ({ body, ...question }: Question): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const params: CoapRequestParams = { host: '127.0.0.1', port, agent, ...question }
      const isLong = body !== undefined && Buffer.byteLength(body) > 1_024
      const outgoing = request({ ...params, ...(isLong && { options: { Block1: blocks1024 } }) })
      const timer = setTimeout(() => reject(new Error('no answer')), answerTimeoutMs)
      outgoing.on('response', ({ code, payload }: IncomingMessage) => {
        clearTimeout(timer)
        resolve({ code, payload })
      })
      outgoing.on('error', (error: Error) => {
        clearTimeout(timer)
        reject(error)
      })
      outgoing.end(body)
    })
  return { ask, close: () => void agent.close() }
}

const parametersOf = (parameters: Record<string, string>) =>
  Object.entries(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

const clientOf = async (port: number, token: string): Promise<DriverClient> => {
  const base = `/api/v1/${token}`
  const { ask, close } = asking(port)
  const peer = await openPeer(port)
  let isOpen = true
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const send = async (path: string, body: string): Promise<Outcome> =>
    (await ask({ method: 'POST', pathname: `${base}/${path}`, body })).code === '2.01' ? 'accepted' : 'refused'

  const observe = async (path: string, heard: (body: unknown) => void) => {
    const mine = randomBytes(4)
    const first = await peer.ask({
      code: '0.01',
      path: `${base}/${path}`,
      options: [uintOption('Observe', 0)],
      token: mine,
    })
    if (first.payload.length > 0) heard(JSON.parse(first.payload.toString()))
    const notifications = async () => {
      while (isOpen) {
        // None came in a while: more may.
        const message = await peer.next(({ token: of }) => of.equals(mine)).catch(() => null)
        if (!message || !isOpen) continue
        if (message.type === 'CON') await peer.empty('ACK', message.messageId)
        if (!message.code.startsWith('2.')) return end()
        heard(JSON.parse(message.payload.toString()))
      }
    }
    void notifications()
  }

  return {
    ended,
    telemetry: (body) => send('telemetry', body),
    attributes: (body) => send('attributes', body),
    readAttributes: async (keys) => {
      const { code, payload } = await ask({
        method: 'GET',
        pathname: `${base}/attributes`,
        query: parametersOf(keys),
      })
      return code === '4.04' ? {} : JSON.parse(payload.toString())
    },
    hearAttributes: (heard) => observe('attributes', heard),
    hearCommands: (heard) => observe('rpc', (body) => heard(body as Parameters<typeof heard>[0])),
    answerCommand: (id, body) => send(`rpc/${id}`, body),
    askServer: async (body) => {
      const { code, payload } = await ask({ method: 'POST', pathname: `${base}/rpc`, body })
      return code === '2.05' ? JSON.parse(payload.toString()) : 'refused'
    },
    claim: (body) => send('claim', body),
    download: async ({ kind, title, version }, partBytes) => {
      const parts: Buffer[] = []
      for (let chunk = 0; ; chunk++) {
        const query = parametersOf({ title, version, size: String(partBytes), chunk: String(chunk) })
        const pathname = `/${kind === 'FIRMWARE' ? 'fw' : 'sw'}/${token}`
        const { code, payload } = await ask({ method: 'GET', pathname, query })
        if (code !== '2.05') return 'refused'
        parts.push(payload)
        if (payload.length < partBytes) return Buffer.concat(parts)
      }
    },
    close: async () => {
      isOpen = false
      close()
      await peer.close()
    },
  }
}

transportConformance(
  {
    name: 'CoAP',
    largestBodyBytes: 65_536,
    connect: async (ports, token) => {
      const port = ports.coap ?? 0
      const { ask, close } = asking(port)
      try {
        const { code } = await ask({ method: 'GET', pathname: `/api/v1/${token}/attributes` })
        return code === '4.01' ? null : await clientOf(port, token)
      } finally {
        close()
      }
    },
    provision: async (ports, body) => {
      const { ask, close } = asking(ports.coap ?? 0)
      try {
        const { code, payload } = await ask({ method: 'POST', pathname: '/api/v1/provision', body })
        return code === '2.05' ? JSON.parse(payload.toString()) : 'refused'
      } finally {
        close()
      }
    },
  },
  startConformanceWorld,
)
