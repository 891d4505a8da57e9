// The program of a script process. It is started with nothing but two pipes: no environment, no files beyond its own
// code, and it ends with the engine. Scripts run in isolates; only texts cross between them and this program.
import { writeSync } from 'node:fs'
import { countAnswers, encodeError } from '@thingwire/rules/sandbox'
import { z } from 'zod'
import {
  createFrameReader,
  encodeFrame,
  type FrameKind,
  frameKinds,
  longestTimeouts,
  type Order,
  orderSchema,
  scriptSourceSchema,
} from './frames.ts'
import { BadScript, type Box, createBoxes, problemOf, type RunLimits } from './isolates.ts'

const boxes = createBoxes()
/** By itself, since a stream of Node would write at once as well and takes longer over it. */
const send = (kind: FrameKind, call: number, text: string): void => {
  const frame = encodeFrame(kind, call, text)
  for (let at = 0; at < frame.length; ) at += writeSync(1, frame, at)
}

const timedOut = 'Script execution timed out'
const outOfMemory = 'Script used too much memory'
/** So many isolates may one batch cost; what is left of it then ends with the error of the last. */
const maxLost = 3
/**
 * Some built-ins (powers of large integers) do not look at the clock: their thread is given up so long after its time. When
 * the machine is so busy that the thread may not have run, it has longer.
 */
const hangMs = { busy: 100, idle: 500 }
const lookMs = 50
/** No sum of well-behaved scripts comes near; it bounds what the memory limit of an isolate fails to. */
const maxRssBytes = 1_000_000_000

const end = (): void => void process.kill(process.pid, 'SIGKILL')
let hanging = 0

type Run = { kind: 'answers'; text: string } | { kind: 'interrupted' } | { kind: 'hangs' }

/** Runs that are under way. One look at all of them every now and then: a timer each is dear. */
const running = new Set<{ dueMs: number; timeoutMs: number; startCpuMs: number; giveUp(): void }>()
let looking: NodeJS.Timeout | null = null

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** A share of what the process has used: an isolate knows the time that its thread had, not what it got of it. */
const shareOf = (usedMs: number): number => usedMs / Math.max(1, running.size + hanging)

const look = (): void => {
  const nowMs = performance.now()
  for (const run of running) {
    if (nowMs < run.dueMs + hangMs.busy) continue
    const isAtWork = shareOf(cpuMs() - run.startCpuMs) > 0.6 * (run.timeoutMs + hangMs.busy)
    if (isAtWork || nowMs > run.dueMs + hangMs.idle) run.giveUp()
  }
  if (process.memoryUsage.rss() > maxRssBytes) end()
  if (running.size > 0 || !looking) return
  clearInterval(looking)
  looking = null
}

const runBox = (limits: RunLimits, startCpuMs: number, call: () => Promise<string>): Promise<Run> =>
  new Promise((resolve) => {
    const entry = {
      dueMs: performance.now() + limits.timeoutMs,
      timeoutMs: limits.timeoutMs,
      startCpuMs,
      giveUp: () => {
        running.delete(entry)
        hanging++
        send(frameKinds.spoilt, 0, '')
        resolve({ kind: 'hangs' })
      },
    }
    running.add(entry)
    looking ??= setInterval(look, lookMs)
    const settle = (run: Run) => {
      if (!running.delete(entry)) hanging--
      resolve(run)
    }
    call().then(
      (text) => settle({ kind: 'answers', text }),
      () => settle({ kind: 'interrupted' }),
    )
  })

