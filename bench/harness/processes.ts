import { readdirSync, readFileSync } from 'node:fs'

/** Ticks of /proc/<pid>/stat: 100 a second on every Linux that Node runs on. */
const ticksPerSecond = 100

const readProc = (pid: number, file: string): string | undefined => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It ended between two looks, or this is not Linux.
    return undefined
  }
}

type Stat = { parent: number; ticks: number; reapedTicks: number }

const statOf = (pid: number): Stat | undefined => {
  const text = readProc(pid, 'stat')
  // The name in brackets may hold spaces and brackets itself.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  if (!fields) return undefined
  const at = (index: number) => Number(fields[index] ?? 0)
  return { parent: at(1), ticks: at(11) + at(12), reapedTicks: at(13) + at(14) }
}

/** The process and everything below it. */
export const processTree = (root: number): number[] => {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = statOf(Number(name))?.parent
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const tree = [root]
  for (let i = 0; i < tree.length; i += 1) tree.push(...(children.get(tree[i] ?? -1) ?? []))
  return tree
}

/** CPU seconds that a process, its descendants and its ended children have used. */
export const cpuSeconds = (root: number): number => {
  let ticks = statOf(root)?.reapedTicks ?? 0
  for (const pid of processTree(root)) ticks += statOf(pid)?.ticks ?? 0
  return ticks / ticksPerSecond
}

/** CPU seconds of one process alone. */
export const ownCpuSeconds = (pid: number): number => (statOf(pid)?.ticks ?? 0) / ticksPerSecond

export const commandLine = (pid: number): string => (readProc(pid, 'cmdline') ?? '').replaceAll('\0', ' ').trim()

/**
 * Memory of one process in MB. `resident` counts pages shared with others fully, so sums over processes are too high;
 * `proportional` shares them out, so sums are right.
 */
export const memoryOf = (pid: number): { residentMb: number; proportionalMb: number; privateMb: number } => {
  const text = readProc(pid, 'smaps_rollup') ?? ''
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 1024
  return {
    residentMb: field('Rss'),
    proportionalMb: field('Pss'),
    privateMb: field('Private_Clean') + field('Private_Dirty'),
  }
}

const residentMb = (pid: number): number => {
  const text = readProc(pid, 'status') ?? ''
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1024
}

/** CPU seconds the whole machine was busy, all cores together; time that a hypervisor took away counts as busy. */
export const machineBusySeconds = (): number => {
  const line = /^cpu +(.*)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? ''
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(' ').map(Number)
  return (user + nice + system + irq + softirq + steal) / ticksPerSecond
}

export type ProcessUse = { name: string; cpuSeconds: number; cpuShare: number; peakResidentMb: number }

/** Watches named processes (each with all below it) between `start` and `stop`. */
export const watchProcesses = (roots: Record<string, number>) => {
  const names = Object.keys(roots)
  const rootOf = (name: string) => roots[name] ?? -1
  const before = new Map(names.map((name) => [name, cpuSeconds(rootOf(name))]))
  const peaks = new Map<string, number>()
  const beganMs = performance.now()
  const look = () => {
    for (const name of names) {
      // Processes of one PostgreSQL share their buffers, so only the largest of them is a fair resident figure.
      const largest = Math.max(...processTree(rootOf(name)).map(residentMb))
      peaks.set(name, Math.max(peaks.get(name) ?? 0, largest))
    }
  }
  look()
  const timer = setInterval(look, 1000)
  return {
    stop: (): ProcessUse[] => {
      clearInterval(timer)
      look()
      const seconds = (performance.now() - beganMs) / 1000
      return names.map((name) => {
        const used = cpuSeconds(rootOf(name)) - (before.get(name) ?? 0)
        return {
          name,
          cpuSeconds: Number(used.toFixed(2)),
          cpuShare: Number((used / seconds).toFixed(3)),
          peakResidentMb: Math.round(peaks.get(name) ?? 0),
        }
      })
    },
  }
}
