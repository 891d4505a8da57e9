'use client'
import { useQuery } from '@tanstack/react-query'
import { stateTitle } from '@thingwire/dashboards'
import { IconButton, Menu, MenuItem, MenuLabel, Select } from '@thingwire/ui'
import { ArrowLeftRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { listDashboards } from '@/api/entities.ts'
import { useUser } from '@/session/session-provider.tsx'
import { useBoard, useStateScope } from '../board-context.ts'

/** Where states are a choice instead of a way. */
export const StateSelect = () => {
  const t = useTranslations('dashboards')
  const { document } = useBoard()
  const { state, open } = useStateScope()
  if (document.states.size < 2) return null
  return (
    <Select
      aria-label={t('state')}
      className="w-40"
      value={state.id}
      onChange={(event) => open({ stateId: event.target.value, entity: null, paramName: null })}
    >
      {[...document.states.values()].map(({ id, name }) => (
        <option key={id} value={id}>
          {stateTitle(name, state.params) || id}
        </option>
      ))}
    </Select>
  )
}

const mostDashboards = 100

/** Leads to the others; which one this is stands beside it. */
export const DashboardSelect = ({ open }: { open: (id: string) => void }) => {
  const t = useTranslations('board')
  const user = useUser()
  const { dashboardId } = useBoard()
  const { data } = useQuery({
    queryKey: ['dashboards', 'select'],
    queryFn: ({ signal }) => listDashboards(user, { page: 0, pageSize: mostDashboards, sortProperty: 'title' }, signal),
  })
  const others = data?.data.filter(({ id }) => id.id !== dashboardId) ?? []
  if (others.length === 0) return null
  return (
    <Menu
      className="max-h-96 overflow-y-auto"
      trigger={
        <IconButton label={t('otherDashboard')}>
          <ArrowLeftRight />
        </IconButton>
      }
    >
      <MenuLabel>{t('otherDashboard')}</MenuLabel>
      {others.map((one) => (
        <MenuItem key={one.id.id} onSelect={() => open(one.id.id)}>
          <span className="max-w-72 truncate">{one.title}</span>
        </MenuItem>
      ))}
    </Menu>
  )
}
