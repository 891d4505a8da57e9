'use client'
import { cn } from '@thingwire/ui'
import { readingOf } from '../engines/value-card/reading.ts'
import { LookText } from '../style/look-text.tsx'
import { cellLook } from '../style/value-look.ts'
import { keyLabel } from '../format.ts'
import { WidgetNotice } from '../notice.tsx'
import type { WidgetSeries, WidgetViewProps } from '../widget.ts'
import { groupsOf } from './groups.ts'

/** In a lower card the values need the room of the entity's name, which is told on pointing. */
const leastWithName = 72

/** Beyond this nobody reads cards: the latest values table is for that. */
const mostGroups = 100

export const AttributesCard = (p: WidgetViewProps<Record<string, never>>) => {
  if (p.state.status !== 'ready') return <WidgetNotice state={p.state} />
  const groups = groupsOf(p.state.series)
  if (groups.length === 0) return <WidgetNotice state={{ status: 'empty', reason: p.texts.noData }} />
  const isStale = p.state.staleSince !== null
  const isLow = p.size.height < leastWithName
  return (
    <section
      aria-label={p.title}
      title={isLow ? groups.map(({ name }) => name).join(', ') : undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
      className={cn('size-full overflow-y-auto px-3 focus-visible:-outline-offset-2', isLow ? 'py-0.5' : 'py-2')}
    >
      {groups.slice(0, mostGroups).map((group) => (
        <div key={group.id} className={isLow ? undefined : 'mb-2 last:mb-0'}>
          <h3 className={cn('truncate pb-0.5 text-xs font-medium text-ink-2', isLow && 'sr-only')} title={group.name}>
            {group.name}
          </h3>
          <dl className="divide-y divide-line">
            {group.rows.map((row) => (
              <Row key={row.id} series={row} locale={p.locale} theme={p.theme} isStale={isStale} age={p.texts.age} />
            ))}
          </dl>
        </div>
      ))}
    </section>
  )
}

const Row = (p: {
  series: WidgetSeries
  locale: string
  theme: 'light' | 'dark'
  isStale: boolean
  age: (ts: number) => string
}) => {
  const reading = readingOf(p.series, p.locale)
  const label = keyLabel(p.series.dataKey, p.series.entity.name)
  return (
    // Side by side where both fit, else the value below its name.
    <div className="flex flex-wrap items-baseline justify-between gap-x-3 py-1">
      <dt className="max-w-full min-w-16 shrink-0 truncate text-sm text-ink-3" title={label}>
        {label}
      </dt>
      <dd
        className={cn(
          'ml-auto line-clamp-2 max-w-full text-right text-sm break-words tabular-nums',
          p.isStale ? 'text-ink-3' : 'text-ink',
        )}
        title={reading.ts === undefined ? undefined : p.age(reading.ts)}
        style={p.isStale ? undefined : cellLook(reading.look, p.theme)}
      >
        {reading.look.icon ? (
          <LookText look={reading.look} text={reading.text} units={reading.units} />
        ) : (
          <>
            {reading.text}
            {reading.units ? <span className="ml-1 text-ink-3">{reading.units}</span> : null}
          </>
        )}
      </dd>
    </div>
  )
}
