import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { LaunchError } from '@thingwire/local-services'
import { z } from 'zod'

const schema = z.object({ launcher: z.number().int(), children: z.record(z.string(), z.number().int()) })
type Processes = z.infer<typeof schema>

export type InstanceLock = {
  /** Writes down a child, so that the next start can end it if this one is killed. */
  record(name: string, pid: number): void
  release(): void
}

/**
 * One launcher per data folder. A launcher that was killed leaves its children; they are ended here, since two engines
 * or two servers on one folder would harm each other.
 */
export const lockInstance = async (dataDir: string, onLeftover: (name: string) => void): Promise<InstanceLock> => {
  const file = join(dataDir, 'processes.json')
  try {
    makeFolder(dataDir)
  } catch (cause) {
    throw new LaunchError(
      `The data folder ${dataDir} cannot be made.`,
      'Set THINGWIRE_DATA_DIR to a folder you can write to.',
      { cause },
    )
  }
  const before = readProcesses(file)
  if (before && isOurs(before.launcher))
    throw new LaunchError(
      `Thingwire already runs on ${dataDir} (process ${before.launcher}).`,
      'Stop it first, or set THINGWIRE_DATA_DIR and other ports for a second one.',
    )
  // Those that write end before those that are written to.
  for (const [name, pid] of Object.entries(before?.children ?? {}).reverse()) {
    if (!isOurs(pid)) continue
    onLeftover(name)
    // PostgreSQL's SIGTERM waits for its clients to leave by themselves; SIGINT does not.
    await end(pid, name === 'postgres' ? 'SIGINT' : 'SIGTERM')
  }
  const now: Processes = { launcher: process.pid, children: {} }
  // As a whole or not at all: one who is killed half-way must leave what tells the next start about the children.
  const write = () => {
    const next = `${file}.${process.pid}`
    writeFileSync(next, JSON.stringify(now))
    renameSync(next, file)
  }
  write()
  return {
    record: (name, pid) => {
      now.children[name] = pid
      write()
    },
    release: () => rmSync(file, { force: true }),
  }
}

/** Folder by folder: Node's own recursive way never returns where the system answers ENOENT to every attempt (/proc). */
const makeFolder = (path: string) => {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path, { mode: 0o711 })
}

const readProcesses = (file: string): Processes | undefined => {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // No earlier start, or a file that is not ours: nothing to end.
    return undefined
  }
}

/** Whether the pid lives and still is one of the programs that we start (pids are used again). */
const isOurs = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    return /node|next|postgres|redis|valkey/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
  } catch {
    return process.platform !== 'linux'
  }
}

const end = async (pid: number, request: NodeJS.Signals) => {
  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(pid, name)
    } catch {
      // gone meanwhile
    }
  }
  signal(request)
  for (let waited = 0; waited < 15_000 && isOurs(pid); waited += 100) await new Promise((r) => setTimeout(r, 100))
  if (isOurs(pid)) signal('SIGKILL')
}
