import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const lookEveryMs = 100
const pause = () => new Promise((resolve) => setTimeout(resolve, lookEveryMs))

/** Whether the process that made the mark still runs; the mark of one that ended is taken away. */
const isHeld = (file: string): boolean => {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0)
    return true
  } catch {
    rmSync(file, { force: true })
    return false
  }
}

/** Whether this one was the first to make it. */
const tryMark = (file: string): boolean => {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    return false
  }
}

/**
 * Workers share one stack. Waits until a journey may begin: as long as none is under way that needs the stack for itself;
 * one that does waits for all others, and they wait for it. Resolves to what ends the turn.
 */
export const takeTurn = async (dataDir: string, worker: number, isAlone: boolean): Promise<() => void> => {
  const folder = join(dataDir, 'journeys')
  mkdirSync(folder, { recursive: true })
  const [own, alone] = [join(folder, `worker-${worker}`), join(folder, 'alone')]
  const release = (file: string) => () => rmSync(file, { force: true })
  if (isAlone) {
    while (isHeld(alone) || !tryMark(alone)) await pause()
    while (readdirSync(folder).some((name) => name.startsWith('worker-') && isHeld(join(folder, name)))) await pause()
    return release(alone)
  }
  for (;;) {
    tryMark(own)
    // Looked at after the own mark is made: whoever wants to be alone sees it, or is seen here.
    if (!isHeld(alone)) return release(own)
    release(own)()
    await pause()
  }
}
