import { caseEntity } from '../../case-data/series.ts'
import type { EntitiesPort, EntityPage } from '../../host/host.ts'
import { idleHost } from '../../host/idle-host.ts'

/** Entities for cases of widgets that are about one of a datasource. */
export const caseEntities = (...names: readonly string[]): EntitiesPort => {
  const rows = names.map((name) => ({ entity: caseEntity(name), fields: { name }, values: new Map() }))
  return answering({ status: 'ready', rows, total: rows.length, isLoadingNext: false, staleSince: null })
}

export const answering = (page: EntityPage): EntitiesPort => ({ ...idleHost({}).entities, usePage: () => page })
