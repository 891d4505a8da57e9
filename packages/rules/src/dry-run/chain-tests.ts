import type { ChainTest, ChainTestReport, ChainTestStep, EntityId, Message } from '@thingwire/contracts'
import { newMessageId } from '../message.ts'
import type { Effect } from './dry-ports.ts'
import { type DryRun, type DryRunnerInput, dryRun } from './dry-run.ts'

/** Where messages of a test come from when it does not say. */
export const testDeviceId = '00000000-0000-4000-8000-00000000d01c'

type Surroundings = Omit<DryRunnerInput, 'given'>

/** Runs one test of a chain. Rejects only when the signal aborts or the reads are away. */
export const runChainTest = async (test: ChainTest, surroundings: Surroundings): Promise<ChainTestReport> => {
  const originator: EntityId = test.message.originator ?? { entityType: 'DEVICE', id: testDeviceId }
  const startedMs = performance.now()
  const run = await dryRun({
    ...surroundings,
    given: { ...test.given, originator },
    message: messageOf(test, originator, surroundings.tenantId),
  })
  const problems = problemsOf(test.expect, run)
  return {
    name: test.name,
    passed: problems.length === 0,
    problems,
    steps: run.steps,
    effects: run.effects,
    elapsedMs: Math.round(performance.now() - startedMs),
  }
}

const messageOf = ({ message, given }: ChainTest, originator: EntityId, tenantId: string): Message => ({
  id: newMessageId(),
  ts: given.now ?? Date.now(),
  type: message.type,
  tenantId,
  originator,
  customerId: null,
  metadata: message.metadata,
  dataType: message.dataType,
  data: message.data,
  ruleChainId: null,
  ruleNodeId: null,
})

const problemsOf = (expected: ChainTest['expect'], run: DryRun): string[] => {
  const { connections, messages, effects, failures } = expected
  return [
    ...(connections
      ? differences(
          'connection',
          connections,
          passesOf(run.steps),
          isPass,
          (pass) => `${pass.node} → ${pass.connection}`,
        )
      : []),
    ...(messages ? differences('message at an end', messages, run.steps.filter(isEnd), isEndAs, describeEnd) : []),
    ...(effects ? differences('effect', effects, run.effects, isEffect, describe) : []),
    ...differences('failure', failures, run.failures, isFailure, describe),
    ...(run.isEndless ? ['The message goes round without an end'] : []),
  ]
}

/**
 * Pairs what was expected with what came. The least demanding expectations are paired last, so that they do not take what
 * only another one fits.
 */
const differences = <E, A>(
  what: string,
  expected: readonly E[],
  came: readonly A[],
  fits: (expected: E, came: A) => boolean,
  show: (one: E | A) => string,
): string[] => {
  const left = [...came]
  const missing: E[] = []
  const byDemand = [...expected].sort((a, b) => describe(b).length - describe(a).length)
  for (const one of byDemand) {
    const at = left.findIndex((other) => fits(one, other))
    if (at < 0) missing.push(one)
    else left.splice(at, 1)
  }
  return [
    ...missing.map((one) => `Expected ${what}, which did not come: ${show(one)}`),
    ...left.map((one) => `Unexpected ${what}: ${show(one)}`),
  ]
}

type Pass = { node: string; connection: string }

const passesOf = (steps: readonly ChainTestStep[]): Pass[] =>
  steps.flatMap(({ node, connection }) => (connection === null ? [] : [{ node, connection }]))

const isPass = (expected: Pass, came: Pass) =>
  expected.node === came.node && expected.connection.toLowerCase() === came.connection.toLowerCase()

/** Failures that nobody is wired to are told apart, as failures. */
const isEnd = (step: ChainTestStep) => step.isEnd && step.error === null

type End = NonNullable<ChainTest['expect']['messages']>[number]

const isEndAs = (expected: End, came: ChainTestStep): boolean =>
  (expected.node === undefined || expected.node === came.node) &&
  (expected.connection === undefined || expected.connection?.toLowerCase() === came.connection?.toLowerCase()) &&
  (expected.type === undefined || expected.type === came.type) &&
  (expected.originator === undefined || isDeepEqual(expected.originator, came.originator)) &&
  (!('data' in expected) || expected.data === undefined || isData(expected.data, came.data)) &&
  Object.entries(expected.metadata ?? {}).every(([key, value]) =>
    value === null
      ? !Object.hasOwn(came.metadata, key)
      : Object.hasOwn(came.metadata, key) && came.metadata[key] === value,
  )

const isData = (expected: unknown, text: string): boolean => {
  if (expected === text) return true
  try {
    return isDeepEqual(expected, JSON.parse(text))
  } catch {
    return false
  }
}

/** All members that are named; objects inside them as wholes. */
const isEffect = (expected: Record<string, unknown>, came: Effect): boolean =>
  Object.entries(expected).every(([key, value]) => Object.hasOwn(came, key) && isDeepEqual(value, came[key]))

const isFailure = (expected: ChainTest['expect']['failures'][number], came: DryRun['failures'][number]): boolean =>
  (expected.node === undefined || expected.node === came.nodeName) &&
  (expected.error === undefined || came.error.includes(expected.error))

const describe = (one: unknown): string => JSON.stringify(one) ?? 'nothing'

const describeEnd = (one: End | ChainTestStep): string => {
  if (!('chain' in one)) return describe(one)
  const { node, connection, type, data, metadata } = one
  return describe({ node, connection, type, data, metadata })
}

const isDeepEqual = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [keysA, keysB] = [Object.keys(a), Object.keys(b)]
  return (
    keysA.length === keysB.length &&
    keysA.every((key) => Object.hasOwn(b, key) && isDeepEqual(memberOf(a, key), memberOf(b, key)))
  )
}

const memberOf = (value: object, key: string): unknown => Object.getOwnPropertyDescriptor(value, key)?.value
