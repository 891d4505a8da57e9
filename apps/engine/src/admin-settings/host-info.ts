import { statfs } from 'node:fs/promises'
import { availableParallelism, cpus, hostname, totalmem } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { SystemInfo } from '@thingwire/contracts'

const sampleMs = 200

type CpuTimes = { idle: number; all: number }

const cpuTimes = (): CpuTimes => {
  const sum = { idle: 0, all: 0 }
  for (const { times } of cpus()) {
    sum.idle += times.idle
    sum.all += times.user + times.nice + times.sys + times.idle + times.irq
  }
  return sum
}

/** How busy the processors were between two looks, percent. */
export const busyPercent = (before: CpuTimes, after: CpuTimes): number => {
  const all = after.all - before.all
  return all > 0 ? Math.round((1 - (after.idle - before.idle) / all) * 100) : 0
}

const percentUsed = (total: number, free: number): number => (total > 0 ? Math.round((1 - free / total) * 100) : 0)

/** Figures of the host this process runs on; takes a fifth of a second, since load is a difference. */
export const hostInfo = async (serviceType: string): Promise<SystemInfo['systemData'][number]> => {
  const before = cpuTimes()
  const [disk] = await Promise.all([statfs(process.cwd()), delay(sampleMs)])
  // In a container the limit counts, not what the machine has.
  const limit = process.constrainedMemory()
  const totalMemory = limit > 0 ? Math.min(limit, totalmem()) : totalmem()
  return {
    serviceId: hostname(),
    serviceType,
    cpuUsage: busyPercent(before, cpuTimes()),
    cpuCount: availableParallelism(),
    memoryUsage: percentUsed(totalMemory, Math.min(totalMemory, process.availableMemory())),
    totalMemory,
    discUsage: percentUsed(disk.blocks, disk.bavail),
    totalDiscSpace: disk.blocks * disk.bsize,
  }
}
