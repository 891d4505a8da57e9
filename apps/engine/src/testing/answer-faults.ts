import { expect } from 'vitest'
import type { ApiOperation } from '../api/api-docs.ts'
import type { Answer } from './api-under-test.ts'

const slowestMs = 2_000

/** Ends that may hold a request until its time is over. */
export const mayWait = ({ path }: ApiOperation) => /^\/api\/(rule-engine|rpc|plugins\/rpc)\b/.test(path)
/** Endpoints whose errors are plain text in the contract. */
const saysText = ({ path }: ApiOperation) => /^\/api\/(plugins\/(telemetry|rpc)|rpc|rule-engine)\b|\/claim$/.test(path)
const inside =
  /\n\s+at |node_modules|\.(ts|js):\d|prisma|postgres|syntax error|relation "|column "|invalid byte|duplicate key|\bSELECT\b|\bpassword_hash\b.*does not/i

export type Tried = {
  label: string
  answer: Answer
  ms: number /** The caller's token is good for it. */
  isSignedIn: boolean
}

/** What is wrong with an answer, in words. */
export const faultOf = (
  operation: ApiOperation,
  { label, answer, ms, isSignedIn }: Tried,
  refuses = false,
): string | undefined => {
  const { status, text, body, headers } = answer
  const isQuirk = status === 500 && text.includes("Can't parse value: null")
  if (inside.test(text) && status !== 200) return `tells of the inside: ${label}`
  if (ms > slowestMs && !mayWait(operation)) return `took ${Math.round(ms)} ms: ${label}`
  if (isQuirk) return undefined
  if ((status === 401 || status === 429) && isSignedIn) return `does not know its caller: ${label}`
  if (status >= 500 || status < 200) return `is no answer to a caller: ${label}`
  if (status < 400) return refuses ? `was not refused: ${label}` : undefined
  if (String(headers['content-type'] ?? '').startsWith('text/plain') || text === '')
    return saysText(operation) ? undefined : `is no error body: ${label}`
  if (saysText(operation) && typeof body === 'string') return undefined
  const isError =
    typeof body === 'object' &&
    body !== null &&
    Reflect.get(body, 'status') === status &&
    typeof Reflect.get(body, 'message') === 'string' &&
    typeof Reflect.get(body, 'errorCode') === 'number' &&
    typeof Reflect.get(body, 'timestamp') === 'number'
  return isError ? undefined : `is no error body: ${label}`
}

/** Runs a few tries at a time, and gathers what is wrong with all of them. */
export const faultsOf = async (tries: (() => Promise<string | undefined>)[]): Promise<string[]> => {
  const faults: string[] = []
  let next = 0
  const runner = async () => {
    for (let one = tries[next++]; one; one = tries[next++]) {
      const fault = await one()
      if (fault) faults.push(fault)
    }
  }
  await Promise.all(Array.from({ length: 4 }, runner))
  expect(tries.length).toBeGreaterThan(0)
  return faults.sort()
}
