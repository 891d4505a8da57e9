'use client'
import { Select } from '@thingwire/ui'
import { type ReactNode, useMemo, useState } from 'react'
import { useWidgetHost } from '../../host/host-context.tsx'
import { WidgetNotice } from '../../notice.tsx'
import { useWords } from '../../texts/use-texts.ts'
import type { WidgetEntity, WidgetState, WidgetTexts } from '../../widget.ts'
import { entityWords } from './words.ts'

/** Who finds more than these narrows the alias. */
const mostEntities = 200

/**
 * For widgets that are about one entity of a datasource and ask for what is in it themselves. Where the datasource has
 * several, `chooser` lets the viewer take another one; it has the first one until then.
 */
export const OneEntity = (p: {
  state: WidgetState
  texts: WidgetTexts
  children: (found: { entity: WidgetEntity; chooser: ReactNode; staleSince: number | null }) => ReactNode
}) => {
  const words = useWords('entity', entityWords)
  const { entities } = useWidgetHost()
  const [chosen, setChosen] = useState<string | null>(null)
  const request = useMemo(() => ({ datasource: 0, page: 0, pageSize: mostEntities, search: '', sort: nameOrder }), [])
  const answer = entities.usePage(request)
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  if (answer.status !== 'ready') return <WidgetNotice state={answer} />
  const found = answer.rows.find(({ entity }) => entity.id.id === chosen) ?? answer.rows[0]
  if (!found) return <WidgetNotice state={{ status: 'empty', reason: p.texts.noData }} />
  const chooser =
    answer.rows.length > 1 ? (
      <Select
        aria-label={words('entity')}
        title={
          answer.total > answer.rows.length
            ? words('more', { shown: answer.rows.length, total: answer.total })
            : undefined
        }
        value={found.entity.id.id}
        onChange={({ target }) => setChosen(target.value)}
        className="h-8 w-auto max-w-44"
      >
        {answer.rows.map(({ entity }) => (
          <option key={entity.id.id} value={entity.id.id}>
            {entity.label || entity.name}
          </option>
        ))}
      </Select>
    ) : null
  return p.children({ entity: found.entity, chooser, staleSince: answer.staleSince })
}

const nameOrder = { key: { type: 'ENTITY_FIELD' as const, key: 'name' }, direction: 'ASC' as const }
