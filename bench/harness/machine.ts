import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { arch, availableParallelism, cpus, release, tmpdir, totalmem, type } from 'node:os'
import { join } from 'node:path'

/** What the figures were measured on. */
export type Machine = {
  date: string
  cpu: string
  cores: number
  memoryGib: number
  system: string
  node: string
  /** Mean time to write and fsync 4 KiB, ms: what durability costs here. */
  fsyncMs: number
}

export const describeMachine = (): Machine => ({
  date: new Date().toISOString(),
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGib: Math.round(totalmem() / 2 ** 30),
  system: `${type()} ${release()} ${arch()}`,
  node: process.versions.node,
  fsyncMs: measureFsync(),
})

const measureFsync = (): number => {
  const folder = mkdtempSync(join(tmpdir(), 'thingwire-fsync-'))
  const file = openSync(join(folder, 'probe'), 'w')
  const block = Buffer.alloc(4096, 1)
  const rounds = 100
  const began = performance.now()
  for (let i = 0; i < rounds; i += 1) {
    writeSync(file, block)
    fsyncSync(file)
  }
  const took = performance.now() - began
  closeSync(file)
  rmSync(folder, { recursive: true })
  return Number((took / rounds).toFixed(3))
}
