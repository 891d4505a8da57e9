import type { Database } from '@thingwire/db'
import type { TelemetryPort } from '@thingwire/rules'

/** Reads of history that may be under way for one call. */
const readsAtOnce = 4

/** What nodes of a tenant may read of time series. */
export const telemetryReads = (
  { telemetry }: Pick<Database, 'telemetry'>,
  tenantId: string,
): Pick<TelemetryPort, 'latest' | 'history'> => {
  const scope = { kind: 'tenant', tenantId } as const
  return {
    latest: (queries) => telemetry.latestMany(tenantId, queries),
    history: async (queries) => {
      const answers: Awaited<ReturnType<TelemetryPort['history']>> = []
      for (let from = 0; from < queries.length; from += readsAtOnce)
        answers.push(
          ...(await Promise.all(
            queries
              .slice(from, from + readsAtOnce)
              .map(async (query) => new Map(Object.entries(await telemetry.history(scope, query)))),
          )),
        )
      return answers
    },
  }
}
