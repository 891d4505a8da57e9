import { createSocket } from 'node:dgram'
import { createHistogram, record } from '../harness/histogram.ts'
import type { FloodPlan, FloodReport } from './protocol.ts'

const created = 0x41
const unavailable = 0xa3
/** ACK_TIMEOUT (RFC 7252 §4.8): what has no answer by then is sent again. */
const repeatAfterMs = 2_000
const firstNumber = 10_000_000

/** A device: one address, so many requests on their way, each repeated until it is answered. */
const startSender = async (plan: FloodPlan, index: number, report: FloodReport, isOver: () => boolean) => {
  const token = plan.tokens[index] ?? ''
  const socket = createSocket({
    type: 'udp4',
    recvBufferSize: 1_048_576,
    lookup: (host, _options, done) => done(null, host, 4),
  })
  // Each device has a loopback address of its own, as the devices of a network have.
  await new Promise<void>((resolve) => socket.bind(0, `127.1.${index >> 8}.${(index & 255) + 1}`, resolve))
  const head = Buffer.concat([Buffer.of(0x42, 2, 0, 0, 0, 0), pathOptions(['api', 'v1', token, 'telemetry'])])
  const waiting = new Map<number, { datagram: Buffer; sentMs: number; beganMs: number }>()
  let messageId = Math.floor(Math.random() * 0x10000)
  let number = firstNumber

  const send = (datagram: Buffer) => socket.send(datagram, plan.port, plan.host, () => {})
  const begin = () => {
    messageId = (messageId + 1) & 0xffff
    const datagram = Buffer.concat([head, Buffer.from(`\xff{"n":${number++}}`, 'latin1')])
    datagram.writeUInt16BE(messageId, 2)
    datagram.writeUInt16BE(messageId, 4)
    const now = performance.now()
    waiting.set(messageId, { datagram, sentMs: now, beganMs: now })
    send(datagram)
  }
  socket.on('message', (answer) => {
    const id = answer.readUInt16BE(2)
    const type = (answer[0] ?? 0) & 0x30
    // A separate answer has the token of the request, and wants an acknowledgement.
    const of = answer.length >= 6 ? answer.readUInt16BE(4) : id
    if (type === 0) send(Buffer.of(0x60, 0, id >> 8, id & 255))
    if (answer[1] === 0) return
    const request = waiting.get(of)
    if (!request) return
    waiting.delete(of)
    if (answer[1] === created) {
      report.acknowledged++
      record(report.latency, (performance.now() - request.beganMs) * 1_000)
    } else if (answer[1] === unavailable) report.overloaded++
    else report.unexpected++
    if (!isOver()) begin()
  })
  const repeat = setInterval(() => {
    const now = performance.now()
    for (const request of waiting.values()) {
      if (now - request.sentMs < repeatAfterMs) continue
      request.sentMs = now
      report.repeated++
      send(request.datagram)
    }
  }, 200)
  for (let i = 0; i < plan.window; i++) begin()
  return {
    waiting: () => waiting.size,
    stop: () => {
      clearInterval(repeat)
      socket.close()
    },
  }
}

const pathOptions = (parts: readonly string[]): Buffer =>
  Buffer.concat(
    parts.map((part, i) => {
      const length = part.length < 13 ? Buffer.of(part.length) : Buffer.of(13, part.length - 13)
      length.writeUInt8((length[0] ?? 0) | (i === 0 ? 0xb0 : 0))
      return Buffer.concat([length, Buffer.from(part)])
    }),
  )

const run = async (plan: FloodPlan): Promise<FloodReport> => {
  const report: FloodReport = {
    acknowledged: 0,
    overloaded: 0,
    unexpected: 0,
    repeated: 0,
    unanswered: 0,
    seconds: 0,
    latency: createHistogram(),
  }
  let over = false
  const beganMs = performance.now()
  const senders = await Promise.all(plan.tokens.map((_, index) => startSender(plan, index, report, () => over)))
  await new Promise((resolve) => setTimeout(resolve, plan.seconds * 1_000))
  over = true
  report.seconds = (performance.now() - beganMs) / 1_000
  const acknowledged = report.acknowledged
  // The last ones still get their answers: they count for the audit, not for the rate.
  for (let i = 0; i < 100 && senders.some((sender) => sender.waiting() > 0); i++)
    await new Promise((resolve) => setTimeout(resolve, 100))
  report.unanswered = senders.reduce((sum, sender) => sum + sender.waiting(), 0)
  for (const sender of senders) sender.stop()
  return { ...report, seconds: report.seconds * (report.acknowledged / Math.max(1, acknowledged)) }
}

process.once('message', (plan: FloodPlan) => {
  void run(plan).then((report) => process.send?.(report, () => process.disconnect?.()))
})
