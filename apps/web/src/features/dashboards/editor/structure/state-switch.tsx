'use client'
import { addState } from '@thingwire/dashboards/edit'
import { Button, Menu, MenuItem, MenuRadio, MenuSeparator } from '@thingwire/ui'
import { ChevronsUpDown, LayoutPanelTop, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useStateScope } from '../../board/board-context.ts'
import { freeName } from '../managers/free-name.ts'
import { knownStates } from '../managers/states/known-states.ts'
import { freeStateId } from '../managers/states/state-id.ts'
import { jsonOf } from '../side/json.ts'
import { useConfiguration, useEditorStore } from '../store/use-editor.ts'

/** Which state is edited; another one is chosen or made here. */
export const StateSwitch = () => {
  const t = useTranslations('dashboardStructure')
  const managers = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const scope = useStateScope()
  const configuration = useConfiguration()
  const states = knownStates(configuration)
  const name = states.find(({ id }) => id === scope.state.id)?.name ?? scope.state.id
  const edit = (stateId: string) => {
    store.select([])
    scope.update({ stateId, entity: null, paramName: null })
  }
  const add = () => {
    const fresh = freeName(
      managers('newState'),
      states.map((one) => one.name),
    )
    const id = freeStateId(fresh, Object.keys(jsonOf(configuration.states)))
    store.run(addState(id, fresh))
    store.manage('states', id)
  }
  return (
    <Menu
      align="start"
      className="max-h-96 max-w-80 overflow-y-auto"
      trigger={
        <Button className="max-w-48">
          <LayoutPanelTop />
          <span className="sr-only">{t('state')}: </span>
          <span className="truncate">{name}</span>
          <ChevronsUpDown className="text-ink-3" />
        </Button>
      }
    >
      <MenuRadio
        value={scope.state.id}
        onChange={edit}
        options={states.map((one) => ({ value: one.id, label: <span className="block truncate">{one.name}</span> }))}
      />
      <MenuSeparator />
      <MenuItem onSelect={add}>
        <Plus />
        {t('newState')}
      </MenuItem>
      <MenuItem onSelect={() => store.manage('states', scope.state.id)}>
        <LayoutPanelTop />
        {t('manageStates')}
      </MenuItem>
    </Menu>
  )
}
