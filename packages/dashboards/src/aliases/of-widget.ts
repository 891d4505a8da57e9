import type { DashboardDocument, DashboardWidget } from '../document/model.ts'
import { isRecord } from '../read.ts'

const mostVisited = 20_000
const aliasMember = /entityAlias(Id)?$/i

/** Texts under members that name an alias, wherever in the settings they stand: thresholds, layers of maps, ranges. */
const namedIn = (settings: unknown): string[] => {
  const found: string[] = []
  const open: unknown[] = [settings]
  for (let visited = 0; open.length > 0 && visited < mostVisited; visited++) {
    const one = open.pop()
    if (Array.isArray(one)) open.push(...one.slice(0, mostVisited))
    else if (isRecord(one)) {
      for (const [name, member] of Object.entries(one)) {
        if (typeof member === 'string') {
          if (aliasMember.test(name)) found.push(member)
        } else if (typeof member === 'object' && member !== null) open.push(member)
      }
    }
  }
  return found
}

/** Ids of the aliases that a widget reads from, each once: of its sources, its target and its settings (those by name, too). */
export const aliasesOfWidget = (widget: DashboardWidget, document: Pick<DashboardDocument, 'aliases'>): string[] => {
  const sources = [...widget.datasources, ...(widget.alarmSource ? [widget.alarmSource] : [])]
  const target = widget.target && 'entityAliasId' in widget.target ? [widget.target.entityAliasId] : []
  const inSettings = [namedIn(widget.settings), ...sources.map((source) => namedIn(source.dataKeys))].flat()
  const byName = new Map([...document.aliases.values()].map((alias) => [alias.alias, alias.id]))
  const ids = [...sources.flatMap((source) => source.entityAliasId ?? []), ...target, ...inSettings]
  return [
    ...new Set(ids.map((id) => (document.aliases.has(id) ? id : byName.get(id))).filter((id) => id !== undefined)),
  ]
}
