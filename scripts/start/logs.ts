import { styleText } from 'node:util'
import { z } from 'zod'

const pinoLine = z.looseObject({
  level: z.number(),
  time: z.union([z.number(), z.string()]).optional(),
  msg: z.string().optional(),
  err: z.looseObject({ message: z.string().optional() }).optional(),
})
const hidden = new Set(['level', 'time', 'msg', 'pid', 'hostname', 'err', 'service', 'role', 'roles'])

const levelMark = (level: number): string => {
  if (level >= 50) return styleText('red', '✗')
  if (level >= 40) return styleText('yellow', '!')
  return styleText('dim', '·')
}

/** One readable line from one line of a program's output; structured lines are unfolded, others pass as they are. */
export const readable = (source: string, line: string): string => {
  const name = styleText('cyan', source.padEnd(8))
  const parsed = parse(line)
  if (!parsed) return `${styleText('dim', clock(Date.now()))} ${name} ${line}`
  const fields = Object.entries(parsed)
    .filter(([key, value]) => !hidden.has(key) && value !== undefined)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ')
  const error = parsed.err?.message && !parsed.msg?.includes(parsed.err.message) ? ` (${parsed.err.message})` : ''
  const at = clock(new Date(parsed.time ?? Date.now()).getTime())
  return `${styleText('dim', at)} ${name} ${levelMark(parsed.level)} ${parsed.msg ?? ''}${error} ${styleText('dim', fields)}`.trimEnd()
}

const parse = (line: string) => {
  if (!line.startsWith('{')) return undefined
  try {
    return pinoLine.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

const clock = (ms: number) => new Date(ms).toTimeString().slice(0, 8)
