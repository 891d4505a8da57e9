'use client'
import type { DashboardDifference, PartDifferences } from '@thingwire/dashboards/edit'
import type { MemberChange } from '@thingwire/editing'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { asText } from '../../../drafts/as-text.ts'

/** How one dashboard became another, for people. */
export const DifferenceList = ({ difference }: { difference: DashboardDifference }) => {
  const t = useTranslations('dashboardEditor')
  if (difference.count === 0) return <p className="text-sm text-ink-3">{t('noDifference')}</p>
  const { widgets, places, states, aliases, filters, settings, timeWindow, other, dashboard } = difference
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Parts title={t('part.widget')} parts={widgets} />
      {places.length > 0 ? (
        <Part title={t('places')}>
          <li className="text-sm">{places.map(({ title, id }) => title || id).join(', ')}</li>
        </Part>
      ) : null}
      <Parts title={t('part.state')} parts={states} />
      <Parts title={t('part.alias')} parts={aliases} />
      <Parts title={t('part.filter')} parts={filters} />
      <Members title={t('part.dashboard')} members={[...dashboard, ...settings, ...timeWindow, ...other]} />
    </div>
  )
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <h3 className="mb-1.5 text-xs font-medium text-ink-3">{title}</h3>
    <ul className="grid gap-2">{children}</ul>
  </section>
)

const Parts = ({ title, parts }: { title: string; parts: PartDifferences }) => {
  const t = useTranslations('dashboardEditor')
  const { added, removed, changed } = parts
  if (added.length + removed.length + changed.length === 0) return null
  return (
    <Part title={title}>
      {added.map(({ id, title: name }) => (
        <li key={`+${id}`} className="text-sm">
          <span className="text-ok-text">{t('added')}</span> {name || id}
        </li>
      ))}
      {removed.map(({ id, title: name }) => (
        <li key={`-${id}`} className="text-sm">
          <span className="text-danger-text">{t('removed')}</span> {name || id}
        </li>
      ))}
      {changed.map(({ id, title: name, members }) => (
        <li key={id} className="text-sm">
          {name || id}
          <MemberChanges members={members} />
        </li>
      ))}
    </Part>
  )
}

const Members = ({ title, members }: { title: string; members: readonly MemberChange[] }) =>
  members.length === 0 ? null : (
    <Part title={title}>
      <li>
        <MemberChanges members={members} />
      </li>
    </Part>
  )

/** Members that differ, with both values. */
export const MemberChanges = ({ members }: { members: readonly MemberChange[] }) => (
  <dl className="mt-1 grid gap-1 rounded-md bg-sunken px-3 py-2 text-xs">
    {members.map(({ path, before, after }) => (
      <div key={path.join('/')} className="grid gap-0.5">
        <dt className="text-ink-3">{path.join(' › ')}</dt>
        <dd className="font-mono break-words whitespace-pre-wrap">
          <del className="text-danger-text">{asText(before)}</del> → <ins className="no-underline">{asText(after)}</ins>
        </dd>
      </div>
    ))}
  </dl>
)
