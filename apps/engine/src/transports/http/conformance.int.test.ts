import { type DriverClient, type Outcome, transportConformance } from '@thingwire/testing'
import { startConformanceWorld } from '../../testing/conformance-world.ts'

/** How long one poll waits, ms. */
const pollMs = 5_000

const isIn = (response: Response): Outcome => (response.status === 200 ? 'accepted' : 'refused')

const clientOf = (url: string): DriverClient => {
  const closing = new AbortController()
  const { signal } = closing
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const send = async (path: string, body: string) =>
    isIn(await fetch(`${url}/${path}`, { method: 'POST', body, signal }))
  /** One poll after another, until the platform has enough of it. */
  const poll = async (path: string, heard: (body: unknown) => void) => {
    const next = async (): Promise<boolean> => {
      const response = await fetch(`${url}/${path}?timeout=${pollMs}`, { signal })
      if (response.status === 200) heard(await response.json())
      return response.status === 200 || response.status === 408
    }
    const all = async () => {
      while (await next());
    }
    void all().then(end, end)
  }
  return {
    ended,
    telemetry: (body) => send('telemetry', body),
    attributes: (body) => send('attributes', body),
    readAttributes: async (keys) => (await fetch(`${url}/attributes?${new URLSearchParams(keys)}`)).json(),
    hearAttributes: (heard) => poll('attributes/updates', heard),
    hearCommands: (heard) => poll('rpc', (body) => heard(body as Parameters<typeof heard>[0])),
    answerCommand: (id, body) => send(`rpc/${id}`, body),
    askServer: async (body) => {
      const response = await fetch(`${url}/rpc`, { method: 'POST', body, signal })
      return response.status === 200 ? response.json() : 'refused'
    },
    claim: (body) => send('claim', body),
    download: async ({ kind, title, version }, partBytes) => {
      const parts: Buffer[] = []
      for (let chunk = 0; ; chunk++) {
        const query = new URLSearchParams({ title, version, size: String(partBytes), chunk: String(chunk) })
        const response = await fetch(`${url}/${kind.toLowerCase()}?${query}`, { signal })
        if (response.status !== 200) return 'refused'
        const part = Buffer.from(await response.arrayBuffer())
        parts.push(part)
        if (part.length < partBytes) return Buffer.concat(parts)
      }
    },
    close: async () => closing.abort(),
  }
}

transportConformance(
  {
    name: 'HTTP',
    largestBodyBytes: 52_428_800,
    connect: async (ports, token) => {
      const url = `http://127.0.0.1:${ports.http}/api/v1/${token}`
      return (await fetch(`${url}/attributes`)).status === 401 ? null : clientOf(url)
    },
    provision: async (ports, body) => {
      const response = await fetch(`http://127.0.0.1:${ports.http}/api/v1/provision`, { method: 'POST', body })
      return response.status === 200 ? response.json() : 'refused'
    },
  },
  startConformanceWorld,
)
