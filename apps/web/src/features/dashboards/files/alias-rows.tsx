'use client'
import { useQuery } from '@tanstack/react-query'
import { type AliasDefinition, noParams, planAlias } from '@thingwire/dashboards'
import { Badge, Button, Select, Skeleton } from '@thingwire/ui'
import { Cpu, RotateCcw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { findEntities, listDeviceProfileNames } from '@/api/choices.ts'
import { findNamed } from '@/api/dashboards.ts'
import { SearchAdd } from '../sharing/search-add.tsx'
import type { AliasChoice } from './map-aliases.ts'

type Props = {
  aliases: readonly AliasDefinition[]
  choices: ReadonlyMap<string, AliasChoice>
  choose: (aliasId: string, choice: AliasChoice | null) => void
}

/** What each alias of a file finds here, and what it shall find instead. */
export const AliasRows = ({ aliases, choices, choose }: Props) => (
  <ul className="grid w-full divide-y rounded-md border">
    {aliases.map((alias) => (
      <AliasRow
        key={alias.id}
        alias={alias}
        choice={choices.get(alias.id) ?? null}
        choose={(choice) => choose(alias.id, choice)}
      />
    ))}
  </ul>
)

const mostNamed = 3

const AliasRow = (p: {
  alias: AliasDefinition
  choice: AliasChoice | null
  choose: (choice: AliasChoice | null) => void
}) => {
  const t = useTranslations('dashboardFiles')
  const { alias, choice, choose } = p
  return (
    <li className="grid gap-1.5 px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="min-w-0 font-medium break-words">{alias.alias}</span>
        {choice ? <Badge tone="accent">{t('mapped')}</Badge> : null}
      </div>
      {choice ? <Chosen choice={choice} /> : <FoundHere alias={alias} />}
      {alias.type === 'stateEntity' ? null : (
        <div className="flex flex-wrap gap-2">
          <SearchAdd
            label={t('otherDevice')}
            icon={<Cpu />}
            search={t('searchDevices')}
            queryKey={['devices', 'to-map']}
            find={(link, signal) => findEntities('DEVICE', link.textSearch ?? '', signal)}
            taken={new Set(choice?.kind === 'entity' ? [choice.id] : [])}
            take={({ id }) => choose({ kind: 'entity', entityType: 'DEVICE', id })}
            closes
          />
          <ProfileChoice choice={choice} choose={choose} name={alias.alias} />
          {choice ? (
            <Button variant="ghost" onClick={() => choose(null)}>
              <RotateCcw />
              {t('asInFile')}
            </Button>
          ) : null}
        </div>
      )}
    </li>
  )
}

const ProfileChoice = (p: {
  choice: AliasChoice | null
  choose: (choice: AliasChoice | null) => void
  name: string
}) => {
  const t = useTranslations('dashboardFiles')
  const profiles = useQuery({
    queryKey: ['device-profiles', 'names'],
    queryFn: ({ signal }) => listDeviceProfileNames(signal),
    staleTime: 60_000,
  })
  return (
    <Select
      aria-label={t('profileFor', { name: p.name })}
      className="w-48"
      value={p.choice?.kind === 'profile' ? p.choice.name : ''}
      onChange={({ target }) => p.choose(target.value === '' ? null : { kind: 'profile', name: target.value })}
    >
      <option value="">{t('otherProfile')}</option>
      {profiles.data?.map((name) => (
        <option key={name}>{name}</option>
      ))}
    </Select>
  )
}

const Chosen = ({ choice }: { choice: AliasChoice }) => {
  const t = useTranslations('dashboardFiles')
  const filter =
    choice.kind === 'entity'
      ? ({ type: 'singleEntity', singleEntity: { entityType: choice.entityType, id: choice.id } } as const)
      : ({ type: 'deviceType', deviceTypes: [choice.name], deviceNameFilter: '' } as const)
  const alias = { id: '', alias: '', type: filter.type, resolveMultiple: true, filter }
  return (
    <div className="text-xs text-ink-2">
      {choice.kind === 'profile' ? `${t('devicesOf', { profile: choice.name })} ` : null}
      <FoundHere alias={alias} />
    </div>
  )
}

const FoundHere = ({ alias }: { alias: AliasDefinition }) => {
  const t = useTranslations('dashboardFiles')
  const plan = planAlias(alias, { params: noParams })
  const query = useQuery({
    queryKey: ['dashboards', 'alias-finds', plan],
    queryFn: ({ signal }) =>
      plan.status === 'ready' ? findNamed({ entityFilter: plan.filter }, mostNamed, signal) : null,
    enabled: plan.status === 'ready',
    staleTime: 30_000,
    retry: false,
  })
  if (alias.type === 'stateEntity') return <span className="text-xs text-ink-3">{t('fromState')}</span>
  if (plan.status === 'unresolved') return <span className="text-xs text-warn-text">{t('findsUnknown')}</span>
  if (query.error) return <span className="text-xs text-danger-text">{query.error.message}</span>
  if (!query.data) return <Skeleton className="h-3 w-40" />
  const { total, entities } = query.data
  if (total === 0) return <span className="text-xs text-warn-text">{t('findsNothing')}</span>
  const names = entities.map(({ name }) => name).join(', ')
  return (
    <span className="text-xs break-words text-ink-2">
      {total > entities.length ? t('findsMore', { names, count: total - entities.length }) : t('finds', { names })}
    </span>
  )
}