/** One batch of one script. */
const runBatch = async (call: number, order: Order, batch: string, first: Box): Promise<void> => {
  const { key, timeoutMs, messages } = order
  const source = order.source ?? boxes.sourceOf(key)
  // Processor time: on a machine that is busy with other things a script is not to blame for that.
  let budgetMs = 2 * timeoutMs
  let usedMs = 0
  const latestMs = performance.now() + longestTimeouts * timeoutMs
  let isExtended = false
  /** The message that was interrupted and is run again, as the first of its run. */
  let secondTry = -1
  let box: Box = first
  let begin: { text: string; from: number } | null = { text: batch, from: 0 }
  let done = 0
  let lost = 0
  let isOneByOne = false
  /** The message that could not even be interrupted, until it has its answer. */
  let culprit = -1
  let strikes = 0
  let lastError = timedOut

  const strike = (): void => {
    strikes++
    send(frameKinds.strike, call, '')
  }
  const answer = (text: string): void => {
    done += countAnswers(text)
    send(done < messages ? frameKinds.answers : frameKinds.lastAnswers, call, text)
  }
  /** Goes on in a new isolate; false: that is enough. */
  const renew = async (error: string): Promise<boolean> => {
    lastError = error
    boxes.drop(key)
    if (++lost > maxLost || done >= messages) return false
    const next = await boxes.take(key, source, order.memoryMb)
    if (!next) return false
    box = next
    begin = { text: batch, from: done }
    return true
  }
  /** The same, one message at a time: so it shows which of them is to blame. */
  const startAnew = (error: string): Promise<boolean> => {
    if (isOneByOne) {
      strike()
      answer(encodeError(error))
    }
    isOneByOne = true
    culprit = -1
    return renew(error)
  }
  /** The messages before the one that hangs had ended, but their answers are lost with its isolate. */
  const afterHang = (): Promise<boolean> => {
    budgetMs -= hangMs.busy
    if (isOneByOne || culprit >= 0) return startAnew(timedOut)
    culprit = box.at()
    return renew(timedOut)
  }
  const passCulprit = (): void => {
    strike()
    culprit = -1
    answer(encodeError(timedOut))
    begin = { text: batch, from: done }
  }
  const afterInterruption = async (isInnocent: boolean): Promise<boolean> => {
    if (box.isGone()) return startAnew(outOfMemory)
    const before = done
    // Before the answers, which may end the call.
    if (!isInnocent) strike()
    try {
      answer(await box.salvage(isInnocent ? null : timedOut))
    } catch {
      return startAnew(timedOut)
    }
    secondTry = isInnocent ? done : -1
    // What a script left to run after it returned would interrupt every later run too.
    return isInnocent || done > before || startAnew(timedOut)
  }
  /**
   * Whether the message that was interrupted lacked processor time. Some of `spentMs` may be that of the messages before
   * it; when it is run again it is the first, and all is its own.
   */
  const isStarved = (spentMs: number, timeMs: number): boolean => spentMs < timeMs * (secondTry === done ? 0.25 : 0.5)
  const isWithinBudget = (): boolean => {
    if (performance.now() >= latestMs) return false
    // To find out who is to blame for a lost isolate costs its time twice; the others get a chance all the same.
    if (usedMs >= budgetMs && lost > 0 && !isExtended) {
      isExtended = true
      budgetMs = usedMs + timeoutMs / 2
    }
    if (usedMs < budgetMs) return true
    if (strikes === 0) strike()
    lastError = timedOut
    return false
  }

  while (done < messages && isWithinBudget()) {
    if (done === culprit) {
      passCulprit()
      continue
    }
    const leftMs = budgetMs - usedMs
    const limits = {
      sliceMs: Math.min(timeoutMs / 2, leftMs),
      timeoutMs: Math.min(timeoutMs, Math.max(leftMs, timeoutMs / 4)),
    }
    const taken = begin
    begin = null
    const before = cpuMs()
    const most = isOneByOne ? 1 : culprit > done ? culprit - done : messages
    const ran = await runBox(limits, before, () => box.run(most, limits, taken))
    const spentMs = (cpuMs() - before) / (running.size + hanging + (ran.kind === 'hangs' ? 0 : 1))
    usedMs += spentMs
    if (ran.kind === 'answers') answer(ran.text)
    else if (ran.kind === 'hangs') {
      if (!(await afterHang())) break
    } else if (!(await afterInterruption(isStarved(spentMs, limits.timeoutMs)))) break
  }
  if (done < messages) send(frameKinds.end, call, lastError)
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
    send(frameKinds.end, call, JSON.stringify(z.array(scriptSourceSchema).parse(JSON.parse(text)).map(problemOf)))
})
process.stdin.on('data', read)
// Isolates that still run must not keep a process alive whose engine is gone.
process.stdin.on('end', end)
process.stdin.on('close', end)
send(frameKinds.ready, 0, '')
