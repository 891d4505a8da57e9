// The program of a script process. It is started with nothing but two pipes: no environment, no files beyond its own
// code, and it ends with the engine. Scripts run in isolates; only texts cross between them and this program.
import { countAnswers, encodeError } from '@thingwire/rules/sandbox'
import {
  createFrameReader,
  encodeFrame,
  type FrameKind,
  frameKinds,
  type Order,
  orderSchema,
  scriptSourceSchema,
} from './frames.ts'
import { BadScript, type Box, createBoxes, problemOf } from './isolates.ts'

const boxes = createBoxes()
const send = (kind: FrameKind, call: number, text: string): void => {
  process.stdout.write(encodeFrame(kind, call, text))
}

const timedOut = 'Script execution timed out'
const outOfMemory = 'Script used too much memory'
/** So many isolates may one batch cost; what is left of it then ends with the error of the last. */
const maxLost = 3
/** Some built-ins (powers of large integers) do not look at the clock: their thread is left to itself after this. */
const hangMs = 200
const maxHanging = 3
/** No sum of well-behaved scripts comes near; it bounds what the memory limit of an isolate fails to. */
const maxRssBytes = 1_000_000_000

const end = (): void => void process.kill(process.pid, 'SIGKILL')
let hanging = 0

type Run = { kind: 'answers'; text: string } | { kind: 'interrupted' } | { kind: 'hangs' }

const runBox = async (box: Box, most: number, limits: { sliceMs: number; timeoutMs: number }): Promise<Run> => {
  let timer: NodeJS.Timeout | undefined
  const hang = new Promise<Run>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'hangs' }), limits.timeoutMs + hangMs)
  })
  const work = box.run(most, limits).then(
    (text): Run => ({ kind: 'answers', text }),
    (): Run => ({ kind: 'interrupted' }),
  )
  const first = await Promise.race([work, hang])
  clearTimeout(timer)
  if (first.kind === 'hangs') {
    if (++hanging > maxHanging) end()
    void work.then(() => hanging--)
  }
  return first
}

/** One batch of one script. */
const runBatch = async (call: number, order: Order, batch: string, first: Box): Promise<void> => {
  const { key, timeoutMs, messages } = order
  const source = order.source ?? boxes.sourceOf(key)
  let deadline = performance.now() + 2 * timeoutMs
  let isExtended = false
  let box: Box = first
  let done = 0
  let lost = 0
  let strikes = 0
  let lastError = timedOut

  const strike = (): void => {
    strikes++
    send(frameKinds.strike, call, '')
  }
  const answer = (text: string): void => {
    done += countAnswers(text)
    send(frameKinds.answers, call, text)
  }
  /** Goes on in a new isolate, one message at a time: so it shows which of them is to blame. False: that is enough. */
  const startAnew = async (error: string): Promise<boolean> => {
    lastError = error
    boxes.drop(key)
    if (lost++ > 0) {
      strike()
      answer(encodeError(error))
    }
    if (lost > maxLost || done >= messages) return false
    const next = await boxes.take(key, source, order.memoryMb)
    if (!next) return false
    box = next
    await box.begin(batch, done)
    return true
  }
  const afterInterruption = async (): Promise<boolean> => {
    if (box.isGone()) return startAnew(outOfMemory)
    const before = done
    try {
      answer(await box.salvage(timedOut))
    } catch {
      return startAnew(timedOut)
    }
    strike()
    // What a script left to run after it returned would interrupt every later run too.
    return done > before || startAnew(timedOut)
  }

  await box.begin(batch, 0)
  while (done < messages) {
    const leftMs = deadline - performance.now()
    if (leftMs <= 0) {
      // To find out who is to blame for a lost isolate costs its time twice; the others get a chance all the same.
      if (lost > 0 && !isExtended) {
        isExtended = true
        deadline = performance.now() + timeoutMs / 2
        continue
      }
      if (strikes === 0) strike()
      lastError = timedOut
      break
    }
    const limits = { sliceMs: Math.min(timeoutMs / 2, leftMs), timeoutMs: Math.min(timeoutMs, leftMs) }
    const run = await runBox(box, lost > 0 ? 1 : messages, limits)
    if (run.kind === 'answers') answer(run.text)
    else if (!(run.kind === 'hangs' ? await startAnew(timedOut) : await afterInterruption())) break
  }
  send(frameKinds.end, call, done < messages ? lastError : '')
}

const run = async (call: number, text: string): Promise<void> => {
  const cut = text.indexOf('\n')
  const order = orderSchema.parse(JSON.parse(text.slice(0, cut)))
  try {
    const box = await boxes.take(order.key, order.source, order.memoryMb)
    if (!box) return send(frameKinds.needsSource, call, '')
    await runBatch(call, order, text.slice(cut + 1), box)
  } catch (error) {
    boxes.drop(order.key)
    send(frameKinds.end, call, error instanceof BadScript ? error.message : outOfMemory)
  } finally {
    await boxes.giveBack(order.key).catch(() => boxes.drop(order.key))
  }
}

const read = createFrameReader(({ kind, call, text }) => {
  if (kind === frameKinds.run) void run(call, text)
  else if (kind === frameKinds.check)
    send(frameKinds.end, call, problemOf(scriptSourceSchema.parse(JSON.parse(text))) ?? '')
})
process.stdin.on('data', read)
// Isolates that still run must not keep a process alive whose engine is gone.
process.stdin.on('end', end)
process.stdin.on('close', end)
setInterval(() => {
  if (process.memoryUsage.rss() > maxRssBytes) end()
}, 100)
