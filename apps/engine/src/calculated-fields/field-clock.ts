import type { Database } from '@thingwire/db'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { FieldUpdates } from './field-updates.ts'

const everyMs = 1_000
/** Another process does what one that died has taken. */
const leaseMs = 60_000
const atOnce = 1_000
/** Entities that came after a rule are found so often. */
const findEveryMs = 60_000

/** Has alarm rules looked at when their time has come; any number of processes share the work. */
export const createFieldClock = (deps: {
  database: Pick<Database, 'fieldStates'>
  updates: Pick<FieldUpdates, 'passed'>
  now: () => number
  logger: Logger
}): Part => {
  const { fieldStates } = deps.database
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()
  let foundAtMs = 0

  const tick = async (): Promise<void> => {
    const nowMs = deps.now()
    if (nowMs - foundAtMs >= findEveryMs) {
      foundAtMs = nowMs
      await fieldStates.startTimed(nowMs, 10 * atOnce)
    }
    for (;;) {
      const due = await fieldStates.claimDue(nowMs, nowMs + leaseMs, atOnce)
      for (const [tenantId, own] of Map.groupBy(due, (one) => one.tenantId)) {
        const items = [...Map.groupBy(own, ({ entityId }) => entityId.id).values()].flatMap((list) =>
          list[0] ? [{ entityId: list[0].entityId, fieldIds: list.map(({ fieldId }) => fieldId) }] : [],
        )
        await deps.updates.passed(tenantId, items)
      }
      if (due.length < atOnce) return
    }
  }

  return {
    name: 'alarm rule clock',
    start: async () => {
      let isBusy = false
      timer = setInterval(() => {
        if (isBusy) return
        isBusy = true
        running = tick()
          .catch((error: unknown) =>
            deps.logger.warn(errorFields(error), 'alarm rules that are due were not looked at'),
          )
          .finally(() => {
            isBusy = false
          })
      }, everyMs)
    },
    stop: async () => {
      if (timer) clearInterval(timer)
      await running
    },
  }
}
