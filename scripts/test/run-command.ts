import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from '../start/options.ts'

export type Tally = { passed: number; failed: number }

/** Runs a program of node_modules/.bin (or `node`) in the root folder. */
export const runCommand = (
  command: string[],
  options: { show: 'always' | 'on-failure'; env?: Record<string, string> },
) =>
  new Promise<{ code: number; output: string }>((resolve) => {
    const [name = '', ...args] = command
    const program = name === 'node' ? process.execPath : join(root, 'node_modules', '.bin', name)
    const child = spawn(program, args, {
      cwd: root,
      stdio: options.show === 'always' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        TURBO_TELEMETRY_DISABLED: '1',
        NEXT_TELEMETRY_DISABLED: '1',
        DO_NOT_TRACK: '1',
        // A log file is for reading: colours only where a person looks on.
        ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }),
        ...options.env,
      },
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-30_000)
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.once('error', (error) => resolve({ code: 1, output: error.message }))
    child.once('exit', (code) => resolve({ code: code ?? 1, output }))
  })

const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() })

/** A run that ends badly without a failed test (a crashed file, a broken set-up) still counts as one failure. */
const honest = (tally: Tally, code: number): Tally =>
  code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally

const readJson = (file: string): unknown => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)

export const readVitestReport = (file: string, code: number): Tally => {
  const parsed = vitestReport.safeParse(readJson(file))
  if (!parsed.success) return { passed: 0, failed: 1 }
  return honest({ passed: parsed.data.numPassedTests, failed: parsed.data.numFailedTests }, code)
}

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
})

export const readPlaywrightReport = (file: string, code: number): Tally => {
  const parsed = playwrightReport.safeParse(readJson(file))
  if (!parsed.success) return { passed: 0, failed: 1 }
  const { expected, unexpected, flaky } = parsed.data.stats
  return honest({ passed: expected, failed: unexpected + flaky }, code)
}
