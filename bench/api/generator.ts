// The load process, started by load.ts: takes one load, answers with one report, and ends with its parent.
import { connect } from 'node:net'
import { createHistogram, record } from '../harness/histogram.ts'
import type { FromLoader, Load, LoadReport } from './protocol.ts'

const tell = (message: FromLoader) => process.send?.(message)

const headEnd = Buffer.from('\r\n\r\n')

/** Length of the first complete answer in the buffer, or null when some of it is missing. */
const answerLength = (buffer: Buffer): { status: string; head: number; total: number } | null => {
  const end = buffer.indexOf(headEnd)
  if (end === -1) return null
  const head = buffer.toString('latin1', 0, end)
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  if (length === undefined) throw new Error(`An answer without a length: ${head.slice(0, 300)}`)
  const start = end + headEnd.length
  const total = start + Number(length)
  return buffer.length < total ? null : { status: head.slice(9, 12), head: start, total }
}

/** Node's own HTTP client would cost the machine more than the server does: this one writes and reads bytes. */
const run = (load: Load): Promise<LoadReport> =>
  new Promise((resolve, reject) => {
    const requests = load.requests.map((text) => Buffer.from(text))
    const report: LoadReport = { latency: createHistogram(), seconds: 0, statuses: {}, largestBytes: 0 }
    const begin = performance.now() + load.warmUpMs
    const end = begin + load.measureMs
    let next = 0
    let open = load.connections
    const finish = () => {
      open--
      if (open > 0) return
      report.seconds = (performance.now() - begin) / 1_000
      resolve(report)
    }
    for (let i = 0; i < load.connections; i++) {
      const socket = connect({ host: load.host, port: load.port, noDelay: true })
      let pending: Buffer = Buffer.alloc(0)
      let sentAt = 0
      const send = () => {
        sentAt = performance.now()
        socket.write(requests[next++ % requests.length] ?? '')
      }
      socket.once('connect', send)
      socket.once('error', reject)
      socket.on('data', (chunk: Buffer) => {
        pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
        const answer = answerLength(pending)
        if (!answer) return
        const now = performance.now()
        report.statuses[answer.status] = (report.statuses[answer.status] ?? 0) + 1
        report.largestBytes = Math.max(report.largestBytes, answer.total - answer.head)
        if (sentAt >= begin) record(report.latency, (now - sentAt) * 1_000)
        pending = pending.subarray(answer.total)
        if (now < end) return send()
        socket.end()
        finish()
      })
    }
  })

process.on('message', (load: Load) => {
  run(load).then(
    (report) => tell({ kind: 'done', report }),
    (error: unknown) => tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
