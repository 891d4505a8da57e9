'use client'
import { useQueries } from '@tanstack/react-query'
import type { DashboardConfiguration } from '@thingwire/contracts'
import { getDevice, listDevices } from '@/api/entities.ts'
import type { DeviceView } from '@/api/entities.ts'
import type { UserView } from '@/api/session.ts'
import { useUser } from '@/session/session-provider.tsx'
import { type AliasEntity, type AliasPlan, pick, planAlias, searchText } from './aliases.ts'

export type AliasAnswer =
  | { status: 'loading' }
  | { status: 'ready'; entities: readonly AliasEntity[] }
  | { status: 'failed'; reason: string }
  | { status: 'unsupported'; alias: string; filterType: string }

const mostEntities = 1_000

const toEntity = (device: DeviceView): AliasEntity => ({
  id: device.id.id,
  name: device.name,
  type: device.deviceProfileName || device.type,
  label: device.label ?? '',
  active: device.active,
  createdTime: device.createdTime,
})

const resolve = async (plan: AliasPlan, user: UserView, signal: AbortSignal): Promise<AliasEntity[]> => {
  switch (plan.kind) {
    case 'unsupported':
      return []
    case 'ids':
      return (await Promise.all(plan.ids.map((id) => getDevice(id, signal)))).map(toEntity)
    case 'search': {
      const link = { page: 0, pageSize: mostEntities, textSearch: searchText(plan.namePattern) || undefined }
      const types = plan.types.length > 0 ? plan.types : [null]
      const pages = await Promise.all(types.map((type) => listDevices(user, { ...link, type }, signal)))
      return pick(
        plan,
        pages.flatMap((page) => page.data.map(toEntity)),
      )
    }
  }
}

/** Every alias of the dashboard, resolved once and shared by its widgets; asked again each minute for new devices. */
export const useAliases = (
  aliases: DashboardConfiguration['entityAliases'],
  directDevices: readonly string[],
  stateEntityId: string | null,
): ReadonlyMap<string, AliasAnswer> => {
  const user = useUser()
  const named = Object.entries(aliases).map(([id, alias]) => ({
    id,
    name: alias.alias,
    plan: planAlias(alias, stateEntityId),
  }))
  const direct = directDevices.map((id) => ({ id, name: id, plan: { kind: 'ids' as const, ids: [id] } }))
  const all = [...named, ...direct]
  return useQueries({
    queries: all.map(({ plan }) => ({
      queryKey: ['alias', plan],
      queryFn: ({ signal }: { signal: AbortSignal }) => resolve(plan, user, signal),
      refetchInterval: 60_000,
      staleTime: 30_000,
    })),
    combine: (results) =>
      new Map(
        all.map(({ id, name, plan }, index): [string, AliasAnswer] => {
          const result = results[index]
          if (plan.kind === 'unsupported')
            return [id, { status: 'unsupported', alias: name, filterType: plan.filterType }]
          if (result?.data) return [id, { status: 'ready', entities: result.data }]
          return [id, result?.error ? { status: 'failed', reason: result.error.message } : { status: 'loading' }]
        }),
      ),
  })
}
