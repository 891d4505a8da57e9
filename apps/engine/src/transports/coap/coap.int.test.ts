import { Agent, type CoapRequestParams, type IncomingMessage, request } from 'coap'
import { transportConformance } from '../conformance.ts'

type Reply = { code: string; payload: string }

const answerTimeoutMs = 3_000
const blocks1024 = Buffer.of(0x06)

/** One request with the npm client; bodies that do not fit into a packet go in blocks. */
const ask = (agent: Agent, params: CoapRequestParams, body?: string): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const isLong = body !== undefined && Buffer.byteLength(body) > 1_024
    const outgoing = request({ ...params, agent, ...(isLong && { options: { Block1: blocks1024 } }) })
    const timer = setTimeout(() => reject(new Error('no answer')), answerTimeoutMs)
    outgoing.on('response', (response: IncomingMessage) => {
      clearTimeout(timer)
      resolve({ code: response.code, payload: response.payload.toString('utf8') })
    })
    outgoing.on('error', (error: Error) => {
      clearTimeout(timer)
      reject(error)
    })
    outgoing.end(body)
  })

transportConformance({
  name: 'CoAP',
  largestBodyBytes: 65_536,
  connect: async (ports, token) => {
    const agent = new Agent({ type: 'udp4' })
    const to = (method: 'GET' | 'POST', path: string, query?: string): CoapRequestParams => ({
      host: '127.0.0.1',
      port: ports.coap ?? 0,
      method,
      pathname: `/api/v1/${token}/${path}`,
      ...(query && { query }),
    })
    const close = async () => void agent.close()
    const probe = await ask(agent, to('GET', 'attributes')).catch(async (error: unknown) => {
      await close()
      throw error
    })
    if (probe.code === '4.01') {
      await close()
      return null
    }
    const send = async (path: string, body: string) =>
      (await ask(agent, to('POST', path), body)).code === '2.01' ? 'accepted' : 'refused'
    return {
      telemetry: (body) => send('telemetry', body),
      attributes: (body) => send('attributes', body),
      readAttributes: async (keys) => {
        const query = Object.entries(keys)
          .map(([name, value]) => `${name}=${value}`)
          .join('&')
        const { code, payload } = await ask(agent, to('GET', 'attributes', query))
        return code === '4.04' ? {} : JSON.parse(payload)
      },
      close,
    }
  },
})
