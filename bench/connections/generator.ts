// The load process of connections.ts: thousands of devices that connect all at once, and then stay idle.
import { connect, type Socket } from 'node:net'
import { createHistogram, record } from '../harness/histogram.ts'
import { connectPacket } from '../ingest/wire.ts'
import type { CrowdPlan, FromCrowd, StormReport, ToCrowd } from './protocol.ts'

const tell = (message: FromCrowd) => process.send?.(message)

let plan: CrowdPlan | null = null
let sockets: Socket[] = []
let lost = 0

/** Resolves with 0 when the broker accepts, with a reason otherwise. */
const connectOne = ({ host, port, version }: CrowdPlan, token: string): Promise<number | string> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true })
    sockets.push(socket)
    socket.once('connect', () => {
      if (version === 'none') resolve(0)
      else socket.write(connectPacket(`crowd-${token}`, token, version))
    })
    // CONNACK: its reason code is the fourth byte in both versions.
    socket.once('data', (answer) => resolve(answer[0] === 0x20 ? (answer[3] ?? 255) : `answer ${answer[0]}`))
    socket.once('error', (error) => resolve(error.message.slice(0, 40)))
    socket.once('close', () => {
      lost++
      resolve('closed')
    })
  })

const storm = async (of: CrowdPlan): Promise<StormReport> => {
  const report: StormReport = { kind: 'storm', accepted: 0, failures: {}, seconds: 0, latency: createHistogram() }
  const beganMs = performance.now()
  await Promise.all(
    of.tokens.map(async (token) => {
      const result = await connectOne(of, token)
      if (result === 0) {
        report.accepted++
        record(report.latency, (performance.now() - beganMs) * 1_000)
      } else report.failures[result] = (report.failures[result] ?? 0) + 1
    }),
  )
  report.seconds = (performance.now() - beganMs) / 1_000
  return report
}

process.on('message', (message: ToCrowd) => {
  switch (message.kind) {
    case 'plan':
      plan = message.plan
      return
    case 'storm':
      if (plan) void storm(plan).then(tell)
      return
    case 'leave': {
      tell({ kind: 'lost', count: lost })
      const leaving = sockets
      sockets = []
      // As when a network goes: no DISCONNECT.
      for (const socket of leaving) socket.resetAndDestroy()
      lost = 0
      tell({ kind: 'left' })
    }
  }
})
process.on('disconnect', () => process.exit(0))
